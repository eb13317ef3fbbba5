import pytest

from emlab.tasks import arithmetic as sums
from ladder.measure import arithmetic
from tests.ladder.measure.fakes import rung, values

ITEMS = [item for digits in sums.MEASURED_DIGITS for item in sums.items(arithmetic.SUMS, digits=digits)]


def test_right_answers_score_full():
    knows = rung({item["prompt"]: f" {item['gold']}\n" for item in ITEMS})
    cells = values(arithmetic.addition(knows))
    assert {metric for _, metric in cells} == {
        "exact_match",
        "digit_accuracy",
        "loglikelihood_per_token",
        "token_accuracy",
        "predicted_exact_match",
    }
    for (_, metric), value in cells.items():
        assert value == pytest.approx(-0.5 if metric == "loglikelihood_per_token" else 1)


def test_a_wrong_last_digit_costs_all_of_one_score_and_little_of_the_others():
    wrong = {}
    for item in ITEMS:
        last = (int(item["gold"][-1]) + 1) % 10
        wrong[item["prompt"]] = f" {item['gold'][:-1]}{last}\n"
    rows = arithmetic.addition(rung(wrong))
    cells = values(rows)
    for row in rows:
        gold = [item["gold"] for item in ITEMS if item["digits"] == row["digits"]]
        kept = sum((len(g) - 1) / len(g) for g in gold) / len(gold)
        wanted = {
            "exact_match": 0,
            "digit_accuracy": kept,
            "token_accuracy": kept,
            "predicted_exact_match": sum(kept ** len(g) for g in gold) / len(gold),
            "loglikelihood_per_token": -0.5 * kept - 2 * (1 - kept),
        }[row["metric"]]
        assert cells[row["condition"], row["metric"]] == pytest.approx(wanted)
        assert row["length"] == pytest.approx(sum(map(len, gold)) / len(gold))
