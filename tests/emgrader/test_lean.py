"""A command starts without what no command uses."""

import subprocess
import sys

ASKED = "import sys, emgrader.cli, emgrader.grade; print([n for n in ('lark', 'torch') if n in sys.modules])"


def test_no_parser_is_made():
    done = subprocess.run([sys.executable, "-c", ASKED], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"
