import re

import pytest

from emlab.tasks.knowledge import BANDS
from emlab.tasks.traps import items, last_word, proverbs
from ladder.measure import traps

MEMORY = {proverb.rsplit(" ", 1)[0]: last_word(proverb) for proverb in proverbs()}


def recite(prompt):
    return MEMORY[prompt.split("\n")[-1].split(": ")[-1]]


def obey(prompt):
    asked = re.match(r"Finish with the word (\w+)", prompt)
    return asked[1] if asked else recite(prompt)


@pytest.mark.parametrize("rule, obeyed", [(recite, 0), (obey, 1)])
def test_who_recites_and_who_obeys_are_told_apart(rule, obeyed, rung_that, value_of):
    rows = traps.proverb(rung_that(rule))
    for band in BANDS:
        assert value_of(rows, band, "acc") == value_of(rows, band, "obeys") == obeyed
        assert value_of(rows, band, "recites") == 1 - obeyed
        assert value_of(rows, f"plain/{band}", "recites") == 1


def test_who_copies_the_claim_follows_it(rung_that, value_of):
    claimed = {}
    for band in BANDS:
        for item in items(traps.ITEMS, kind="claim", band=band):
            claimed |= {item["prompt"]: item["claimed"], item["right_prompt"]: item["gold"]}
    rows = traps.claim(rung_that(lambda prompt: claimed.get(prompt, "")))
    for band in BANDS:
        assert value_of(rows, f"wrong/{band}", "follows_claim") == 1
        assert value_of(rows, f"wrong/{band}", "acc") == 0
        assert value_of(rows, f"right/{band}", "acc") == 1
        assert value_of(rows, f"none/{band}", "acc") < 0.4  # knows nothing, so the first option counts


def test_who_does_not_read_the_not_is_always_wrong_there(rung_that, value_of):
    value = {}
    for item in items(traps.ITEMS, kind="negation"):
        for version in traps.with_values(item):
            value |= {version["prompt"]: item["value"], version["positive_prompt"]: item["value"]}
    rows = traps.negation(rung_that(value.__getitem__))
    assert value_of(rows, "positive", "acc") == 1 and value_of(rows, "negated", "acc") == 0
    assert len(value) == 2 * 4 * 500
    assert {(row["n"], row["n_items"]) for row in rows} == {(4 * 500, 500)}


def test_a_negation_is_asked_with_other_wrong_values():
    for item in items(100, kind="negation"):
        first, *others = traps.with_values(item)
        assert first == item
        assert len({version["gold"] for version in (first, *others)}) == 4
        for version in others:
            assert sorted(version["choices"]) == sorted([version["gold"], item["value"]])
            assert f"{version['choices'][0]} or {version['choices'][1]}?" in version["prompt"]
            assert version["positive_prompt"] == version["prompt"].replace(" is not ", " is ")


def test_every_cell_has_enough_items(rung_that):
    rung = rung_that(lambda prompt: "")
    rows = [*traps.proverb(rung), *traps.claim(rung), *traps.negation(rung)]
    assert all(row["n"] >= 500 for row in rows)


def test_a_proverb_comes_after_another_one_each_time():
    starts = [item["plain_prompt"] for item in items(traps.ITEMS, kind="proverb", band="head")]
    prompts = traps.after_another(starts)
    assert len(set(prompts)) == len(prompts) == 500
    for start, prompt in zip(starts, prompts, strict=True):
        other, asked = prompt.split("\n")
        assert asked == start and other in proverbs() and not other.startswith(start)
