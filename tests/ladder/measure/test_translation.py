import re

from emlab.tasks.translation import translate
from ladder.measure import translation
from tests.ladder.measure.answering import rung_that


def values(rows):
    return {(row["condition"], row["metric"], row["form"], row["k"]): row["value"] for row in rows}


def english_of(context):
    """The English word or phrase that is asked for, None where Bulgarian is."""
    line = context.split("\n\n")[-1].split("\n")[-1 if "->" in context else 0]
    found = re.fullmatch(r"(?:English: )?([a-z ]+?)(?: ->)?", line)
    return found and found[1]


def test_a_perfect_translator_is_right_everywhere():
    back = {translate(f"{a} {n}"): f"{a} {n}" for a in translation.ADJECTIVES for n in translation.NOUNS}

    def answer(context):
        english = english_of(context)
        return translate(english) if english else back[re.search("Bulgarian: (.*)\n", context)[1]]

    rows = translation.translation(rung_that(answer))
    found = values(rows)
    assert {value for (_, metric, _, _), value in found.items() if metric == "exact_match"} == {1.0}
    assert {row["n"] for row in rows if row["condition"] == "phrases"} == {500}
    words = {(row["k"] > 0, row["n"], row["n_items"]) for row in rows if row["condition"] == "words"}
    assert words == {(True, 6 * 94, 94)}
    assert {k for _, _, form, k in found if form == "arrow"} == {0, 1, 2, 3, 5}


def test_who_always_says_the_feminine_form_has_the_gender_of_a_third():
    def answer(context):
        english = english_of(context)
        return translation.ADJECTIVES[english.split()[0]]["f"] if english and " " in english else ""

    found = values(translation.translation(rung_that(answer)))
    for (_, metric, _, _), value in found.items():
        if metric == "gender":
            assert 0.3 < value < 0.5  # three of eight nouns are feminine
        else:
            assert value == 0.0


def test_every_form_of_a_single_adjective_is_accepted():
    assert translation.ACCEPTED["red"] == {"червен", "червена", "червено"}
    assert translation.ACCEPTED["apple"] == {"ябълка"}
