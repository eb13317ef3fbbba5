"""Faults, made on purpose or not: ends, loops, bombs and floods cost the one test that met them."""

from tests.attacks.generic.attack import FULL, NO_DOUBLE, NOTHING, Attack, before
from tests.emgrader.small_course import SOLVED

ATTACKS = [
    Attack(
        "sys_exit_in_cell",
        FULL,
        before("import sys\nif 'again' not in globals():\n    again = 1\nsys.exit", "double"),
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
        before("import subprocess\nsubprocess.Popen(['sleep', '{nap}'], start_new_session=True)", "double"),
    ),
    Attack("ask_for_input", FULL, SOLVED, added=("input()",)),
    Attack(
        "sockets_gone",
        NOTHING,
        before(
            "import os\nfor n in range(1, 6):\n    try:\n        os.unlink('/run/kernel/s-' + str(n))\n"
            "    except OSError:\n        pass\nget_ipython().kernel.do_shutdown(False)\nos._exit(0)"
        ),
    ),
]
