import pytest
import torch

from ladder import export
from ladder.export import Model, export_or_keep

LISTED = {"name": "22k", "revision": "aaa", "cpu_seconds": 100}


@pytest.fixture
def model(tmp_path):
    return Model(tmp_path / "checkpoint.pt", 10, tmp_path / "22k")


@pytest.fixture
def trained(model, monkeypatch):
    """Says that the training ended after so many steps, and what its weights' hash is."""

    def end(step, revision):
        torch.save({"step": step}, model.checkpoint)
        new = {"name": "22k", "revision": revision, "cpu_seconds": 50}
        monkeypatch.setattr(export, "export", lambda checkpoint, folder: new)

    return end


def test_a_new_training_replaces_the_entry_and_the_same_weights_do_not(model, trained):
    trained(step=10, revision="bbb")
    assert export_or_keep(model, LISTED)["revision"] == "bbb"
    trained(step=10, revision="aaa")
    assert export_or_keep(model, LISTED) is LISTED


def test_what_was_not_trained_to_its_end_stays_as_it_is_listed(model, trained):
    assert export_or_keep(model, LISTED) is LISTED
    trained(step=9, revision="bbb")
    assert export_or_keep(model, LISTED) is LISTED


def test_a_model_that_is_neither_trained_nor_listed_is_named(model):
    with pytest.raises(SystemExit, match="22k was not trained to its end"):
        export_or_keep(model, None)


def test_every_model_that_is_listed_has_its_place():
    folders = [model.folder for models in export.models().values() for model in models]
    assert folders == list(export.listed())
