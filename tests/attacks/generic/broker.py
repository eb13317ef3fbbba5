"""Attacks on the model broker: through the socket that a notebook which uses emlab gets."""

from tests.attacks.generic.attack import FULL, Attack, before

# `say(bytes)` sends them on a connection of its own and gives what comes back; `ask(**message)` is a good frame.
_CLIENT = """
import json, os, socket, struct
import emlab
place = os.environ["EMLAB_BROKER"]
def say(data, wait=5):
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(wait)
        try:
            line.connect(place)
            line.sendall(data)
            line.shutdown(socket.SHUT_WR)
            back = b""
            while part := line.recv(2**16): back += part
            return back
        except OSError:
            return b""
def frame(text): return struct.pack(">I", len(text)) + text
def ask(**message): return say(frame(json.dumps(message).encode()))
rung = emlab.rungs()[0]
def check():
    assert b"result" in ask(op="info", model=rung), "GAINED: the broker is gone"
check()
"""

ATTACKS = [
    Attack(
        "broker_garbage",
        FULL,
        before(
            _CLIENT
            + "for data in (b'', b'x', b'\\xff' * 99, frame(b'['), frame(b'[' * 10**5), frame(b'{\"op\": NaN}'),\n"
            "             struct.pack('>I', 2**32 - 1) + bytes(99), frame(bytes(2**20)), frame(b'{' * 2**20)):\n"
            "    say(data)\ncheck()",
            "double",
        ),
    ),
    Attack(
        "broker_control",
        FULL,
        before(
            _CLIENT
            + "for message in ({'op': 'stop'}, {'op': 'close', 'submission': 'small/classmate/small'},\n"
            "                {'op': 'open', 'submission': 'x', 'directory': '/tmp'}):\n"
            "    if b'error' not in ask(**message): print('GAINED')\n"
            "for top in ('/run', '/tmp', '/work', '/home', '/var'):\n"
            "    for folder, name in ((folder, name) for folder, _, names in os.walk(top) for name in names):\n"
            "        if name == 'control.sock' or name.endswith(('.jsonl', '.sqlite')): print('GAINED', folder, name)\n"
            "check()",
            "double",
        ),
    ),
    Attack(
        "broker_models",
        FULL,
        before(
            _CLIENT
            + "for model in ('../../../etc/passwd', 'ladder/../rungs', 'hf:gpt2', 'recorded:/etc/passwd', '/', 7, None, []):\n"
            "    if b'error' not in ask(op='info', model=model): print('GAINED', model)\n"
            "check()",
            "double",
        ),
    ),
    Attack(
        "broker_connections",
        FULL,
        before(
            _CLIENT + "lines = [socket.socket(socket.AF_UNIX) for _ in range(200)]\n"
            "for line in lines:\n    try:\n        line.connect(place); line.sendall(bytes(3))\n    except OSError:\n        pass",
            "double",
        ),
    ),
    Attack(
        "broker_posing",
        FULL,
        before(
            _CLIENT
            + "try:\n    os.unlink(place)\n    own = socket.socket(socket.AF_UNIX); own.bind(place); own.listen()\n"
            "except OSError:\n    pass",
            "double",
        ),
    ),
    Attack(
        "broker_unread",
        FULL,
        before(
            _CLIENT + "lines = []\n"
            "for _ in range(6):\n    line = socket.socket(socket.AF_UNIX); line.connect(place); lines.append(line)\n"
            "    line.settimeout(0.2)\n    question = {'op': 'tokenize', 'model': rung, 'requests': ['a ' * 500] * 200}\n"
            "    try:\n        for _ in range(20): line.sendall(frame(json.dumps(question).encode()))\n    except OSError:\n        pass",
            "double",
        ),
    ),
]
