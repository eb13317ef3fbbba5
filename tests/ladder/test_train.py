import dataclasses

import pytest
import torch

from ladder import train as module
from ladder.rungs import Rung
from ladder.train import Settings, scale, train

TINY = Rung("tiny", width=8, layers=2, heads=2, hidden=16)
SETTINGS = Settings(tokens=2 * 24 * 12, rows=2, length=24, compile=False, checkpoint_seconds=0.0)


class Killed(Exception):
    pass


def test_a_training_that_was_cut_off_ends_with_the_same_weights(tmp_path, monkeypatch):
    def killed_at_seven(seed, step, rows, length):
        if step == 7:
            raise Killed
        return real(seed, step, rows, length)

    real = module.batch
    whole = train(TINY, SETTINGS, tmp_path / "whole")
    monkeypatch.setattr(module, "batch", killed_at_seven)
    with pytest.raises(Killed):
        train(TINY, SETTINGS, tmp_path / "parts")
    assert torch.load(tmp_path / "parts" / "checkpoint.pt", weights_only=True)["step"] == 7
    monkeypatch.setattr(module, "batch", real)
    resumed = train(TINY, SETTINGS, tmp_path / "parts")
    for name, weights in whole.state_dict().items():
        assert torch.equal(weights, resumed.state_dict()[name]), name


def test_a_checkpoint_of_other_settings_is_not_trained_on(tmp_path):
    train(TINY, SETTINGS, tmp_path)
    with pytest.raises(SystemExit, match="other settings"):
        train(TINY, dataclasses.replace(SETTINGS, seed=1), tmp_path)


def test_the_step_size_is_constant_and_then_falls_to_its_floor():
    settings = Settings(tokens=100 * 16 * 192)
    assert [scale(step, settings) for step in (0, 29, 30)] == [1.0, 1.0, 1.0]
    assert scale(65, settings) == pytest.approx((1 + settings.floor) / 2)
    assert settings.floor <= scale(99, settings) < 0.06
