import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emlab.analysis import CHECKS, RULES, problems
from emlab.analysis.checklist import rows

FEW_SHOT = RULES["few_shot"]
STARTER = "\n\n".join(
    f"## {heading}\n\n*What did you find about `build_prompt` and k = 5, and why?*"
    for heading in FEW_SHOT["headings"]
)


@pytest.fixture
def found(four_claims, results, responses):
    """The problems of a text, and only those with this id if one is given."""

    def found(text, id=None, claims=four_claims, tables=None, log=responses):
        tables = {"results": results} if tables is None else tables
        all_found = problems({"text": text, "claims": claims}, tables, log, FEW_SHOT)
        return [problem for problem in all_found if id in (None, problem["id"])]

    return found


def test_a_complete_analysis_has_no_problem(found, write):
    assert found(write()) == []


def test_the_untouched_starter_fails_every_check(found):
    assert {p["id"] for p in found(STARTER) if not p["warning"]} == set(CHECKS)


def test_an_empty_text_fails_every_check(found):
    assert {p["id"] for p in found("") if not p["warning"]} == set(CHECKS)


def test_checks_turn_one_by_one_as_the_text_grows(found, write):
    """From the starter to the whole analysis: each step mends its own check and breaks no other."""

    def open_checks(text, claims):
        return {p["id"] for p in found(text, claims=claims) if not p["warning"]}

    headings_only = write(Results="x", What_did_not_work="x", Order_and_selection="x", Limits="x")
    assert open_checks(headings_only, []) == {"words", "claims", "quotes"}


def test_each_heading_is_needed(found, write):
    for heading in FEW_SHOT["headings"]:
        text = write(**{heading.replace(" ", "_"): None})
        assert [p["message"] for p in found(text, "headings")] == [
            f"The heading {heading} is missing. Write it on its own line: ## {heading}"
        ]


@pytest.mark.parametrize(
    "empty", ["", "   ", "<!-- nothing -->", "*What can you not conclude?*", "> quoted", "42"]
)
def test_a_section_without_own_text_is_empty(found, write, empty):
    [problem] = found(write(Limits=empty), "headings")
    assert "under Limits" in problem["message"]


def test_headings_may_have_any_level_case_numbering_and_subsections(found, write):
    text = write(Limits=None, Design=None) + (
        "\n#### 6. **limits**:\nOne task says little.\n\n# DESIGN ##\n\n### Items\n\nTwo hundred of them.\n"
    )
    assert found(text, "headings") == []


def test_a_following_heading_of_the_same_level_is_another_section(found, write):
    text = write(Limits="") + "\n\n## Thanks\n\nTo everybody who helped."
    assert "under Limits" in found(text, "headings")[0]["message"]


def test_a_heading_in_a_code_block_is_code(found, write):
    text = write(Limits=None) + "\n```\n## Limits\nnone at all\n```\n"
    assert "Limits is missing" in found(text, "headings")[0]["message"]


def test_words_of_quotes_code_comments_and_prompts_do_not_count(found, write):
    base = f"## Limits\n\n{'word ' * 149}"
    for padding in ("> quoted words", "```\nsome code\n```", "<!-- hidden words -->", "*Any words here?*"):
        assert "Words so far: 149." in found(f"{base}\n\n{padding}\n", "words")[0]["message"]
    assert found(f"{base}\n\none.", "words") == []


def test_a_claim_that_is_not_cited_does_not_count(found, write):
    [problem] = found(write(Order_and_selection="No effect was seen."), "claims")
    assert "cited and hold: 3." in problem["message"]


def test_a_cited_claim_must_exist(found, write):
    [problem] = found(write(Limits="More of it [C9]."), "claims")
    assert "[C9] is cited, but there is no claim C9" in problem["message"]


def test_a_cited_claim_must_hold_on_the_tables_given(found, write, results):
    recomputed = results.assign(acc=0.5)
    messages = [p["message"] for p in found(write(), "claims", tables={"results": recomputed})]
    assert sum("cannot stand" in message for message in messages) == 2
    assert any("cited and hold: 2." in message for message in messages)


def test_the_same_claim_under_four_names_is_one(found, write, four_claims):
    copies = [{**four_claims[0], "id": f"C{number}", "text": str(number)} for number in range(1, 5)]
    [problem] = found(write(), "claims", claims=copies)
    assert "cited and hold: 1." in problem["message"]


def test_claims_about_other_tables_are_no_problem_but_do_not_count(found, write, four_claims):
    other = {**four_claims[0], "id": "C5", "table": "my_table"}
    assert found(write(Limits="See [C5]."), "claims", claims=[*four_claims, other]) == []
    few, elsewhere = found(write(), "claims", claims=[*four_claims[:3], {**other, "id": "C4"}])
    assert "cited and hold: 3." in few["message"] and "C4" in elsewhere["message"]


def test_a_claim_cited_in_code_or_in_the_prompt_is_not_cited(found, write):
    text = write(Order_and_selection="None.\n\n`x`\n\n```\n[C4]\n```\n\n*Cite [C4] here.*")
    assert "cited and hold: 3." in found(text, "claims")[0]["message"]


@pytest.mark.parametrize(
    "line",
    [
        "> reviews-test-0002: the staff seemed slow and rude",
        "> [reviews-test-0002] the staff seemed slow and rude",
        ">  `reviews-test-0002`: “the staff seemed slow and rude”",
        "> **reviews-test-0002:** the staff  seemed slow and rude  ",
    ],
)
def test_ways_to_write_a_quote(found, write, line):
    text = write(What_did_not_work=f"Two.\n\n> reviews-test-0001: the soup was cold and bland\n{line}\n")
    assert found(text, "quotes") == []


def test_a_short_item_can_be_quoted_from_any_layout():
    prompts = ["black letter:", "English: black letter\nBulgarian:", "English: black letters\nBulgarian:"]
    log = pd.DataFrame({"item_id": ["dev-1", "dev-1", "dev-2"], "prompt": prompts, "correct": False})
    analysis = {"text": "## Limits\n\n> dev-1: black letter\n\n> dev-2: black letter\n", "claims": []}
    for least, wrong in ((2, ["dev-2"]), (3, ["dev-1", "dev-2"])):
        rules = {**RULES["prompting"], "min_quoted_words": least, "min_quotes": 0}
        said = [p["message"] for p in problems(analysis, {}, log, rules) if p["id"] == "quotes"]
        assert len(said) == len(wrong) and all(id in text for id, text in zip(wrong, said, strict=True))


@pytest.mark.parametrize(
    ("line", "message"),
    [
        (
            "> reviews-test-0009: the staff seemed slow and rude",
            "reviews-test-0009 is quoted, but it is not in",
        ),
        ("> reviews-test-0002: the staff seemed slow and polite", "is not the text of this item"),
        ("> reviews-test-0002: the soup was cold and bland", "is not the text of this item"),
        ("> reviews-test-0002: it was a good day", "is not the text of this item"),  # an example's text
        ("> reviews-test-0002: slow and rud", "is not the text of this item"),  # half a word
        ("> reviews-test-0002: slow", "is not the text of this item"),
        ("> reviews-test-0003: a warm and funny film", "no wrong answer in responses: reviews-test-0003"),
        ("> reviews-test-0001: the soup was cold and bland", "got wrong: 1."),  # the same again
    ],
)
def test_a_bad_quote_is_named(found, write, line, message):
    text = write(What_did_not_work=f"Two.\n\n> reviews-test-0001: the soup was cold and bland\n{line}\n")
    messages = [p["message"] for p in found(text, "quotes")]
    assert any(message in said for said in messages)
    assert any("got wrong: 1." in said for said in messages)


def test_without_a_log_quotes_cannot_be_checked(found, write, responses):
    for log in (None, 5, responses.drop(columns="prompt"), pd.concat([responses, responses], axis=1)):
        assert "no log of responses" in found(write(), "quotes", log=log)[0]["message"]


@pytest.mark.parametrize(
    "sentence",
    [
        "The large model reached 0.95.",
        "It was right in 95 % of the answers.",
        "Accuracy fell by -0.3 there.",
        "- The gain was 0.45 in all",
        "It got 12 of 40 right.",
    ],
)
def test_a_number_without_a_claim_is_a_warning_that_names_the_sentence(found, write, sentence):
    [problem] = found(write(Limits=f"Few words. {sentence} More words."), "numbers")
    assert problem["warning"]
    assert sentence.removeprefix("- ").split(".")[0] in problem["message"]


@pytest.mark.parametrize(
    "sentence",
    [
        "With k = 5 it worked.",
        "It held for k in 0, 1, 3, 5 and 10.",
        "With 5 examples, or 10-shot, it did not change.",
        "ladder/774k and the 22k rung differ, as GPT-3 and others did in 2020.",
        "1. The first point of a list",
        "n = 200 and a 95 % interval",
        "Layer 1, head 0 looks back.",
        "In 3 orders of 200 items it was the same.",
        "The value is 0.95. [C1]",
        "The value is 95 % [C1], e.g. for the largest, with 200 items.",
        "It fell from 0.95 to 0.5 [C1] [C3] [C2].",
        "See reviews-test-0012 and https://example.org/2.5.",
    ],
)
def test_numbers_that_need_no_more(found, write, sentence):
    assert found(write(Limits=sentence), "numbers") == []


def test_a_number_that_is_not_in_what_the_sentence_cites_is_a_warning(found, write):
    [problem] = found(write(Limits="The large one reached 0.87 [C1]."), "numbers")
    assert problem["warning"] and "0.87" in problem["message"] and "C1" in problem["message"]


def test_numbers_in_what_is_expected_need_no_claim(found, write):
    assert found(write(Hypothesis="I expect 0.87 for the largest."), "numbers") == []


def test_many_warnings_are_cut(found, write):
    assert len(found(write(Limits="It was 0.3. " * 40), "numbers")) == 6


def test_rows_say_done_to_do_or_look_again(found, write):
    def states(text):
        return {row.id: row.state for row in rows(found(text), FEW_SHOT)}

    assert set(states(write()).values()) == {"done"}
    assert states(write(Limits="It was 0.3.")) | {"numbers": "look again", "words": "done"} == states(
        write(Limits="It was 0.3. " * 40)
    )
    assert set(states(STARTER).values()) == {"to do"}


# Plain data out of the sandbox may be anything at all.

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(10**400),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=12,
)
NEARLY_CLAIM = st.fixed_dictionaries(
    {"id": st.just("C1") | PLAIN},
    optional={
        "table": st.just("results") | PLAIN,
        "where": st.just({"k": 5}) | PLAIN,
        "column": st.just("acc") | PLAIN,
        "comparator": st.sampled_from(["greater_than", "less_than", "equals", "between"]) | PLAIN,
        "target": st.just({"where": {"k": 5}}) | PLAIN,
        "text": PLAIN,
    },
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(analysis=PLAIN, claims=st.lists(NEARLY_CLAIM | PLAIN, max_size=4), text=st.text() | st.just("[C1]"))
def test_hostile_plain_data_is_a_problem_and_no_crash(results, responses, analysis, claims, text):
    for thing in (analysis, {"text": text, "claims": claims}):
        found = problems(thing, {"results": results}, responses, FEW_SHOT)
        assert {p["id"] for p in found if not p["warning"]} >= {"headings", "words", "claims", "quotes"}
        assert all(p["message"].encode("utf-8") for p in found)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(cells=st.lists(st.tuples(PLAIN, PLAIN, PLAIN), max_size=4))
def test_a_hostile_log_is_no_crash(write, results, four_claims, cells):
    log = pd.DataFrame(cells, columns=["item_id", "prompt", "correct"], dtype=object)
    found = problems({"text": write(), "claims": four_claims}, {"results": results}, log, FEW_SHOT)
    assert "quotes" in {p["id"] for p in found}


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "piece",
    [
        "<!--",
        "*a",
        "*a*\n",
        "1,",
        "k = 1",
        "`",
        "[C1]",
        "> a-1: ",
        "a-",
        "a'",
        ". ",
        ".  ",
        "*",
        "# ",
        "1 ",
        "```\n",
        "\n",
        "_",
        "[",
        " ",
        "1.",
        "http://",
    ],
)
def test_a_flood_is_answered_fast(found, piece):
    text = (piece * 50_000)[:50_000]
    for variant in (text, text[:-1] + "a", "x " + text[:-2]):
        assert found(variant)


def test_a_text_that_is_too_long_fails_every_check(found):
    assert {p["id"] for p in found("word " * 20_000)} == set(CHECKS)
