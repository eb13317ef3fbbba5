"""Filters and metrics against lm-evaluation-harness's own, on real answers and on odd texts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from emlab.benchmarks import bbh, gsm8k, mmlu_pro
from emlab.benchmarks.scoring import exact_match, pooled_stderr, regex_filter, value_and_stderr
from tests.conftest import needed

FILTERS = {
    "strict-match": (gsm8k.TASKS[0].filter_list[0], r"#### (\-?[0-9\.\,]+)", 0),
    "flexible-extract": (gsm8k.TASKS[0].filter_list[1], r"(-?[$0-9.,]{2,})|(-?[0-9]+)", -1),
    "cot": (gsm8k.TASKS[1].filter_list[0], r"The answer is (\-?[0-9\.\,]+).", 0),
    "get-answer": (bbh.COT_ANSWER, "(?<=the answer is )(.*)(?=.)", 0),
    "custom-extract": (mmlu_pro.EXTRACT, r"answer is \(?([ABCDEFGHIJ])\)?", 0),
}
TEXTS = st.text(alphabet="0123456789.,$-# \nTheanswri()ABJ", max_size=60)
ANSWERS = st.text(alphabet="0123456789.,$-# \nAbc\0", max_size=20)


@pytest.mark.parametrize("name", FILTERS)
@given(text=TEXTS)
def test_filters(name, text):
    extraction = needed("lm_eval.filters.extraction")
    ours, pattern, group = FILTERS[name]
    ((theirs,),) = extraction.RegexFilter(pattern, group).apply([[text]], [{}])
    assert ours.apply(text, {}) == theirs


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"ignore_case": True, "ignore_punctuation": True},
        {"regexes_to_ignore": gsm8k.ANSWER_ONLY, "ignore_case": True},
    ],
)
@given(answer=ANSWERS, target=ANSWERS)
def test_exact_match(settings, answer, target):
    metrics = needed("lm_eval.api.metrics")
    theirs = metrics.exact_match_hf_evaluate(predictions=[answer], references=[target], **settings)
    assert exact_match(**settings).score(answer, target, {}) == theirs["exact_match"]


def test_filters_on_real_answers(data):
    """The solutions of four models to GSM8K, with the answer as the data set itself marks it."""
    extraction = needed("lm_eval.filters.extraction")
    import emlab

    texts = [text.replace("A: ", "#### ") for text in emlab.recorded_responses("gsm8k")["response"]]
    for name in ("strict-match", "flexible-extract"):
        ours, pattern, group = FILTERS[name]
        theirs = extraction.RegexFilter(pattern, group).apply([[text] for text in texts], [{}] * len(texts))
        assert [[ours.apply(text, {})] for text in texts] == theirs


@given(st.lists(st.sampled_from([0.0, 1.0]), min_size=2, max_size=30))
def test_standard_error(scores):
    metrics = needed("lm_eval.api.metrics")
    value, stderr = value_and_stderr(scores)
    assert value == pytest.approx(metrics.mean(scores))
    assert stderr == pytest.approx(metrics.mean_stderr(scores))


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(2, 50)), min_size=1, max_size=6))
def test_pooled_standard_error(parts):
    metrics = needed("lm_eval.api.metrics")
    errors, sizes = zip(*parts, strict=True)
    assert pooled_stderr(errors, sizes) == pytest.approx(
        metrics.pooled_sample_stderr(list(errors), list(sizes))
    )


def test_no_match_is_invalid():
    assert regex_filter("x", "#### (.*)").apply("no number", {}) == "[invalid]"
