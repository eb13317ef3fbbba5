"""The broker as it runs: its own process, clients in theirs."""

import contextlib
import json
import os
import signal
import socket
import stat
import struct
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import emlab
from emgrader.broker import BrokerDown, BrokerHandle
from emgrader.broker.journal import read_journal
from emgrader.broker.meter import Limits
from emgrader.broker.session import MAX_CONNECTIONS
from emlab.models import frames
from emlab.models.broker import BrokerError, BrokerModel, Connection

STUDY = """
import json, sys
import emlab
task, template = emlab.load_task("reviews"), emlab.TEMPLATES["review"]
prompts = [template["query"].format(**item) for item in task.test[:50]]
model = emlab.load(emlab.rungs()[0])
answers = emlab.multiple_choice(model, prompts, task.labels)
assert not [name for name in ("torch", "transformers", "tokenizers") if name in sys.modules]
print(json.dumps(answers))
"""


def finish(process):
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return out


def test_two_submissions_at_once_get_what_the_model_says(start, client, tmp_path, rung):
    broker = start()
    paths = [broker.open(f"student0{i}", tmp_path) for i in (1, 2)]
    outs = [finish(process) for process in [client(path, STUDY) for path in paths]]
    assert outs[0] == outs[1]
    model, task = emlab.load(rung), emlab.load_task("reviews")
    prompts = [emlab.TEMPLATES["review"]["query"].format(**item) for item in task.test[:50]]
    scored = model.compute_loglikelihood([(p, f" {label}") for p in prompts for label in task.labels])
    said = [logprob for answer in json.loads(outs[0]) for logprob in answer["logprobs"]]
    assert said == pytest.approx([logprob for logprob, _ in scored], abs=1e-4)
    usages = [broker.close(f"student0{i}") for i in (1, 2)]
    for usage in usages:
        assert usage["requests"] == 100
        assert len(list(read_journal(usage["journal"]))) == 100


def test_what_is_in_the_cache_needs_no_torch(start, client, tmp_path):
    broker = start()
    first = finish(client(broker.open("student01", tmp_path), STUDY))
    assert _uses_torch(broker._process.pid)
    broker.stop()
    broker = start()
    assert finish(client(broker.open("student02", tmp_path), STUDY)) == first
    assert not _uses_torch(broker._process.pid)
    usage = broker.close("student02")
    assert (usage["cached"], usage["seconds"]) == (100, 0.0)


def test_a_killed_broker_leaves_its_answers(start, client, tmp_path):
    broker = start()
    first = finish(client(broker.open("student01", tmp_path), STUDY))
    os.kill(broker._process.pid, signal.SIGKILL)
    with pytest.raises(BrokerDown):
        for _ in range(2):  # the first may still be taken by the socket
            broker.open("student02", tmp_path)
    broker = start()
    assert finish(client(broker.open("student01", tmp_path), STUDY)) == first
    assert broker.close("student01")["cached"] == 100


def test_the_broker_ends_with_its_parent(tmp_path):
    code = f"""
import time
from emgrader.broker import BrokerHandle
handle = BrokerHandle.start({str(tmp_path / "cache.db")!r}, {str(tmp_path / "journals")!r})
print(handle._process.pid, handle.control_path, flush=True)
time.sleep(60)
"""
    parent = subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True)
    pid, control = parent.stdout.readline().split()
    parent.kill()
    parent.communicate()
    deadline = time.monotonic() + 10
    while os.path.exists(os.path.dirname(control)) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not os.path.exists(os.path.dirname(control))
    while _runs(pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _runs(pid)


def test_the_private_socket_is_private_and_a_submission_s_is_not(start, tmp_path):
    broker = start()
    control = os.stat(broker.control_path)
    folder = os.stat(os.path.dirname(broker.control_path))
    assert stat.S_IMODE(control.st_mode) == 0o600
    assert stat.S_IMODE(folder.st_mode) == 0o700
    path = broker.open("student01", tmp_path)
    assert path.parent == tmp_path
    assert stat.S_IMODE(path.stat().st_mode) == 0o666
    broker.close("student01")
    assert not path.exists()


def test_workers_share_one_broker_and_a_dead_one_s_submissions_close(start, tmp_path, rung):
    broker = start()
    worker = BrokerHandle.connect(broker.control_path)
    path = worker.open("student01", tmp_path)
    with pytest.raises(ValueError, match="student01 is open"):
        broker.open("student01", tmp_path)
    with pytest.raises(ValueError, match="student01 was not opened"):
        broker.close("student01")
    worker.stop()
    deadline = time.monotonic() + 10
    while path.exists() and time.monotonic() < deadline:
        time.sleep(0.01)
    path = broker.open("student01", tmp_path)
    assert BrokerModel(rung, str(path)).params


def test_a_submission_that_is_closed_is_not_answered_any_more(start, tmp_path, rung):
    broker = start()
    model = BrokerModel(rung, str(broker.open("student01", tmp_path)))
    broker.close("student01")
    with pytest.raises(BrokerError):
        model.tokenize("a")


def test_a_stop_with_submissions_open_is_a_clean_end(start, tmp_path, rung):
    broker = start()
    path = broker.open("student01", tmp_path)
    Connection(str(path)).ask({"op": "info", "model": rung})
    broker.stop()
    assert broker._process.returncode == 0
    assert not path.exists()
    assert (tmp_path / "journals" / "broker.log").read_text() == ""


def test_a_name_or_a_path_that_can_not_be_is_named(start, tmp_path):
    broker = start()
    with pytest.raises(ValueError, match="name of a submission"):
        broker.open("", tmp_path)
    with pytest.raises(ValueError, match="too long for a socket"):
        broker.open("student01", tmp_path / ("x" * 100))
    with pytest.raises(ValueError, match="No such file"):
        broker.open("student01", "/nowhere")
    assert broker.open("student01", tmp_path)


def test_a_broker_that_can_not_start_says_why(tmp_path):
    (tmp_path / "cache.db").mkdir()
    with pytest.raises(BrokerDown, match="unable to open database file"):
        BrokerHandle.start(tmp_path / "cache.db", tmp_path / "journals")


def test_the_limit_on_requests_is_for_one_submission_alone(start, tmp_path, rung):
    broker = start(Limits(requests=10))
    greedy = BrokerModel(rung, str(broker.open("student01", tmp_path)))
    modest = BrokerModel(rung, str(broker.open("student02", tmp_path)))
    with pytest.raises(BrokerError, match="all that one submission may ask"):
        greedy.loglikelihood([(f"text {i}", " good") for i in range(11)])
    assert modest.loglikelihood([("the soup", " good")])


def test_the_limit_on_seconds(start, tmp_path, rung):
    broker = start(Limits(seconds=0.0001))
    model = BrokerModel(rung, str(broker.open("student01", tmp_path)))
    model.loglikelihood([("the soup", " good")])
    with pytest.raises(BrokerError, match="seconds of the models' time"):
        model.loglikelihood([("the cake", " good")])


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    """The socket of a submission, for tests that leave the broker as it was."""
    folder = tmp_path_factory.mktemp("b")
    with BrokerHandle.start(folder / "cache.db", folder / "journals") as handle:
        yield handle.open("student01", folder), folder / "journals" / "broker.log"


def send(path, data):
    """Send bytes and nothing more; everything that comes back until the connection ends."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(20)
        connection.connect(str(path))
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            connection.sendall(data)
            connection.shutdown(socket.SHUT_WR)
        back = b""
        with contextlib.suppress(ConnectionResetError):
            while part := connection.recv(2**16):
                back += part
        return back


def frame(body):
    return struct.pack(">I", len(body)) + body


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(
    data=st.binary(max_size=200)
    | st.binary(max_size=100).map(frame)
    | st.text(max_size=30).map(lambda t: frame(json.dumps({"op": t}).encode()))
)
def test_no_bytes_bring_it_down(running, data):
    path, log = running
    send(path, data)
    assert Connection(str(path)).ask({"op": "info", "model": emlab.rungs()[0]})["params"] > 0
    assert log.read_text() == ""


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b'"x"',
        b"[" * 50_000,
        b'{"op": "\xff"}',
        b'{"op": NaN}',
        b'{"op": "info"}',
        b'{"op": {}}',
    ],
)
def test_a_malformed_frame_gets_an_error_and_the_connection_stays(running, body):
    path, _ = running
    good = frame(json.dumps({"op": "info", "model": emlab.rungs()[0]}).encode())
    back = send(path, frame(body) + good)
    first = struct.unpack(">I", back[:4])[0]
    assert frames.unpack(back[4 : 4 + first])["error"]["message"]
    assert "result" in frames.unpack(back[8 + first :])


def test_an_oversized_frame_gets_an_error_and_the_connection_ends(running):
    path, _ = running
    back = send(path, struct.pack(">I", 2**31) + b"x" * 100)
    assert "at most" in frames.unpack(back[4:])["error"]["message"]


def test_an_error_shows_nothing_of_ours(running):
    path, _ = running
    back = send(path, frame(b'{"op": "loglikelihood", "model": "ladder/x", "requests": [[1, 2]]}'))
    assert b"Traceback" not in back
    assert b".py" not in back


def test_half_a_frame_keeps_nobody_waiting(running):
    path, _ = running
    with socket.socket(socket.AF_UNIX) as half:
        half.connect(str(path))
        half.sendall(b"\0\0\1\0{")
        assert Connection(str(path)).ask({"op": "info", "model": emlab.rungs()[0]})


def test_a_submission_has_a_bounded_number_of_connections(start, tmp_path, rung):
    path = str(start().open("student01", tmp_path))
    question = {"op": "info", "model": rung}
    connections = [Connection(path) for _ in range(MAX_CONNECTIONS)]
    for connection in connections:
        connection.ask(question)
    with pytest.raises(BrokerError):
        Connection(path).ask(question)
    assert connections[0].ask(question)


def test_threads_of_one_submission_share_a_connection(running):
    path, _ = running
    model = BrokerModel(emlab.rungs()[0], str(path))
    texts = [f"the soup was {word}" for word in ("good", "bad", "cold", "tasty")] * 5
    with ThreadPoolExecutor(4) as pool:
        pieces = list(pool.map(model.tokenize, texts))
    assert ["".join(piece) for piece in pieces] == texts


def _runs(pid):
    """Whether a process is there and is not just waiting to be buried."""
    try:
        with open(f"/proc/{pid}/stat") as file:
            return file.read().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def _uses_torch(pid):
    """Whether a process has torch's library in memory."""
    with open(f"/proc/{pid}/maps") as maps:
        return "libtorch" in maps.read()
