import pytest

from ladder.compute import flops_per_token
from ladder.rungs import RUNGS, build_model


@pytest.mark.parametrize("rung", RUNGS.values(), ids=RUNGS)
def test_the_compute_is_six_for_each_parameter_and_a_little_for_attention(rung):
    matrices = sum(p.numel() for p in build_model(rung, 0).parameters() if p.ndim == 2)
    assert 6 * matrices < flops_per_token(rung) < 6 * matrices * 1.25
