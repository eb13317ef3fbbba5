"""A run that was killed goes on where it was: `kill -9` for the command, then the same command again."""

import contextlib
import signal
import sqlite3
import time

import pytest

import emlab
from emlab.models.cache import Cache
from emlab.models.hub import HubModel
from emlab.models.ladder import find_rung
from tests.emlab import command
from tests.emlab.models.server import serve

pytestmark = pytest.mark.timeout(3600)

ITEMS = 60
AT_A_TIME = 3


def kill_when(process, reached):
    deadline = time.monotonic() + command.PATIENCE
    while not reached():
        assert process.poll() is None and time.monotonic() < deadline, process.communicate()
        time.sleep(0.02)
    process.send_signal(signal.SIGKILL)
    process.communicate()
    assert process.returncode == -signal.SIGKILL


def table(out):
    return [line for line in out.splitlines() if line.startswith("|")]


@pytest.fixture
def slow():
    """Answers each prompt, always the same, after a while."""

    def answer(path, body):
        time.sleep(0.05)
        content = body["messages"][0]["content"]
        return 200, {"choices": [{"message": {"content": f"Answer: {len(content) % 30}"}}]}

    with serve(answer) as server:
        yield server


def test_a_server_is_asked_for_the_rest_only(slow, tmp_path):
    model = f"api:some-model,base_url={slow.url},concurrency={AT_A_TIME}"
    evaluation = ("eval", "--model", model, "--task", "ladder_word_problems_cot_2", "--limit", str(ITEMS))
    kill_when(command.start(tmp_path / "home", *evaluation), lambda: len(slow.seen) > ITEMS // 2)
    asked_before = len(slow.seen)
    slow.seen.clear()
    status, out, err = command.run(tmp_path / "home", *evaluation)
    assert (status, err) == (0, "")
    # what was on its way at the kill is asked again
    assert ITEMS - asked_before <= len(slow.seen) <= ITEMS - asked_before + AT_A_TIME
    slow.seen.clear()
    _, uninterrupted, _ = command.run(tmp_path / "another home", *evaluation)
    assert len(slow.seen) == ITEMS
    assert table(out) == table(uninterrupted) != []


def test_a_model_here_computes_the_rest_only(tmp_path, monkeypatch):
    folder = find_rung(emlab.rungs()[4]).folder
    path = tmp_path / "home" / "answers.db"

    def kept():
        with contextlib.suppress(sqlite3.OperationalError):
            database = sqlite3.connect(f"file:{path}?mode=ro", uri=True)
            return database.execute("SELECT count(*) FROM answers").fetchone()[0]
        return 0

    items = 150
    settings = ("--task", "ladder_word_problems_cot_4", "--limit", str(items))
    evaluation = command.start(
        tmp_path / "home", "eval", "--model", f"hf:{folder}", *settings, EMLAB_CACHE=str(path.parent)
    )
    kill_when(evaluation, kept)
    known = kept()
    assert 0 < known < items

    computed = []
    compute = HubModel.compute_generation
    monkeypatch.setattr(HubModel, "compute_generation", lambda m, r: computed.extend(r) or compute(m, r))
    model = HubModel(f"hf:{folder}")
    model.cache = Cache(path)
    task = emlab.benchmarks.get_task("ladder_word_problems_cot_4")
    result = emlab.benchmarks.evaluate(model, task, limit=items)
    assert len(computed) == items - known
    expected = emlab.benchmarks.evaluate(emlab.load(emlab.rungs()[4]), task, limit=items)
    assert [row["response"] for row in result.rows] == [row["response"] for row in expected.rows]
