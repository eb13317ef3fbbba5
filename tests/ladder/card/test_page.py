"""The card of made-up tables: what is measured stands on it, and what is not is named as such."""

import pandas as pd
import pytest

from ladder.card import figures
from ladder.card.abilities import ABILITIES, ability_table, summary
from ladder.card.page import NOT_YET, card, markdown
from ladder.card.tables import Measured, NotMeasured, cell, of_cell, of_rungs
from tests.ladder.card.test_rules import cells

MADE = """[{"date": "1", "machine": "m", "python": "3", "torch": "2", "transformers": "5", "seconds": 1,
"tables": ["few_shot"]}]"""

ONE_SETTING = {"strategy": "balanced", "order": "random", "template_id": "review"}


@pytest.fixture
def folder(tmp_path):
    """Two tables: syllogisms of three rungs and two seeds, and few-shot accuracies as students have them."""
    syllogisms = cells(0.5, 0.6, 0.9, of=cell("syllogisms", "all"))
    again = syllogisms.assign(seed=1, value=syllogisms["value"] + 0.02)
    pd.concat([syllogisms, again]).to_csv(tmp_path / "syllogisms.csv", index=False)
    few_shot = cells(0.5, 0.7, 1.0).rename(columns={"value": "acc", "n": "n_items"})
    few_shot = few_shot.assign(condition="arbitrary", k=10, n=500, **ONE_SETTING)
    few_shot.drop(columns=["task", "metric", "chance"]).to_csv(tmp_path / "few_shot.csv", index=False)
    (tmp_path / "made.json").write_text(MADE)
    return tmp_path


def test_every_table_becomes_cells(folder):
    found = Measured(folder).cells
    assert of_rungs(found, cell("few_shot", "arbitrary", k=10))["value"].tolist() == [0.5, 0.7, 1.0]
    assert list(of_rungs(found, cell("syllogisms", "all")).index) == ["small", "middle", "large"]
    with pytest.raises(NotMeasured):
        of_cell(found, cell("few_shot", "arbitrary", k=3))


def test_of_a_cell_that_is_split_further_the_whole_is_meant():
    whole = cells(0.5, 0.5, 0.5)
    bins = pd.concat([cells(0.1, 0.1, 0.1).assign(bin=1), cells(0.9, 0.9, 0.9).assign(bin=2)])
    assert len(of_cell(pd.concat([whole, bins], ignore_index=True), cell("sums", "short"))) == 3
    with pytest.raises(ValueError, match="one row a model"):
        of_cell(pd.concat([whole, whole], ignore_index=True), cell("sums", "short"))


def test_a_table_that_does_not_tell_the_models_apart_counts_as_none(folder):
    pd.DataFrame({"model": ["a"], "acc": [1.0]}).to_csv(folder / "old.csv", index=False)
    with pytest.raises(NotMeasured):
        Measured(folder).table("old")


def test_the_summary_is_the_mean_of_the_rescaled_abilities(folder):
    scores = summary(Measured(folder).cells)
    large = scores.xs("ladder/large", level="model")
    assert large.xs(0, level="seed").item() == pytest.approx((1.0 + 0.8) / 2)
    assert scores.xs(0, level="seed").is_monotonic_increasing


def test_abilities_have_names_of_their_own(folder):
    assert len({ability.name for ability in ABILITIES}) == len(ABILITIES)
    table = ability_table(Measured(folder).cells)
    assert list(table.columns) == ["small", "middle", "large"]


def test_the_card_says_what_is_there_and_what_is_not_measured_yet(folder):
    page = card(Measured(folder))
    assert "| Syllogisms with made-up words, above chance | `middle`, `large` | 0.50 → 0.90 |" in page
    assert "| Flipped labels from 10 examples, above chance | not measured yet |" in page
    assert "| `large` | 0.900 |" in page
    attention = page.split("## Attention and learning from examples")[1].split("##")[0]
    assert NOT_YET in attention
    assert "figures/emergence.png" in page and "figures/reliability.png" not in page


def test_the_card_of_no_table_at_all_is_a_page(tmp_path):
    page = card(Measured(tmp_path))
    assert "not measured yet" in page and "![" not in page


def test_figures_are_drawn_where_their_tables_are_there(folder, tmp_path):
    drawn = tmp_path / "figures"
    drawn.mkdir()
    (drawn / "reliability.png").write_bytes(b"of a table that is gone")
    figures.draw_all(Measured(folder), drawn)
    assert {path.name for path in drawn.iterdir()} == {
        f"{name}.png" for name in ("capability_map", "emergence", "few_shot")
    }
    assert all(path.read_bytes()[:4] == b"\x89PNG" for path in drawn.iterdir())


def test_a_markdown_table_leaves_gaps_empty():
    table = markdown(pd.DataFrame({"a": [0.123, float("nan")], "b": ["x", "y"]}))
    assert table == "| a | b |\n| --- | --- |\n| 0.12 | x |\n|  | y |"
