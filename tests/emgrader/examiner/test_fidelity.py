"""Student cells put out what Jupyter puts out: one notebook, run by nbclient and by the examiner."""

import re

import nbclient
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from emgrader.examiner import Context
from emgrader.examiner.walk import walk
from emgrader.sandbox import SandboxError, get_engine
from tests.conftest import require

CELLS = [
    "print('one', end=''); print(' two'); 3",
    "import sys; print('to stderr', file=sys.stderr); print('to stdout')",
    "import warnings; warnings.warn('careful'); 1",
    "import pandas as pd; table = pd.read_csv('data.csv'); table",
    "table['b'].mean(), table.describe()",
    "import numpy as np; np.arange(6).reshape(2, 3)",
    "%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2], [3, 1]);",
    "fig, ax = plt.subplots(figsize=(2, 2)); ax.bar(['a', 'b'], [1, 2]); plt.show(); print('after')",
    "fig",
    "from IPython.display import HTML, JSON, SVG, Latex, Markdown, clear_output, display\n"
    "display(HTML('<b>x</b>'), Markdown('*y*'), Latex('$z$'), {'a': 1})\nJSON({'k': [1]})",
    "handle = display('first', display_id='shown')",
    "handle.update('second')\nprint('updated')",
    "display('third', display_id='shown')",
    "for i in range(3):\n    clear_output(wait=True)\n    print(i)",
    "print('gone'); clear_output(); print('kept')",
    "import asyncio\nawait asyncio.sleep(0)\nasync def later():\n    return 7\nawait later()",
    "%%capture caught\nprint('caught')\ndisplay(1)\n2",
    "caught.show(); caught.stdout",
    "!echo from the shell; echo and its stderr >&2",
    "files = !ls\nfiles",
    "%%bash\necho $((40 + 2))",
    "%%html\n<i>html</i>",
    "%%writefile helper.py\ndef answer():\n    return 42",
    "import helper\nhelper.answer()",
    "%run helper.py\nanswer.__module__",
    "%%time\nx = 1",
    "%who_ls",
    "get_ipython().__class__.__name__, _, In[1], Out[1]",
    "input('name? ')",
    "1 / 0",
    "def outer():\n    raise KeyError('inside')\ntry:\n    outer()\nexcept KeyError as error:\n"
    "    raise ValueError('around') from error",
    "print('before'); undefined_name; print('never')",
    "def broken(:",
    "%no_such_magic",
    "assert False, 'no'",
    "print('ü 語 🙂'); 'ü 語 🙂'",
    "print('a\\rb\\x08c\\x1b[31mred\\x1b[0m')",
    "import threading\nt = threading.Thread(target=print, args=('from a thread',)); t.start(); t.join()",
    "import logging; logging.warning('logged')",
    "class Rich:\n    _repr_html_ = lambda self: '<u>rich</u>'\n    __repr__ = lambda self: 'plain'\nRich()",
    "class Bad:\n    def __repr__(self): raise RuntimeError('no repr')\nBad()",
    "?len",
    "_ = 5;",
    "from collections import Counter; Counter('abca')",
    "raise SystemExit(0)",
    "'goes on'",
]
_VOLATILE = [
    (re.compile(r"\S*/ipykernel_\d+/\d+\.py"), "<cell>"),
    (re.compile(r"(CPU times|Wall time): .*"), r"\1"),
    (re.compile(r"0x[0-9a-f]{6,}"), "<address>"),
    (re.compile(r"(/[\w.+-]+)+(?=/[\w.-]+\.py)"), "<folder>"),
]


@pytest.fixture(scope="module")
def both(tmp_path_factory):
    """The notebook's cells as nbclient and as the examiner fill them."""
    try:
        get_engine("bubblewrap")
    except SandboxError as error:
        require(False, str(error))
    folder = tmp_path_factory.mktemp("beside")
    (folder / "data.csv").write_text("a,b\n1,2\n3,4.5\n")
    nb = new_notebook(cells=[new_code_cell(source) for source in CELLS])
    context = Context("fidelity", {"data.csv": folder / "data.csv"}, engine="bubblewrap", packages=())
    ours = walk(nb, context).cells
    client = nbclient.NotebookClient(nb, allow_errors=True, resources={"metadata": {"path": str(folder)}})
    return client.execute().cells, ours


def settled(outputs):
    """Outputs without what differs from run to run, and with what comes in pieces in one piece."""
    found = []
    for output in outputs:
        if found and output["output_type"] == "stream" and found[-1].get("name") == output["name"]:
            found[-1]["text"] += output["text"]
        else:
            found.append(_plain(output))
    return [_settled(output) for output in found]


def _plain(data):
    return {key: _plain(value) for key, value in data.items()} if isinstance(data, dict) else data


def _settled(data):
    if isinstance(data, dict):
        return {key: _settled(value) for key, value in data.items()}
    if isinstance(data, list):
        return [_settled(item) for item in data]
    if isinstance(data, str):
        for pattern, instead in _VOLATILE:
            data = pattern.sub(instead, data)
    return data


@pytest.mark.parametrize("number", range(len(CELLS)), ids=[source[:25] for source in CELLS])
def test_a_cell_puts_out_the_same(both, number):
    theirs, ours = (cells[number] for cells in both)
    assert settled(ours.outputs) == settled(theirs.outputs)
    assert ours.execution_count == theirs.execution_count


def test_the_notebook_shows_something(both):
    theirs, _ = both
    kinds = {key for cell in theirs for output in cell.outputs for key in output.get("data", {})}
    assert kinds >= {
        "text/plain",
        "text/html",
        "text/markdown",
        "text/latex",
        "image/png",
        "application/json",
    }
