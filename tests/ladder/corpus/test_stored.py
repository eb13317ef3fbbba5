import pytest
import torch

from ladder.corpus import stored
from ladder.corpus.stream import batch
from ladder.train import Settings, batches_of


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(stored, "FOLDER", tmp_path)
    monkeypatch.setattr(stored, "PART", 2)
    return tmp_path


def test_stored_batches_are_those_of_the_stream(folder):
    settings = Settings(tokens=3 * 2 * 192, late=0.7, seed=3, rows=2)
    stored.write_all(3, settings)
    read = batches_of(settings)
    made = [batch(3, step, rows=2) for step in range(3)] + [batch(3, s, rows=2, late=True) for s in range(2)]
    assert settings.steps == len(made)
    for step, parts in enumerate(made):
        assert all(torch.equal(one, other) for one, other in zip(read(step), parts, strict=True))


def test_too_few_stored_batches_are_written_anew(folder):
    stored.write(seed=0, steps=1, rows=2)
    stored.write(seed=0, steps=2, rows=2)
    assert len(stored.batches(seed=0, rows=2)) == 2
    assert stored.batches(seed=1, rows=2) is None


def test_batches_of_another_corpus_are_not_found(folder, monkeypatch):
    stored.write(seed=0, steps=1, rows=2)
    monkeypatch.setattr(stored, "fingerprint", lambda: "other")
    assert stored.batches(seed=0, rows=2) is None
