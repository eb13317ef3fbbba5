"""Looking for hidden tests, hidden inputs and other people's things, and telling them."""

from tests.attacks.generic.attack import COLLECT, FULL, NO_DOUBLE, Attack
from tests.emgrader.small_course import CANARY, SOLVED

SEARCH = f"""
def search():
    import gc, os, sys
    wanted = {CANARY[::-1]!r}[::-1]
    found = []
    frame = sys._getframe()
    while frame:
        found += [str(v)[:200] for v in frame.f_locals.values() if isinstance(v, str) and wanted in v and v != wanted]
        frame = frame.f_back
    for thing in gc.get_objects()[:300000]:
        try:
            for value in (thing.values() if type(thing) is dict else thing if type(thing) in (list, tuple) else ()):
                if type(value) is str and value != wanted and wanted in value and "def search" not in value:
                    found.append("memory")
        except Exception:
            pass
    places = ["/in", "/work", "/tmp", "/run", "/etc", "/site/emgrader"]
    paths = [os.path.join(f, n) for place in places for f, _, names in os.walk(place) for n in names]
    paths += ["/proc/" + p + "/" + n for p in os.listdir("/proc") if p.isdigit() for n in ("environ", "cmdline")]
    for path in paths:
        try:
            with open(path, "rb") as file:
                data = file.read(10**6)
        except OSError:
            continue
        if wanted.encode() in data and b"[::-1]" not in data:
            found.append(path)
    return found
"""

ATTACKS = [
    Attack(
        "search_in_call",
        FULL,
        {
            **SOLVED,
            "double": SEARCH + "found = []\ndef double(x):\n    found.extend(search())\n    return 2 * x",
        },
        added=("print('GAINED', found) if found else None",),
    ),
    Attack(
        "search_between",
        FULL,
        {
            **SOLVED,
            "mean": SOLVED["mean"] + SEARCH + "\nfound = search()\nprint('GAINED', found) if found else None",
        },
    ),
    Attack(
        "history",
        FULL,
        SOLVED,
        added=(
            "import sys\nleak = [c for c in In + list(sys.modules) if 'hidden' in str(c).lower()"
            " and 'leak' not in c]\nprint('GAINED', leak) if leak else None",
        ),
    ),
    Attack(
        "processes",
        FULL,
        SOLVED,
        added=(
            "import os\npids = [p for p in os.listdir('/proc') if p.isdigit()]\n"
            "names = [open(f'/proc/{p}/cmdline').read() for p in pids]\n"
            "print('GAINED', names) if any('nbgrader' in n or 'pytest' in n for n in names) else None",
        ),
    ),
    Attack(
        "environment",
        FULL,
        SOLVED,
        added=(
            "import os\nbad = [k for k in os.environ if 'EMGRADER' in k or 'PYTEST' in k]\n"
            "print('GAINED', bad) if bad else None",
        ),
    ),
    Attack(
        "forbidden_imports",
        FULL,
        SOLVED,
        added=(
            "for name in ('torch', 'transformers', 'nbgrader', 'emgrader.examiner', 'emgrader.broker', 'nbclient', 'pytest'):\n"
            "    try:\n        __import__(name)\n    except ImportError:\n        continue\n    print('GAINED', name)",
        ),
    ),
    Attack(
        "traceback",
        FULL,
        {
            **SOLVED,
            "double": "import sys, traceback\nseen = []\ndef double(x):\n    seen.append(str(traceback.extract_stack()))\n"
            "    seen.append(str(sys.exc_info()) + str(getattr(sys, 'last_value', '')))\n    return 2 * x",
        },
        added=("print('GAINED') if any('checks' in s or 'assert' in s for s in seen) else None",),
    ),
    Attack(
        "knows_when_it_is_graded",
        NO_DOUBLE,
        {
            **SOLVED,
            "double": "import os\ndef double(x):\n    return 4 if os.environ.get('NBGRADER_EXECUTION') else 2 * x",
        },
    ),
    Attack("precomputed", NO_DOUBLE, {**SOLVED, "double": "double = {2: 4}.get"}),
    Attack("print_inputs", FULL, {**SOLVED, "double": COLLECT}, added=("print('inputs', seen)",)),
    Attack(
        "print_in_call",
        FULL,
        {
            **SOLVED,
            "double": "def double(x):\n    print('inputs', x)\n    import warnings, sys\n"
            "    warnings.warn(str(x))\n    print(x, file=sys.stderr)\n    return 2 * x",
        },
    ),
]
