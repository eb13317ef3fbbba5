import pandas as pd
import pytest

import emlab
from emlab.models.recorded import NotRecorded, Recorded


def record(prompt, response, model="api:gpt", **changes):
    fields = {
        "run_id": "r", "model": model, "params": 7, "item_id": "i", "condition": "c", "k": 0, "strategy": "s",
        "order": "o", "template_id": "t", "example_ids": [], "order_seed": 0, "prompt": prompt,
        "response": response, "gold": "yes", "choices": ["yes", "no"],
    }  # fmt: skip
    return emlab.make_record(**{**fields, **changes})


@pytest.fixture
def log(tmp_path):
    """A function that saves records and gives the spec that plays them back."""

    def save(*records):
        path = tmp_path / "responses.jsonl.gz"
        emlab.save_responses(pd.DataFrame(records), path)
        return f"recorded:{path}"

    return save


def test_a_text_is_played_back_and_cut(log):
    model = emlab.load(log(record("a?", "yes\nand"), record("b?", "no"), record("a?", "yes\nand")))
    assert model.generate_until([("b?", {}), ("a?", {"until": ["\n"]})]) == ["no", "yes"]
    assert (model.params, len(model.revision)) == (7, 12)


def test_choices_are_played_back(log):
    model = emlab.load(log(record("a?", "yes")))
    assert emlab.multiple_choice(model, ["a?"], ["yes", "no"]) == [{"response": "yes", "logprobs": None}]
    with pytest.raises(NotRecorded, match="none of .*dax"):
        emlab.multiple_choice(model, ["a?"], ["dax", "wug"])


def test_a_prompt_that_is_missing_is_named(log):
    model = Recorded(log(record("a?", "yes")))
    with pytest.raises(NotRecorded, match=r"no answer to the prompt \(sha256 .*, 13 char.*'what is this\?'"):
        model.generate_until([("a?", {}), ("what is this?", {})])


def test_several_models_in_one_log(log):
    spec = log(record("a?", "yes"), record("a?", "no", model="ladder/x", params=None))
    with pytest.raises(emlab.UnknownModel, match="api:gpt, ladder/x"):
        Recorded(spec)
    models = [Recorded(f"{spec},model=api:gpt"), Recorded(spec, model="ladder/x")]
    assert [model.generate_until([("a?", {})]) for model in models] == [["yes"], ["no"]]
    assert [model.params for model in models] == [7, None]
    assert models[1].name == f"{spec},model=ladder/x"


def test_sampled_answers_are_played_back_in_their_order(log):
    model = Recorded(log(*(record("a?", text) for text in ("yes", "no", "yes"))))
    with pytest.raises(NotRecorded, match="2 different answers"):
        model.generate_until([("a?", {})])
    sampled = ("a?", {"temperature": 1.0})
    assert model.generate_until([sampled, sampled]) == ["yes", "no"]
    assert model.generate_until([sampled]) == ["yes"]
    with pytest.raises(NotRecorded, match="only 3 answers"):
        model.generate_until([sampled])


def test_what_a_log_does_not_hold_is_a_clear_error(log):
    model = Recorded(log(record("a?", "yes")))
    with pytest.raises(NotRecorded, match="no log-probabilities"):
        model.loglikelihood([("a?", " yes")])
    for method in ("attention", "tokenize"):
        with pytest.raises(NotImplementedError, match="only a model that runs here"):
            getattr(model, method)("a?")


def test_log_probabilities_are_played_back(log):
    compared = {"choices": ["yes", " no"], "logprobs": [-0.25, -3.0], "greedy": [True, False]}
    model = Recorded(log(record("a?", "yes") | compared, record("b?", "no")))
    assert model.loglikelihood([("a?", " no"), ("a?", " yes"), ("a?", "yes")]) == [
        (-3.0, False), (-0.25, True), (-0.25, True),
    ]  # fmt: skip
    with pytest.raises(NotRecorded, match="does not say how likely ' perhaps' is after .*'a\\?'"):
        model.loglikelihood([("a?", " perhaps")])
    with pytest.raises(NotRecorded, match="no answer to the prompt"):
        model.loglikelihood([("c?", " yes")])


def test_it_is_there_while_a_notebook_is_graded(log, monkeypatch):
    monkeypatch.setenv("EMLAB_BROKER", "/nowhere")
    assert emlab.load(log(record("a?", "yes"))).generate_until([("a?", {})]) == ["yes"]
