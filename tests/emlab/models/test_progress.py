import sys
import time

import pytest

from emlab.models import progress


@pytest.fixture(autouse=True)
def at_once(monkeypatch):
    monkeypatch.setattr(progress, "DELAY", 0)
    monkeypatch.delitem(sys.modules, "ipykernel", raising=False)


def watched(monkeypatch, is_watched):
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_watched, raising=False)


def test_a_bar_moves_in_a_terminal_and_goes_away(capsys, monkeypatch):
    watched(monkeypatch, True)
    with progress.bar("some-model", 3, shown=True) as advance:
        assert "some-model:   0%" in capsys.readouterr().out
        time.sleep(0.15)  # it moves ten times a second at most
        advance(2)
        assert "2/3" in capsys.readouterr().out
    said = capsys.readouterr()
    assert said.out.endswith("\r") and said.err == ""


def test_a_notebook_has_one_too(capsys, monkeypatch):
    watched(monkeypatch, False)
    monkeypatch.setitem(sys.modules, "ipykernel", progress)
    with progress.bar("some-model", 3, shown=True) as advance:
        advance(1)
    assert "some-model" in capsys.readouterr().out


@pytest.mark.parametrize("is_watched, shown", [(False, True), (True, False)])
def test_a_file_or_a_fast_model_has_none(capsys, monkeypatch, is_watched, shown):
    watched(monkeypatch, is_watched)
    with progress.bar("some-model", 3, shown=shown) as advance:
        advance(3)
    assert capsys.readouterr().out == ""
