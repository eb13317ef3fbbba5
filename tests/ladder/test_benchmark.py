import sys

import pytest

import emlab
from emlab.models.ladder import find_rung
from ladder import benchmark


@pytest.mark.parametrize("own, beginnings", [(False, 5), (True, 500)])
def test_a_workload_is_a_thousand_scorings_of_prompts_that_fit(own, beginnings):
    asked = benchmark.requests(own)
    prompts = {prompt for prompt, _ in asked}
    assert (len(asked), len(set(asked)), len(prompts)) == (1000, 1000, 500)
    assert len({prompt.rpartition("\n\n")[0] for prompt in prompts}) == beginnings
    tokens = emlab.load(emlab.rungs()[0]).count_tokens(sorted(prompts))
    assert max(tokens) < 192
    assert 135 < sum(tokens) / len(tokens) < 165


def test_both_sides_answer_the_same(monkeypatch):
    pytest.importorskip("lm_eval")
    monkeypatch.setattr(benchmark, "BATCH_SIZES", (4, 8))
    monkeypatch.setattr(benchmark, "PASSES", 1)
    row = benchmark.compare(find_rung(emlab.rungs()[0]), "shared", benchmark.requests(own=False)[:20])
    assert (row["requests"], row["prompts"]) == (20, 10)
    assert row["harness_batch_size"] in (4, 8)
    assert row["ratio"] == pytest.approx(row["harness_seconds"] / row["seconds"], rel=0.2)
    assert row["largest_difference"] <= benchmark.TOLERANCE


def test_other_answers_give_no_ratio(monkeypatch):
    asked = benchmark.requests(own=False)[:2]
    monkeypatch.setattr(benchmark, "BATCH_SIZES", (4,))
    monkeypatch.setattr(benchmark, "PASSES", 1)
    monkeypatch.setattr(benchmark, "harness", lambda *_: lambda: [(-99.0, False)] * 2)
    with pytest.raises(SystemExit, match="the answers differ"):
        benchmark.compare(find_rung(emlab.rungs()[0]), "shared", asked)


def test_a_missing_harness_is_named(monkeypatch):
    monkeypatch.setitem(sys.modules, "lm_eval", None)
    with pytest.raises(SystemExit, match=r"pip install 'emlab\[dev\]'"):
        benchmark.main()
