import subprocess
import sys

import pytest

from ladder import reproduce
from ladder.measure.common import write
from ladder.reproduce import chosen, compare


def test_the_two_smallest_rungs_unless_others_are_named():
    assert chosen([]) == ["22k", "54k"]
    assert chosen(["248k"]) == ["248k"]


def test_an_unknown_rung_is_named_with_those_that_exist(capsys):
    with pytest.raises(SystemExit):
        chosen(["22k", "9k"])
    assert "no rung 9k; there are 22k, 54k" in capsys.readouterr().err


def row(model, low, high):
    return {"model": model, "chance": 1 / 3, "value": (low + high) / 2, "ci_lo": low, "ci_hi": high}


def test_intervals_are_compared_row_by_row(tmp_path, monkeypatch):
    write([row("a", 0.1, 0.2), row("b", 0.1, 0.2), row("c", 0.1, 0.2)], tmp_path / "made.csv")
    monkeypatch.setattr(reproduce, "MEASURED", tmp_path)
    monkeypatch.setattr(reproduce, "AGAIN", tmp_path / "again")
    found = compare("made", [row("a", 0.15, 0.3), row("b", 0.21, 0.3)])
    assert found.set_index("model")["overlap"].to_dict() == {"a": True, "b": False}
    with pytest.raises(SystemExit, match="lacks 1 of the rows"):
        compare("made", [row("d", 0.1, 0.2)])


@pytest.mark.slow
@pytest.mark.proof
@pytest.mark.timeout(3600)
def test_the_two_smallest_rungs_come_out_within_the_shipped_intervals():
    """Some ten minutes on two cores; runs when asked for: `python -m pytest -m proof tests/ladder`."""
    done = subprocess.run([sys.executable, "-m", "ladder.reproduce"], capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
