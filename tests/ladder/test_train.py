import dataclasses

import pytest
import torch

from ladder import train as module
from ladder.rungs import Rung, build_model
from ladder.train import Settings, scale, train

TINY = Rung("tiny", width=8, layers=2, heads=2, hidden=16)
SETTINGS = Settings(tokens=2 * 24 * 12, late=0.5, rows=2, length=24, compile=False, checkpoint_seconds=0.0)


class Killed(Exception):
    pass


@pytest.mark.parametrize(("killed_at", "done"), [((7, False), 7), ((0, True), 12), ((3, True), 15)])
def test_a_training_that_was_cut_off_ends_with_the_same_weights(tmp_path, monkeypatch, killed_at, done):
    def killed(seed, step, rows, length, late):
        if (step, late) == killed_at:
            raise Killed
        return real(seed, step, rows, length, late)

    real = module.batch
    whole = train(TINY, SETTINGS, tmp_path / "whole")
    monkeypatch.setattr(module, "batch", killed)
    with pytest.raises(Killed):
        train(TINY, SETTINGS, tmp_path / "parts")
    assert torch.load(tmp_path / "parts" / "checkpoint.pt", weights_only=True)["step"] == done
    monkeypatch.setattr(module, "batch", real)
    resumed = train(TINY, SETTINGS, tmp_path / "parts")
    for name, weights in whole.state_dict().items():
        assert torch.equal(weights, resumed.state_dict()[name]), name


def test_a_checkpoint_of_other_settings_is_not_trained_on(tmp_path):
    train(TINY, SETTINGS, tmp_path)
    with pytest.raises(SystemExit, match="other settings"):
        train(TINY, dataclasses.replace(SETTINGS, seed=1), tmp_path)


def test_the_late_part_begins_with_the_weights_of_the_main_part_in_float16(tmp_path):
    train(TINY, dataclasses.replace(SETTINGS, late=0.0), tmp_path / "main")
    train(TINY, SETTINGS, tmp_path / "both")
    ends = [tmp_path / "main" / "checkpoint.pt", tmp_path / "both" / "step-12.pt"]
    main, kept = (torch.load(path, weights_only=True)["model"] for path in ends)
    model = build_model(TINY, seed=0)
    model.load_state_dict(kept)
    module.begin_late_part(model, SETTINGS)
    for name, weights in model.state_dict().items():
        assert torch.equal(main[name], kept[name])
        assert torch.equal(weights, kept[name].half().float()), name


def test_the_step_size_is_constant_and_then_falls_to_its_floor_and_in_the_late_part_again():
    settings = Settings(tokens=100 * 16 * 192)
    assert scale(100, settings) == settings.late_scale
    assert scale(105, settings) == pytest.approx(settings.late_scale * (1 + settings.floor) / 2)
    assert [scale(step, settings) for step in (0, 29, 30)] == [1.0, 1.0, 1.0]
    assert scale(65, settings) == pytest.approx((1 + settings.floor) / 2)
    assert settings.floor <= scale(99, settings) < 0.06
