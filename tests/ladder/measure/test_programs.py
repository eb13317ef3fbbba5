import pytest

from emlab.tasks import programs as tasks
from ladder.corpus.filling import n_pieces
from ladder.measure import programs
from tests.ladder.measure.fakes import rung, values

ITEMS = [
    item
    for operations, composition in programs.CELLS
    for item in tasks.items(programs.PROGRAMS, operations=operations, composition=composition)
]


def test_right_programs_pass_in_every_cell():
    cells = values(programs.greedy(rung({item["prompt"]: f"{item['gold']}\n\n" for item in ITEMS})))
    assert len(cells) == len(programs.CELLS) and set(cells.values()) == {1}


def test_a_program_that_does_nothing_passes_nowhere():
    cells = values(programs.greedy(rung({item["prompt"]: "\n    return x\n\n" for item in ITEMS})))
    assert set(cells.values()) == {0}


def test_the_longest_right_program_fits_into_what_may_be_written():
    for item in ITEMS:
        assert n_pieces([(item["gold"] + "\n\n", 1.0)]) <= programs.TOKENS[item["operations"]]


def test_samples_count_by_how_many_are_right(monkeypatch):
    gold = {item["prompt"]: item["gold"] for item in ITEMS}

    def sample(model, prompts, n, **how):
        assert n == programs.SAMPLES and how["temperature"] == programs.TEMPERATURE
        return [[gold[prompt]] * 2 + [" nonsense"] * (n - 2) for prompt in prompts]

    monkeypatch.setattr(programs, "sample", sample)
    cells = values(programs.sampled(rung({})))
    assert cells == {
        ("all cells, sampled", f"pass@{k}"): pytest.approx(tasks.pass_at_k(programs.SAMPLES, 2, k))
        for k in programs.KS
    }
