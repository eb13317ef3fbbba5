import hashlib
import json
import math

import pytest

import emlab
from emlab.models import ladder


def test_the_rungs_are_those_of_the_list_smallest_first():
    listed = json.loads((ladder.FOLDER / "ladder.json").read_text())["rungs"]
    assert sorted(emlab.rungs()) == sorted(f"ladder/{entry['name']}" for entry in listed)
    sizes = [ladder.find_rung(name).params for name in emlab.rungs()]
    assert sizes == sorted(sizes)
    assert len(sizes) >= 3


@pytest.mark.parametrize("name", emlab.rungs())
def test_what_the_files_say_is_what_transformers_loads(name):
    transformers = pytest.importorskip("transformers")
    rung = ladder.find_rung(name)
    model = transformers.AutoModelForCausalLM.from_pretrained(rung.folder, local_files_only=True)
    assert rung.params == model.num_parameters()
    assert rung.max_length == model.config.max_position_embeddings
    assert (
        hashlib.sha256((rung.folder / "model.safetensors").read_bytes()).hexdigest().startswith(rung.revision)
    )


def test_training_compute_is_that_of_the_list():
    """About six operations for each parameter and token (Kaplan et al. 2020), and attention besides."""
    for name in emlab.rungs():
        rung = ladder.find_rung(name)
        assert 6 < emlab.train_flops(name) / (rung.params * 8.0e6) < 9
    assert math.isnan(emlab.train_flops("mock:oracle"))


@pytest.mark.parametrize("spec", ["ladder/1t", "ladder/", "ladder/../ladder", None])
def test_an_unknown_rung_is_named_with_those_that_exist(spec):
    with pytest.raises(emlab.UnknownModel, match=emlab.rungs()[0]) as caught:
        ladder.find_rung(spec)
    assert repr(spec) in str(caught.value)


def test_a_package_without_rungs_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr(ladder, "FOLDER", tmp_path)
    ladder._ladder.cache_clear()
    with pytest.raises(FileNotFoundError, match="holds no ladder"):
        emlab.rungs()
    ladder._ladder.cache_clear()
