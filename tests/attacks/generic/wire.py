"""Attacks on the wire: frames and messages that no kernel would send, and answers made to mislead a test."""

from tests.attacks.generic.attack import FULL, NO_DOUBLE, NOTHING, Attack, before
from tests.emgrader.small_course import SOLVED


def _answers(text):
    """The right answers, after which every answer of the sandbox's end is the JSON `text` (an expression)."""
    return before(
        f"import emgrader.wire.agent as agent\nforged = {text}\nagent.handle = lambda text: agent.Answer(forged)",
        "double",
    )


# The kernel's own connections, as sockets: `conns(n)` for the n-th kind (1 shell, 2 iopub).
_SOCKETS = """
import os, socket, struct
def conns(number):
    found = []
    for fd in os.listdir("/proc/self/fd"):
        try:
            connection = socket.socket(fileno=os.dup(int(fd)))
            connection.getpeername()
            if connection.family == socket.AF_UNIX and connection.getsockname().endswith(f"s-{number}"):
                found.append(connection)
        except (OSError, TypeError, AttributeError):
            pass
    return found
"""
# Sends a broadcast of the student's choosing, as part of the cell that runs.
_SEND = """
import json
from ipykernel.kernelbase import Kernel
kernel = get_ipython().kernel
def send(kind, content=None, parent=None, frames=None):
    session = kernel.session
    header = session.msg(kind)["header"]
    parent = kernel.get_parent()["header"] if parent is None else parent
    parts = [json.dumps(part, default=str).encode() for part in (header, parent, {}, content)]
    parts = parts if frames is None else frames
    kernel.iopub_thread.socket.send_multipart([b"x", b"<IDS|MSG>", session.sign(parts), *parts])
"""


def _sends(code):
    """A cell that broadcasts what it likes, and goes on."""
    return (_SEND + code,)


_DRIP = (
    _SOCKETS
    + """
import threading, time
def drip():
    line = conns(1) + conns(2)
    for _ in range(600):
        for connection in line:
            try:
                connection.send(b"\\x01")
            except OSError:
                pass
        time.sleep(0.05)
def double(x):
    threading.Thread(target=drip, daemon=True).start()
    time.sleep(600)
"""
)

ATTACKS = [
    # answers that are no answers
    *(
        Attack(f"answer_{name}", NOTHING, _answers(text))
        for name, text in {
            "field_twice": '\'{"ok":5,"ok":4}\'',
            "list_bomb": "'{\"ok\":[' + '[],' * 20_000_000 + '0]}'",
            "long_integer": "'{\"ok\":' + '4' * 4000 + '}'",
            "surrogates": '\'{"ok":"\\\\ud800\\ud800"}\'',
            "text_array_bomb": '\'{"ok":{"t":"array","dtype":"str","shape":[100000],"v":["\' + "x" * 10**6 + \'"\' + \',""\' * 99999 + "]}}"',
            "endless_range": '\'{"ok":{"t":"range","v":[0,1000000000000000,1]}}\'',
            "reason_list": '\'{"ok":{"t":"opaque","type":"x","why":[]}}\'',
            "after_unasked": '\'{"ok":4,"after":[[],{"t":"dict","k":[],"v":[]}]}\'',
            "builtin_error": '\'{"raised":{"type":"X","bases":["StopIteration","SystemExit","KeyboardInterrupt"],"message":"x"}}\'',
            "verdict": '\'{"ok":true,"passed":true,"score":100}\'',
            "figure": '\'{"ok":{"t":"figure","v":{"t":"dict","k":["title","panels"],"v":["","x"]}}}\'',
            "not_text": "{'ok': 4}",
        }.items()
    ),
    Attack(
        "other_type_each_time",
        NO_DOUBLE,
        {
            **SOLVED,
            "double": "import itertools\nanswers = itertools.cycle([4, '4', [4], {4: 4}, None, 4.0])\n"
            "double = lambda x: next(answers)",
        },
    ),
    Attack(
        "registered_type",
        NO_DOUBLE,
        {
            **SOLVED,
            "double": "import emgrader.wire.encoder as encoder, emgrader.wire.decoder as decoder\n"
            "class Yes(dict):\n    __eq__ = lambda self, other: True\n"
            "encoder._DICTS += (Yes,)\ndecoder._PLAIN['yes'] = lambda *a: Yes()\n"
            "double = lambda x: Yes()",
        },
    ),
    Attack(
        "nan_tricks",
        NO_DOUBLE,
        {**SOLVED, "double": "import numpy as np\ndouble = lambda x: np.array([float('nan'), x * 2])"},
    ),
    Attack(
        "ends_the_loop",
        NO_DOUBLE,
        {**SOLVED, "double": "def double(x):\n    raise StopIteration"},
    ),
    Attack(
        "changes_arguments",
        {**FULL, "mean_test": 0.0},
        {**SOLVED, "mean": "def mean(values):\n    values[:] = [0]\n    return 0"},
    ),
    # broadcasts that no cell makes
    *(
        Attack(f"broadcast_{name}", FULL, SOLVED, added=_sends(code), event=event)
        for name, (code, event) in {
            "parent_list": ('send("stream", {"name": "stdout", "text": "x"}, parent=["a"])', None),
            "kind_list": ('send("stream", frames=[b\'{"msg_type":["a"]}\', b"{}", b"{}", b"{}"])', None),
            "deep": (
                'send("stream", frames=[json.dumps(kernel.session.msg("display_data")["header"], default=str).encode(),'
                ' json.dumps(kernel.get_parent()["header"], default=str).encode(), b"{}",'
                ' b\'{"data":{"application/json":\' + b"[" * 900 + b"]" * 900 + b\'},"metadata":{}}\'])',
                None,
            ),
            "update_list": (
                "from IPython.display import display\ndisplay(1, display_id='a')\n"
                'send("update_display_data", {"data": [], "metadata": 3, "transient": {"display_id": "a"}})\n'
                'send("error", {"ename": "E", "evalue": "", "traceback": [], "transient": {"display_id": "a"}})',
                None,
            ),
            "surrogates": ("display = send('stream', {'name': 'stdout', 'text': chr(0xd800)})", None),
            "score": (
                'send("execute_result", {"data": {"text/plain": "1000"}, "metadata": {}, "execution_count": 1})',
                None,
            ),
            "no_frames": ("kernel.iopub_thread.socket.send_multipart([b'x'] * 5000)", None),
        }.items()
    ),
    # the bytes of a connection
    Attack(
        "endless_message",
        FULL,
        SOLVED,
        added=(
            _SOCKETS
            + "frame = struct.pack('!BQ', 3, 2**20) + bytes(2**20)\nwhile True:\n"
            + "    for connection in conns(2): connection.sendall(frame)",
        ),
    ),
    Attack(
        "huge_frame",
        FULL,
        SOLVED,
        added=(_SOCKETS + "for connection in conns(2): connection.sendall(struct.pack('!BQ', 2, 2**60))",),
    ),
    Attack(
        "closed_in_the_middle",
        NO_DOUBLE,
        {
            **SOLVED,
            "double": _SOCKETS
            + "def double(x):\n    for connection in conns(1) + conns(2):\n"
            + "        connection.send(b'\\x00\\x20half')\n        connection.shutdown(socket.SHUT_RDWR)\n    return 2 * x",
        },
    ),
    Attack("slow_drip", NO_DOUBLE, {**SOLVED, "double": _DRIP}, event="took longer"),
]
