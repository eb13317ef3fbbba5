import random

import pandas as pd
import pytest

import emlab
from emlab import checks, evalset
from emlab.tasks import arithmetic, programs, word_problems
from emlab.widgets import threshold_text


@pytest.mark.parametrize("capability", emlab.CAPABILITIES)
@pytest.mark.parametrize("difficulty", [1, 2, 3])
def test_items_have_every_field_and_begin_with_the_same_ones(capability, difficulty):
    few, more = emlab.load_items(capability, difficulty, 20), emlab.load_items(capability, difficulty, 60)
    assert more[:20] == few and len({item["item_id"] for item in more}) == 60
    for item in few:
        assert set(item) >= set(emlab.EVALSET_FIELDS) and item["checker"] in emlab.CHECKERS
        assert item["checker"] != "choice" or item["gold"] in item["choices"]
        assert item["checker"] != "code" or evalset.passes(item, item["gold"])


def test_items_are_held_out():
    for item in emlab.load_items("math", 2, 50):
        a, _, b, _ = item["prompt"].split()
        assert arithmetic.addition_split(int(a), int(b)) == "test"


def test_both_styles_tell_the_same_problems():
    direct, steps = (emlab.load_items("reasoning", 2, 20, style) for style in word_problems.STYLES)
    assert [i["gold"] for i in direct] == [i["gold"] for i in steps]
    assert not {i["item_id"] for i in direct} & {i["item_id"] for i in steps}


@pytest.mark.parametrize("what", [("chess", 1, 5), ("math", 4, 5), ("commonsense", 1, 301)])
def test_what_there_is_not_is_said(what):
    with pytest.raises(ValueError):
        emlab.load_items(*what)


def test_wordings_of_a_program_differ_and_mean_the_same():
    for told in emlab.reworded(8, 9):
        assert len({item["prompt"] for item in told}) == 9 and len({item["gold"] for item in told}) == 1
        assert all(evalset.passes(item, told[0]["gold"]) for item in told)


def test_a_mock_that_adds_has_the_accuracy_that_it_should():
    items = emlab.load_items("math", 3, 1000)
    said = emlab.ask(emlab.load("mock:sums/0.8"), items)
    exact = sum(s.strip() == i["gold"] for s, i in zip(said, items, strict=True)) / len(items)
    assert exact == pytest.approx(sum(0.8 ** len(i["gold"]) for i in items) / len(items), abs=0.05)
    assert emlab.ask(emlab.load("mock:sums/1"), items) == [" " + i["gold"] for i in items]


def test_items_with_choices_are_answered_by_one():
    items = emlab.load_items("commonsense", 1, 5) + emlab.load_items("math", 1, 2)
    said = emlab.ask(emlab.load(f"mock:constant/{items[0]['choices'][1]}"), items)
    assert said[0] == items[0]["choices"][1]
    assert all(a in i["choices"] for a, i in zip(said[:5], items[:5], strict=True))


def test_a_changed_response_is_found():
    items = emlab.load_items("math", 1, 30)
    said = emlab.ask(emlab.load("mock:sums/0.5"), items)
    rows = [
        emlab.make_item_record(
            run_id="t",
            model="mock:sums/0.5",
            params=1,
            item=i,
            condition="c",
            response=s,
            parsed=s,
            correct=False,
        )
        for i, s in zip(items, said, strict=True)
    ]
    assert checks.regenerate(pd.DataFrame(rows), items, 30, random.Random(0)) == []
    rows[7]["response"] = " 1"
    assert checks.regenerate(pd.DataFrame(rows), items, 30, random.Random(0)) == [7]


def test_stops_are_those_of_the_programs():
    assert emlab.CODE_STOPS == programs.STOPS


def test_the_calculator_says_the_bracket():
    rows = pd.DataFrame({"params": [1000, 10], "ci_lo": [0.5, 0.0]})
    assert "between 10 and 1,000" in threshold_text(rows, lambda params, low, least: (10, 1000), 0.05)
    assert "already" in threshold_text(rows, lambda params, low, least: (None, 10), 0.05)
    assert "on no size" in threshold_text(rows, lambda params, low, least: None, 0.05)
