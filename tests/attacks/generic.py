"""Hostile submissions to the small course. Each says what it tries and which points it must get.

The answers are right where the attack doesn't need them wrong, so that a score of 0 is the attack's own doing
and full marks show that the attack spoilt nothing. A cell that prints "GAINED" has reached something.
"""

from dataclasses import dataclass, field

from tests.emgrader.small_course import CANARY, SOLVED, grade_id

FULL = {"double_test": 2.0, "mean_test": 3.0, "thoughts": 0.0}
NOTHING = {"double_test": 0.0, "mean_test": 0.0, "thoughts": 0.0}
NO_DOUBLE = {**FULL, "double_test": 0.0}


@dataclass
class Attack:
    """One submission: sources by grade_id, cells added at the end, files beside it, and what must come out."""

    name: str
    scores: dict
    sources: dict = field(default_factory=dict)
    added: tuple = ()
    files: dict = field(default_factory=dict)
    change: object = None
    event: str | None = None  # part of a sentence that must stand in a comment


def _add(before, *names):
    """The right answers with `before` in front of the given ones (all if none is given)."""
    return {
        name: (f"{before}\n{text}" if name in (names or SOLVED) else text) for name, text in SOLVED.items()
    }


def _cells(nb, *names):
    return [cell for cell in nb.cells if grade_id(cell) in names]


def _delete(nb):
    nb.cells = [cell for cell in nb.cells if cell not in _cells(nb, "double_test", "mean_test")]


def _duplicate(nb):
    copy = _cells(nb, "double_test")[0].copy()
    copy["source"] = "assert True"
    nb.cells.insert(0, copy)


def _retype(nb):
    for cell in _cells(nb, "double_test"):
        cell.cell_type = "markdown"
        for key in ("outputs", "execution_count"):
            cell.pop(key, None)


def _points(nb):
    for cell in _cells(nb, "double_test", "mean_test"):
        cell.metadata["nbgrader"].update(points=1000, grade=False)


def _schema(nb):
    for cell, version in zip(_cells(nb, "double_test", "mean_test"), (99, "x"), strict=True):
        cell.metadata["nbgrader"]["schema_version"] = version


def _broken_metadata(nb):
    title, test = _cells(nb, "title", "double_test")
    title.metadata["nbgrader"] = "gone"
    test.metadata["nbgrader"] = {"grade_id": ["a"], "grade": True}


def _forge(nb):
    forged = _cells(nb, "double_test")[0].copy()
    forged["source"] = "1000"
    forged["metadata"] = {
        "nbgrader": {**forged.metadata["nbgrader"], "grade_id": "bonus", "points": 1000},
    }
    nb.cells.append(forged)
    nb.metadata["emgrader"] = {"events": [], "engine": "forged"}


_SOLVER = "double = lambda x: 2 * x"
_SEARCH = f"""
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
_COLLECT = """
seen = []
def double(x):
    seen.append(x)
    return 2 * x
"""

ATTACKS = [
    # lies about values
    Attack(
        "always_equal",
        NOTHING,
        {
            name: "class Yes:\n    def __eq__(self, other): return True\n    __radd__ = __eq__\n"
            f"def {name}(x):\n    return Yes()"
            for name in ("double", "mean")
        },
    ),
    Attack(
        "always_equal_number",
        NO_DOUBLE,
        {
            **SOLVED,
            "double": "class Yes(float):\n    __eq__ = lambda s, o: True\ndef double(x): return Yes(0)",
        },
    ),
    Attack(
        "always_equal_in_a_list",
        NO_DOUBLE,
        {**SOLVED, "double": "from unittest.mock import ANY\ndouble = lambda x: [ANY]"},
    ),
    Attack(
        "patched_builtins",
        NO_DOUBLE,
        {
            **SOLVED,
            "double": "import builtins\nbuiltins.AssertionError = ValueError\n"
            "builtins.int = builtins.str = lambda *a: True\ndouble = lambda x: 0",
        },
    ),
    Attack(
        "pickle",
        NO_DOUBLE,
        {
            **SOLVED,
            "double": "class P:\n    def __reduce__(self): return (print, ('GAINED',))\n"
            "double = lambda x: P()",
        },
    ),
    # forged answers
    Attack(
        "forged_agent",
        NOTHING,
        {
            **SOLVED,
            "double": "import emgrader.wire.agent as agent\n"
            "agent.handle = lambda text: agent.Answer('{\"ok\": 4}')",
        },
    ),
    *(
        Attack(
            f"forged_{name}",
            NOTHING,
            _add(
                "import emgrader.wire.agent as agent\n"
                f"text_{name} = {text}\n"
                f"agent.handle = lambda text: agent.Answer(text_{name})",
                "double",
            ),
        )
        for name, text in {
            "empty": "''",
            "list": "'[]'",
            "deep": "'{\"ok\":' + '[' * 100000 + ']' * 100000 + '}'",
            "constant": "'{\"ok\":NaN}'",
            "number": "'{\"ok\":' + '9' * 100000 + '}'",
            "tag": '\'{"ok":{"t":"eval","v":"1"}}\'',
            "both": '\'{"ok":4,"raised":{}}\'',
            "type": "7",
        }.items()
    ),
    Attack(
        "forged_reply",
        NOTHING,
        _add(
            "kernel = get_ipython().kernel\n"
            "async def forged(*args, **kwargs):\n"
            "    return {'status': 'ok', 'execution_count': 1, 'payload': [],\n"
            "            'user_expressions': {'answer': {'status': 'ok', 'data': {'text/plain': '4'}}}}\n"
            "kernel.do_execute = forged",
            "double",
        ),
    ),
    Attack(
        "transformer",
        FULL,
        _add(
            "get_ipython().input_transformers_post.append(lambda lines: "
            "[l.replace('assert', 'pass #') for l in lines])",
            "double",
        ),
    ),
    Attack(
        "own_error_text",
        NO_DOUBLE,
        {
            **SOLVED,
            "double": _COLLECT.replace(
                "return 2 * x",
                "raise type('LEAK' + "
                "'_'.join(map(str, seen)), (Exception,), {})(str(seen)) if x > 2 else ValueError(x)",
            ),
        },
    ),
    Attack(
        "hash_collisions",
        NO_DOUBLE,
        {**SOLVED, "double": "double = lambda x: {n * (2**61 - 1): 0 for n in range(60000)}"},
    ),
    # large and strange values
    *(
        Attack(f"value_{name}", NO_DOUBLE, {**SOLVED, "double": text})
        for name, text in {
            "long_list": "double = lambda x: [0] * 10**7",
            "big_integer": "double = lambda x: 10**100000",
            "cycle": "loop = []\nloop.append(loop)\ndouble = lambda x: loop",
            "deep": "def double(x):\n    r = x\n    for _ in range(10**4): r = [r]\n    return r",
            "endless_generator": "import itertools\ndouble = lambda x: itertools.count()",
            "lying_shape": "import numpy as np\ndouble = lambda x: np.broadcast_to(0, (10**6, 10**6))",
            "lying_length": "class L(list):\n    __len__ = lambda s: 10**18\ndouble = lambda x: L()",
            "lying_module": "class C(int): pass\nC.__module__ = 'numpy'\ndouble = lambda x: C(4)",
            "broken_type": "class M(type):\n    __module__ = property(lambda c: 1 / 0)\nclass C(metaclass=M): pass\n"
            "double = lambda x: C()",
        }.items()
    ),
    # looking for hidden tests and other people's things
    Attack(
        "search_in_call",
        FULL,
        {
            **SOLVED,
            "double": _SEARCH + "found = []\ndef double(x):\n    found.extend(search())\n    return 2 * x",
        },
        added=("print('GAINED', found) if found else None",),
    ),
    Attack(
        "search_between",
        FULL,
        {
            **SOLVED,
            "mean": SOLVED["mean"] + _SEARCH + "\nfound = search()\n"
            "print('GAINED', found) if found else None",
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
        "link",
        FULL,
        SOLVED,
        change=lambda nb: None,
        added=("import os\nprint('GAINED') if os.path.exists('/work/link') else None",),
    ),
    # reaching out
    Attack(
        "gradebook",
        FULL,
        _add(
            "import os, sqlite3\nfor path in ('{root}/gradebook.db', '../gradebook.db', '/gradebook.db'):\n"
            "    try:\n        db = sqlite3.connect('file:' + path + '?mode=rw', uri=True)\n"
            "        db.execute('update grade set manual_score = 99')\n        db.commit()\n        print('GAINED')\n"
            "    except sqlite3.Error:\n        pass"
        ),
    ),
    Attack(
        "course_folder",
        FULL,
        _add(
            "import os\nfor name in ('source', 'submitted', 'autograded', 'gradebook.db', '.emgrader/secret'):\n"
            "    if os.path.exists('{root}/' + name): print('GAINED', name)\n"
            "os.makedirs('{root}/autograded/planted', exist_ok=True)",
            "double",
        ),
    ),
    Attack(
        "network",
        FULL,
        _add(
            "import socket\nfor address in (('127.0.0.1', {port}), ('1.1.1.1', 53)):\n    try:\n"
            "        socket.create_connection(address, 1)\n        print('GAINED', address)\n    except OSError:\n        pass\n"
            "try:\n    socket.getaddrinfo('example.org', 80)\n    print('GAINED dns')\nexcept OSError:\n    pass",
            "double",
        ),
    ),
    Attack(
        "become_root",
        FULL,
        _add(
            "import os, subprocess\nfor act in (lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.chroot('/'),\n"
            "            lambda: os.mknod('/tmp/x', 0o60600, 2049)):\n"
            "    try:\n        act()\n        print('GAINED')\n    except OSError:\n        pass\n"
            "if open('/proc/self/status').read().split('CapEff:')[1].split()[0].strip('0'): print('GAINED')",
            "double",
        ),
    ),
    Attack(
        "write_outside",
        FULL,
        _add(
            "import os\nfor place in ('/', '/in', '/site', '/site/numpy', '/usr', '/etc', '/run', '/dev'):\n"
            "    try:\n        open(os.path.join(place, 'mark'), 'w').close()\n        print('GAINED', place)\n"
            "    except OSError:\n        pass",
            "double",
        ),
    ),
    # files that stand in for modules
    Attack(
        "shadow",
        FULL,
        SOLVED,
        files={
            f"{name}.py": "print('GAINED')"
            for name in ("numpy", "json", "ipykernel", "sitecustomize", "usercustomize", "emgrader")
        },
        added=("import numpy, json\nprint('GAINED') if '/work' in (numpy.__file__ or '') else None",),
    ),
    Attack(
        "config_file",
        FULL,
        SOLVED,
        files={
            "nbgrader_config.py": "raise SystemExit",
            "conftest.py": "raise SystemExit",
            "ipython_config.py": "raise SystemExit",
        },
    ),
    # faults
    Attack(
        "sys_exit_in_cell",
        FULL,
        _add("import sys\nif 'again' not in globals():\n    again = 1\nsys.exit", "double"),
        added=("import sys\nsys.exit(0)",),
    ),
    Attack("sys_exit_in_function", NO_DOUBLE, {**SOLVED, "double": "import sys\ndef double(x): sys.exit(0)"}),
    Attack("os_exit_in_cell", FULL, SOLVED, added=("import os\nos._exit(0)",), event="ended the kernel"),
    Attack(
        "os_exit_first",
        {**NO_DOUBLE},
        {**SOLVED, "double": "import os\nos._exit(0)"},
        event="ended the kernel",
    ),
    Attack(
        "os_exit_in_function",
        NO_DOUBLE,
        {**SOLVED, "double": "import os\ndef double(x): os._exit(0)"},
        event="ended the kernel",
    ),
    Attack(
        "kill_everything",
        NO_DOUBLE,
        {**SOLVED, "double": "import os, signal\ndef double(x): os.kill(-1, signal.SIGKILL)"},
    ),
    Attack("endless_cell", FULL, SOLVED, added=("while True: pass",), event="ran longer"),
    Attack(
        "endless_function",
        NO_DOUBLE,
        {**SOLVED, "double": "def double(x):\n    while True: pass"},
        event="took longer",
    ),
    Attack(
        "deaf_cell",
        NO_DOUBLE,
        {**SOLVED, "double": "import signal\nsignal.signal(signal.SIGINT, signal.SIG_IGN)\nwhile True: pass"},
        event="ran longer",
    ),
    Attack(
        "deaf_function",
        NO_DOUBLE,
        {
            **SOLVED,
            "double": "def double(x):\n    while True:\n        try:\n            while True: pass\n"
            "        except BaseException: pass",
        },
        event="took longer",
    ),
    Attack("syntax_error", NO_DOUBLE, {**SOLVED, "double": "def double(x: return"}),
    Attack("fork_bomb", FULL, SOLVED, added=("import os\nwhile True: os.fork()",)),
    Attack(
        "thread_bomb",
        FULL,
        SOLVED,
        added=(
            "import threading, time\nfor _ in range(10**4):\n    "
            "threading.Thread(target=time.sleep, args=(99,), daemon=True).start()",
        ),
    ),
    Attack(
        "memory_bomb",
        NO_DOUBLE,
        {**SOLVED, "double": "def double(x):\n    return [bytearray(10**8) for _ in range(10**4)]"},
    ),
    Attack(
        "output_flood",
        FULL,
        SOLVED,
        added=("while True: print('x' * 10**4, flush=True)",),
        event="was stopped",
    ),
    Attack("one_long_line", FULL, SOLVED, added=("print('x' * 2 * 10**7)",), event="was very long"),
    Attack(
        "display_flood",
        FULL,
        SOLVED,
        added=("from IPython.display import display\nwhile True: display(1)",),
        event="was stopped",
    ),
    Attack(
        "disk",
        FULL,
        SOLVED,
        added=(
            "import os\nfor place in ('/tmp', '/work', '/dev/shm', '/run/kernel'):\n    try:\n        for n in range(100):\n"
            "            with open(f'{place}/{n}', 'wb') as f: f.write(bytes(2**24))\n        print('GAINED', place)\n"
            "    except OSError:\n        pass",
        ),
    ),
    Attack(
        "daemon",
        FULL,
        _add("import subprocess\nsubprocess.Popen(['sleep', '{nap}'], start_new_session=True)", "double"),
    ),
    Attack("ask_for_input", FULL, SOLVED, added=("input()",)),
    Attack(
        "sockets_gone",
        NOTHING,
        _add(
            "import os\nfor n in range(1, 6):\n    try:\n        os.unlink('/run/kernel/s-' + str(n))\n"
            "    except OSError:\n        pass\nget_ipython().kernel.do_shutdown(False)\nos._exit(0)"
        ),
    ),
    # cells and metadata
    Attack("tests_deleted", FULL, SOLVED, change=_delete, event="was missing"),
    Attack("tests_deleted_unsolved", NOTHING, change=_delete),
    Attack("test_duplicated", FULL, SOLVED, change=_duplicate, event="occurred 2 times"),
    Attack("test_retyped", FULL, SOLVED, change=_retype, event="another type"),
    Attack("points_changed", FULL, SOLVED, change=_points, event="were restored"),
    Attack("schema_changed", FULL, SOLVED, change=_schema, event="were restored"),
    Attack("metadata_broken", FULL, SOLVED, change=_broken_metadata, event="was missing"),
    Attack("cell_forged", FULL, SOLVED, change=_forge, event="does not have"),
    Attack("test_rewritten", NOTHING, {"double_test": "pass", "mean_test": "1000"}, event="was changed"),
    # telling hidden inputs
    Attack("print_inputs", FULL, {**SOLVED, "double": _COLLECT}, added=("print('inputs', seen)",)),
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
