import pytest

from ladder.measure.__main__ import (
    MADE,
    ROOT,
    TABLES,
    chosen,
    fingerprint,
    in_order,
    sources,
    with_run,
)
from ladder.measure.common import write


def test_all_tables_are_measured_unless_some_are_named():
    assert chosen([]) == list(TABLES)
    assert chosen(["translation", "knowledge"]) == ["knowledge", "translation"]


def test_an_unknown_table_is_named_with_those_that_exist(capsys):
    with pytest.raises(SystemExit):
        chosen(["loss", "lost"])
    assert "no table lost; there are loss, few_shot" in capsys.readouterr().err


def test_a_table_belongs_to_the_run_that_made_it_last():
    first = with_run([], ["loss", "claim", "orders"], 60)
    second = with_run(first, ["claim"], 10)
    assert [(run["tables"], run["seconds"]) for run in second] == [(["loss", "orders"], 60), (["claim"], 10)]
    third = with_run(second, ["loss", "claim", "orders"], 70)
    assert [run["seconds"] for run in third] == [70]


def test_rungs_stand_by_size_and_a_missing_number_of_items_is_empty(tmp_path):
    def row(revision, params, seed, **more):
        return {"revision": revision, "params": params, "seed": seed, "tokens": 8, "n": 94, **more}

    rows = in_order([row("0056", 20, 0, n_items=94), row("0034", 10, 1), row("0012", 10, 0, n_items=94)])
    path = tmp_path / "table.csv"
    write(rows, path)
    assert path.read_text().splitlines()[1:] == ["0012,10,0,8,94,94", "0034,10,1,8,94,", "0056,20,0,8,94,94"]


def test_the_sources_of_a_table_are_its_module_and_what_that_imports_and_no_other():
    found = {str(path.relative_to(ROOT)) for path in sources("ladder.measure.calibration")}
    assert {
        "ladder/measure/calibration.py",
        "ladder/measure/knowledge.py",  # imported
        "emlab/tasks/encyclopedia.py",  # imported by that
    } <= found
    assert not {"ladder/measure/few_shot.py", "ladder/train.py"} & found


def test_a_change_in_one_module_leaves_the_tables_of_the_others(tmp_path, monkeypatch):
    from ladder.measure import __main__ as main

    changed = tmp_path / "module.py"
    changed.write_text("DRAWS = 1")
    monkeypatch.setattr(main, "sources", lambda module: {changed} if module == "a" else {MADE})
    before = [fingerprint.__wrapped__(name) for name in "ab"]
    changed.write_text("DRAWS = 2")
    after = [fingerprint.__wrapped__(name) for name in "ab"]
    assert before[0] != after[0] and before[1] == after[1]
