import pytest

import emlab


def test_table_h1_is_whole():
    table = emlab.published("gpt3_table_h1")
    assert len(table) == 44 * 3 * 8
    assert not table.isna().any().any()
    assert not table.duplicated(["task", "setting", "size"]).any()
    assert set(table["setting"]) == {"zero", "one", "few"}
    assert table["params"].nunique() == table["size"].nunique() == 8
    assert table["value"].between(0, 100).all()


@pytest.mark.parametrize(
    "task, setting, value",
    [("HellaSwag", "zero", 78.9), ("LAMBADA", "few", 86.4), ("TriviaQA", "one", 68.0), ("PIQA", "few", 82.3)],
)
def test_figures_that_the_paper_s_text_gives_too(task, setting, value):
    """Brown et al. 2020, sections 3.1 and 3.2, for 175B."""
    table = emlab.published("gpt3_table_h1").query("task == @task and setting == @setting and size == '175B'")
    assert table["value"].tolist() == [value]


def test_a_table_names_its_source():
    assert "Brown et al. 2020" in emlab.published("gpt3_table_h1").attrs["source"]


@pytest.mark.parametrize("name", ["gpt4", "", "../papers"])
def test_an_unknown_table_is_named_with_those_that_exist(name):
    with pytest.raises(ValueError, match=f"{name!r}.*gpt3_table_h1"):
        emlab.published(name)
