from emlab.tasks import word_problems as problems
from ladder.measure import word_problems
from tests.ladder.measure.fakes import rung, values

STEPS = range(1, problems.MOST_STEPS + 1)


def items(style):
    return [i for n in STEPS for i in problems.items(word_problems.PROBLEMS, steps=n, style=style)]


def test_right_answers_score_full_in_both_styles():
    answers = {i["prompt"]: f" {i['gold']}\n\n" for style in problems.STYLES for i in items(style)}
    rows = word_problems.by_steps(rung(answers))
    cells = values(rows)
    assert len(cells) == len(STEPS) * 3
    assert set(cells.values()) == {1}
    assert ("1 step, direct", "exact_match") in cells and ("4 steps, cot", "steps_correct") in cells
    assert all(0.03 < row["chance"] < 0.15 for row in rows if row["metric"] == "exact_match")


def test_a_right_answer_after_wrong_steps_is_told_apart_from_a_wrong_answer_after_right_ones():
    lucky = {i["prompt"]: f" {i['gold']}\n\n" for i in items("direct")}
    lucky |= {i["prompt"]: f" 1 + 1 = 2.\nAnswer: {i['answer']}\n\n" for i in items("cot")}
    cells = values(word_problems.by_steps(rung(lucky)))
    assert cells["2 steps, cot", "exact_match"] == 1
    assert cells["2 steps, cot", "steps_correct"] == 0

    careless = {i["prompt"]: " 99\n\n" for i in items("direct")}
    careless |= {i["prompt"]: f" {i['gold'].split(chr(10))[0]}\nAnswer: 99\n\n" for i in items("cot")}
    cells = values(word_problems.by_steps(rung(careless)))
    assert cells["2 steps, cot", "exact_match"] == cells["2 steps, direct", "exact_match"] == 0
    assert cells["2 steps, cot", "steps_correct"] == 1


def test_the_longest_right_answer_fits_into_what_may_be_written():
    from ladder.corpus.filling import n_pieces

    for n in STEPS:
        longest = max(
            n_pieces([(f" {i['gold']}\n\n", 1.0)])
            for i in problems.items(word_problems.PROBLEMS, steps=n, style="cot")
        )
        assert longest <= n * word_problems.STEP_TOKENS + word_problems.ANSWER_TOKENS
