import random

import pandas as pd
import pytest

import emlab
from emlab import checks


def responses(model, n=40, labels="natural"):
    """What `model` says to n prompts of one example, as a log."""
    task, template = emlab.load_task("reviews", labels=labels), emlab.TEMPLATES["review"]
    shot = template["example"].format(**task.pool[0])
    items = task.test[:n]
    prompts = [shot + template["delimiter"] + template["query"].format(**item) for item in items]
    answers = emlab.multiple_choice(emlab.load(model), prompts, task.labels)
    return pd.DataFrame(
        emlab.make_record(
            run_id="main", model=model, params=1, item_id=item["item_id"], condition=labels, k=1,
            strategy="random", order="as_is", template_id="review", example_ids=[task.pool[0]["item_id"]],
            order_seed=0, prompt=prompt, response=answer["response"], gold=item["label"], choices=task.labels,
        )
        for item, prompt, answer in zip(items, prompts, answers, strict=True)
    )  # fmt: skip


def test_rng_depends_on_the_tag_and_the_seed(monkeypatch):
    monkeypatch.delenv("EMGRADER_SEED", raising=False)
    first = checks.rng("a").random()
    assert checks.rng("a").random() == first != checks.rng("b").random()
    monkeypatch.setenv("EMGRADER_SEED", "practice")
    assert checks.rng("a").random() == first
    monkeypatch.setenv("EMGRADER_SEED", "0123")
    assert checks.rng("a").random() != first


@pytest.mark.parametrize("model", ["mock:noisy/0.3", "mock:last_label", emlab.rungs()[0], emlab.rungs()[-1]])
@pytest.mark.parametrize("labels", ["natural", "arbitrary"])
def test_honest_responses_are_what_the_model_says(model, labels):
    assert checks.reask(responses(model, labels=labels), 40, random.Random(0)) == []


def test_made_up_responses_are_found(caplog):
    table = responses("mock:noisy/0.3")
    table.loc[[3, 17], "response"] = [
        {"negative": "positive", "positive": "negative"}[r] for r in table["response"][[3, 17]]
    ]
    table.loc[20, "response"] = "no label at all"
    assert checks.reask(table, 40, random.Random(0)) == [3, 17, 20]
    assert [record.getMessage() for record in caplog.records] == [
        "Asked again, the models say something else in 3 of 40 responses: rows 3, 17, 20, counted from 0."
    ]
    caplog.clear()
    assert checks.reask(table.iloc[15:], 40, random.Random(0)) == [2, 5]
    assert "rows 17, 20," in caplog.text


def test_the_sample_is_drawn_with_the_given_numbers():
    table = responses("mock:oracle")
    table["response"] = ["x"] * len(table)
    drawn = checks.reask(table, 5, random.Random(1))
    assert len(drawn) == 5
    assert drawn == checks.reask(table, 5, random.Random(1)) != checks.reask(table, 5, random.Random(2))


def test_the_index_does_not_matter():
    table = responses("mock:oracle").iloc[::-1]
    table.iloc[4, table.columns.get_loc("response")] = "x"
    assert checks.reask(table, 40, random.Random(0)) == [4]


def test_models_that_can_not_be_asked_are_left_out():
    table = responses("mock:oracle").assign(model="api:gpt-4", response="x")
    assert checks.reask(table, 40, random.Random(0)) == []


def test_a_run_of_one_label_is_only_that_label():
    table = responses("mock:oracle").assign(gold="positive", response="positive", parsed="positive")
    assert checks.reask(table, 40, random.Random(0)) == []
    assert checks.reask(table.assign(response="x"), 1, random.Random(0)) != []


def test_a_missing_column_is_named():
    with pytest.raises(ValueError, match="lack these columns: prompt"):
        checks.reask(responses("mock:oracle").drop(columns="prompt"), 5, random.Random(0))


def test_an_unknown_model_is_named():
    with pytest.raises(emlab.UnknownModel, match="ladder/9z"):
        checks.reask(responses("mock:oracle").assign(model="ladder/9z"), 5, random.Random(0))


def test_a_log_is_attested_unless_it_was_made_up():
    items = emlab.load_items("math", 1, 40)
    said = emlab.ask(emlab.load("mock:sums/0.5"), items)
    rows = zip(items, said, strict=True)
    log = pd.DataFrame({"model": "mock:sums/0.5", "item_id": i["item_id"], "response": s} for i, s in rows)
    assert checks.attested(log, items, 30, random.Random(0))
    assert checks.attested(log.assign(response=log["response"].str.strip()), items, 30, random.Random(0))
    assert not checks.attested(log.assign(response=[i["gold"] for i in items]), items, 30, random.Random(0))
    assert not checks.attested(log, items[:0], 30, random.Random(0))
    assert not checks.attested(log.assign(model="api:gpt-4"), items, 30, random.Random(0))
