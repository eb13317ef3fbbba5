import pytest

from ladder.reproduce import chosen


def test_the_two_smallest_rungs_unless_others_are_named():
    assert chosen([]) == ["22k", "54k"]
    assert chosen(["248k"]) == ["248k"]


def test_an_unknown_rung_is_named_with_those_that_exist(capsys):
    with pytest.raises(SystemExit):
        chosen(["22k", "9k"])
    assert "no rung 9k; there are 22k, 54k" in capsys.readouterr().err
