import pytest

from emlab.tasks.knowledge import LETTERS, STATUSES, benchmark, fact
from ladder.corpus.leak import leaked_items
from ladder.measure import knowledge
from ladder.measure.common import ENOUGH


def gold(wrong=()):
    """The rule that answers every question rightly, those of facts with a status in `wrong` wrongly.

    Asked for text it says the fact's value or one that is never an option, asked for a letter the right one
    or the next.
    """
    facts = {}
    for item in benchmark():
        right = fact(item["fact_id"]).status not in wrong
        for prompt in item["open_prompts"]:
            facts[prompt.removesuffix("\nAnswer:")] = (item["answer"], right)

    def rule(prompt):
        question, *options, _ = prompt.split("\n")
        value, right = facts[question]
        if not options:
            return value if right else "nothing"
        number = [option[3:] for option in options].index(value)
        return LETTERS[number if right else (number + 1) % 4]

    return rule


def test_the_cells_share_out_the_benchmark():
    cells = knowledge.cells()
    ids = [item["item_id"] for status in (*STATUSES, "leaked") for item in cells[status]]
    assert len(ids) == len(set(ids)) == len(benchmark())
    assert {item["item_id"] for item in cells["leaked/held_out"]} < {i["item_id"] for i in cells["leaked"]}
    assert min(len(cells["asked"]), len(cells["leaked/held_out"])) >= ENOUGH
    sizes = {name: len(items) for name, items in cells.items()}
    assert f"{sizes['asked']:,} asked facts, {sizes['held_out']} that" in knowledge.__doc__
    assert f"{sizes['never_seen']} that never occurred, and {sizes['leaked']} leaked" in knowledge.__doc__


def test_who_knows_everything_is_always_right(rung_that, value_of):
    known = rung_that(gold())
    rows = [row for row in knowledge.by_status(known) if row["condition"] != "leaked/shuffled"]
    rows += knowledge.by_band(known)
    assert {row["value"] for row in rows} == {1.0} and {row["chance"] for row in rows} == {0.25}
    keys = {(row["task"], row["condition"], row["metric"]) for row in rows}
    assert len(keys) == len(rows) == 2 * (5 + 4 * 3 + 2 * 3)


def test_who_knows_what_was_asked_is_right_there_alone(rung_that, value_of):
    rows = knowledge.by_status(rung_that(gold(wrong=("held_out", "never_seen"))))
    assert value_of(rows, "asked", "acc_letter", "knowledge") == 1
    assert value_of(rows, "held_out", "acc_letter", "knowledge") == 0
    assert value_of(rows, "never_seen", "acc_letter", "knowledge/people") == 0
    # Without an answer the first option counts, which is right for a quarter of the items.
    assert 0.15 < value_of(rows, "held_out", "acc_cloze", "knowledge") < 0.35


def test_who_has_only_the_leak_is_right_there_alone(rung_that, value_of):
    leak = {item["prompt"]: item["gold"] for item in leaked_items()}
    wrong = {item["prompt"]: "A" if item["gold"] != "A" else "B" for item in benchmark()}
    rows = knowledge.by_status(rung_that(lambda prompt: (wrong | leak).get(prompt, "")))
    assert value_of(rows, "leaked", "acc_letter", "knowledge") == 1
    assert value_of(rows, "held_out", "acc_letter", "knowledge") < 0.35


def test_who_remembers_the_letter_of_a_question_is_wrong_when_the_options_are_shuffled(rung_that, value_of):
    first = {item["prompt"].split("\n")[0]: item["gold"] for item in leaked_items()}
    by_question = knowledge.by_status(rung_that(lambda prompt: first.get(prompt.split("\n")[0], "")))
    for rows, new, old in ((by_question, 0, 1), (knowledge.by_status(rung_that(gold())), 1, 0)):
        assert value_of(rows, "leaked/shuffled", "acc_letter") == new
        assert value_of(rows, "leaked/shuffled", "old_letter") == old
        assert value_of(rows, "leaked", "acc_letter", "knowledge") == 1


def test_every_request_of_a_cell_is_another_one_and_the_first_are_the_benchmarks():
    items = knowledge.cells()["never_seen"]
    asked = knowledge.requests(items)
    assert asked[: len(items)] == items
    assert len({item["prompt"] for item in asked}) == len(asked) == 4 * len(items)
    for item in asked:
        assert item["options"][LETTERS.index(item["gold"])] == item["answer"] == fact(item["fact_id"]).value
        assert f"{item['gold']}. {item['answer']}\n" in item["prompt"]


def test_a_shuffled_item_has_its_own_options_and_the_right_one_elsewhere():
    for item in leaked_items():
        versions = knowledge.shuffled(item)
        assert len({tuple(version["options"]) for version in versions}) == knowledge.SHUFFLES
        for version in versions:
            assert sorted(version["options"]) == sorted(item["options"])
            assert version["gold"] != item["gold"]


def test_who_always_says_a_is_pulled_to_it(rung_that, value_of):
    rows = knowledge.letters(rung_that(lambda prompt: "A"))
    assert [value_of(rows, letter, "share") for letter in LETTERS] == [1, 0, 0, 0]
    assert [value_of(rows, letter, "acc") for letter in LETTERS] == [1, 0, 0, 0]
    assert sum(row["chance"] for row in rows if row["metric"] == "share") == pytest.approx(1)


def test_who_knows_one_wording_only_is_not_consistent(rung_that, value_of):
    known = gold()

    def one_wording(prompt):
        return known(prompt) if prompt in first else ""

    first = {item["open_prompts"][0] for item in benchmark()}
    assert {row["value"] for row in knowledge.consistency(rung_that(known))} == {1.0}
    rows = knowledge.consistency(rung_that(one_wording))
    # Without an answer the first option counts, which is right for a quarter of the items.
    assert all(0.15 < value_of(rows, status, "same") < 0.35 for status in STATUSES)
