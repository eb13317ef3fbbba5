import numpy as np
import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from emlab import claims
from emlab.claims import ClaimError, claim, evaluate

LARGE = {"model": "ladder/774k", "k": 5}
SMALL = {"model": "ladder/22k", "k": 5}


@pytest.fixture
def results():
    rows = [("ladder/22k", 0, 0.5), ("ladder/22k", 5, 0.6), ("ladder/774k", 0, 0.5), ("ladder/774k", 5, 0.9)]
    table = pd.DataFrame(rows, columns=["model", "k", "acc"])
    return table.assign(n=200, best=[False, False, False, True], note=["", "few", None, "many"])


@pytest.fixture
def notebook(results, monkeypatch):
    """The variables of a notebook with one table, and no claim yet."""
    variables = {"_": results, "results": results, "alias": results, "task": "reviews"}
    monkeypatch.setattr("emlab.claims.record.notebook_namespace", lambda: variables)
    claims.forget()
    yield variables
    claims.forget()


def made(comparator="greater_than", target=0.8, where=LARGE, column="acc", **changed):
    return {
        "id": "C1",
        "table": "results",
        "where": where,
        "column": column,
        "comparator": comparator,
        "target": target,
        "text": "",
        **changed,
    }


# What holds


@pytest.mark.parametrize(
    ("comparator", "target", "holds"),
    [
        ("greater_than", 0.8, True),
        ("greater_than", 0.9, False),  # strictly
        ("less_than", 0.95, True),
        ("less_than", 0.9, False),
        ("equals", [0.9, 0], True),
        ("equals", [0.85, 0.05], True),  # the tolerance is included
        ("equals", [0.84, 0.05], False),
        ("between", [0.9, 1], True),  # both ends are included
        ("between", [0.8, 0.9], True),
        ("between", [0.91, 1], False),
        ("greater_than", {"where": SMALL}, True),
        ("greater_than", {"where": SMALL, "by": 0.3}, True),  # 0.9 - 0.6 < 0.3 in binary fractions
        ("greater_than", {"where": SMALL, "by": 0.31}, False),
        ("greater_than", {"where": LARGE}, False),
        ("less_than", {"where": SMALL}, False),
        ("less_than", {"where": LARGE, "column": "n", "by": 100}, True),
    ],
)
def test_comparators(results, comparator, target, holds):
    result = evaluate(made(comparator, target), {"results": results})
    assert (result.holds, result.value) == (holds, 0.9)
    assert f"C1 {'holds (True)' if holds else 'does not hold (False)'}" in result.message
    assert "0.9" in result.message


@pytest.mark.parametrize(
    ("comparator", "target", "relation"),
    [
        ("greater_than", 0.8, "claimed > 0.8."),
        ("equals", [0.85, 0.05], "claimed = 0.85 ± 0.05."),
        ("between", [0.8, 1], "claimed ∈ [0.8, 1]."),
        (
            "greater_than",
            {"where": {"model": "ladder/22k", "k": 0}},
            "> acc [model = ladder/22k, k = 0] = 0.5.",
        ),
        ("greater_than", {"where": SMALL, "by": 0.1}, "≥ acc [model = ladder/22k, k = 5] + 0.1 = 0.7."),
        ("less_than", {"where": SMALL, "by": 0.1}, "≤ acc [model = ladder/22k, k = 5] − 0.1 = 0.5."),
    ],
)
def test_the_message_shows_what_is_compared(results, comparator, target, relation):
    message = evaluate(made(comparator, target), {"results": results}).message
    assert "acc [model = ladder/774k, k = 5] = 0.9 in results, " in message
    assert message.endswith(relation)


def test_the_numbers_that_a_sentence_may_state(results):
    result = evaluate(made("greater_than", {"where": SMALL, "by": 0.1}), {"results": results})
    assert {0.9, 0.6, 200, 5, 0.1} <= set(result.numbers)
    assert any(abs(number - 0.3) < 1e-9 for number in result.numbers)


def test_a_condition_matches_values_of_its_own_kind(results):
    tables = {"results": results}
    assert evaluate(made(where={"model": "ladder/774k", "k": 5.0}), tables).holds
    assert evaluate(made(where={"best": True}), tables).holds
    assert evaluate(made("equals", [0.5, 0], where={"note": None}), tables).holds
    for where in ({"model": "ladder/774k", "k": "5"}, {"model": "ladder/774k", "k": True}, {"best": 1}):
        assert not evaluate(made(where=where), tables).holds


# Recording


def test_a_claim_is_kept_as_plain_data_under_the_name_of_its_table(notebook, results, capsys):
    claim("C2", table=results, where={"model": "ladder/774k", "k": np.int64(5)}, column="acc",
          greater_than={"where": SMALL, "by": np.float64(0.1)}, text="It learns.")  # fmt: skip
    claim("C1", results, where=LARGE, column="acc", between=(0.95, 1))
    said = capsys.readouterr().out.splitlines()
    assert [line.split(":")[0] for line in said] == ["C2 holds (True)", "C1 does not hold (False)"]
    first, second = claims.recorded()
    assert first == made("between", [0.95, 1])
    assert second == {**made("greater_than", {"where": SMALL, "by": 0.1}, text="It learns."), "id": "C2"}
    assert type(second["where"]["k"]) is int and type(second["target"]["by"]) is float


def test_a_table_may_be_given_by_name(notebook, capsys):
    claim("C1", table="results", where=LARGE, column="acc", greater_than=0.8)
    assert claims.recorded() == [made()]


def test_running_a_cell_again_replaces_its_claim(notebook, results, capsys):
    for limit in (0.8, 0.7):
        claim("C1", results, where=LARGE, column="acc", greater_than=limit)
    assert [kept["target"] for kept in claims.recorded()] == [0.7]


def test_what_recorded_returns_is_a_copy(notebook, results, capsys):
    claim("C1", results, where=LARGE, column="acc", greater_than=0.8)
    claims.recorded()[0]["where"]["k"] = 0
    assert claims.recorded()[0]["where"] == LARGE


@pytest.mark.parametrize(
    ("changed", "message"),
    [
        ({"id": "1"}, 'id: .* must look like "C1" or "C12"; this one is 1'),
        ({"id": 1}, "id: "),
        ({"id": ["C1"]}, "id: "),
        ({"where": {"k": 7}}, "where: no row of results has k = 7. The values in column k are: 0, 5"),
        ({"where": {"k": 5}}, "where: 2 rows of results match k = 5.* differ: model, acc, best"),
        ({"where": {"best": True, "k": 0}}, "where: no row of results has best = True, k = 0 together"),
        ({"where": {"size": 5}}, "column: results must have one column size. Its columns are: model, k, acc"),
        ({"where": {}}, "where: this must be a dict"),
        ({"where": "k = 5"}, "where: this must be a dict"),
        ({"where": {"k": [5]}}, "where, k: this must be a finite number"),
        ({"column": "accuracy"}, "column: results must have one column accuracy"),
        ({"column": "model"}, "column: the cell in column model of results is no finite number"),
        ({"column": "best"}, "column: the cell in column best of results is no finite number"),
        ({"less_than": 0.9}, "exactly one comparator .*; this one has: greater_than, less_than"),
        ({"greater_than": None}, "greater_than: this must be a finite number"),
        ({"greater_than": float("nan")}, "greater_than: this must be a finite number"),
        ({"greater_than": {"where": SMALL, "margin": 1}}, "margin: a claim has no such field"),
        ({"greater_than": {"where": SMALL, "by": -0.1}}, "by: the margin must not be negative"),
        ({"greater_than": {"where": {"k": 7}}}, "no row of results has k = 7"),
        ({"table": "result"}, "table: there is no table named result. The tables are: results, alias"),
        ({"table": "task"}, "table: there is no table named task"),
        ({"table": [1, 2]}, "table: give a DataFrame .* this is a list"),
        ({"table": pd.DataFrame({"k": [1]})}, "table: this DataFrame is no variable of the notebook"),
    ],
)
def test_errors_name_the_field_and_record_nothing(notebook, results, changed, message):
    fields = {"id": "C1", "table": results, "where": LARGE, "column": "acc", "greater_than": 0.8, **changed}
    with pytest.raises(ClaimError, match=message):
        claim(**fields)
    assert claims.recorded() == []


@pytest.mark.parametrize(
    ("comparator", "message"),
    [
        ({}, "exactly one comparator .* this one has: none"),
        ({"above": 0.8}, "above: there is no such comparator"),
        ({"equals": 0.9}, r"equals: give a pair \(value, tolerance\)"),
        ({"equals": (0.9, -1)}, "equals: the tolerance must not be negative"),
        ({"between": (0.9, 0.8)}, "between: the low end 0.9 is above the high end 0.8"),
        ({"between": (0.9, "1")}, "between: this must be a finite number"),
    ],
)
def test_errors_of_comparators(notebook, results, comparator, message):
    with pytest.raises(ClaimError, match=message):
        claim("C1", results, where=LARGE, column="acc", **comparator)


def test_a_name_of_its_own_comes_before_the_names_of_old_outputs(notebook, capsys):
    table = pd.DataFrame({"k": [1], "acc": [0.5]})
    notebook.update(_12=table, order_table=table)
    claim("C1", table, where={"k": 1}, column="acc", less_than=1)
    assert claims.recorded()[0]["table"] == "order_table"


# Whatever comes out of the sandbox


def test_evaluate_answers_a_broken_claim_with_a_message(results):
    for broken in (None, [], "C1", {}, {"id": "C1"}, made(target=10**400), made(where={"k": 10**400})):
        result = evaluate(broken, {"results": results})
        assert not result.holds and result.value is None and result.message


def test_evaluate_without_the_table(results):
    assert "no table named results. The tables are: other" in evaluate(made(), {"other": results}).message
    assert "The tables are: none" in evaluate(made(), {}).message


def test_cells_that_are_no_numbers(results):
    for value in (float("nan"), float("inf"), 10**400, None, "0.9", [0.9], True):
        table = results.astype({"acc": object})
        table.at[3, "acc"] = value
        assert "is no finite number" in evaluate(made(), {"results": table}).message
    doubled = pd.concat([results, results["acc"]], axis=1)
    assert "must have one column acc" in evaluate(made(), {"results": doubled}).message


PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.just(10**400),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=10,
)


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    field=st.sampled_from(["id", "table", "where", "column", "comparator", "target", "text", "more"]),
    comparator=st.sampled_from(["greater_than", "less_than", "equals", "between"]),
    value=PLAIN,
)
def test_evaluate_never_raises(results, field, comparator, value):
    result = evaluate({**made(comparator), field: value}, {"results": results})
    assert result.message.encode("utf-8")
    assert result.holds in (True, False)


@settings(deadline=None)
@given(a=st.floats(0, 1), b=st.floats(0, 1), by=st.floats(0, 1))
def test_greater_and_less_are_mirror_images(a, b, by):
    table = pd.DataFrame({"k": [0, 1], "acc": [a, b]})
    up = evaluate(made("greater_than", {"where": {"k": 1}, "by": by}, {"k": 0}), {"results": table})
    down = evaluate(made("less_than", {"where": {"k": 0}, "by": by}, {"k": 1}), {"results": table})
    assert up.holds == down.holds
    assert not up.holds or (a > b and a - b > by - 1e-8)
