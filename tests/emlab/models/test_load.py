import pytest

import emlab
from emlab.models import cache


def test_every_rung_loads():
    for name in emlab.rungs():
        model = emlab.load(name)
        assert (model.name, model.dtype) == (name, "float32")
        assert model.params > 0


def test_the_same_spec_is_the_same_model():
    assert emlab.load("mock:oracle") is emlab.load("mock:oracle")


@pytest.mark.parametrize("spec", ["gpt-4", "", "ladder", "ladder/9z", None, 3, ["ladder/22k"]])
def test_an_unknown_model_is_named_with_those_that_exist(spec):
    with pytest.raises(emlab.UnknownModel, match=emlab.rungs()[0]) as caught:
        emlab.load(spec)
    assert repr(spec) in str(caught.value)


def test_mocks_need_no_server(monkeypatch):
    monkeypatch.setenv("EMLAB_BROKER", "/nowhere")
    assert emlab.load("mock:oracle").name == "mock:oracle"


@pytest.mark.parametrize("spec", ["hf:gpt2", "api:gpt-4"])
def test_what_grading_can_not_run_says_so(monkeypatch, spec):
    monkeypatch.setenv("EMLAB_BROKER", "/nowhere")
    with pytest.raises(emlab.ModelUnavailable, match="while a notebook is graded.*save_responses"):
        emlab.load(spec)


def test_a_rung_and_a_mock_take_no_options():
    for spec in (emlab.rungs()[0], "mock:oracle"):
        with pytest.raises(ValueError, match="takes no options, but it got dtype"):
            emlab.load(spec, dtype="float16")


def test_a_rung_answers_from_disk_when_asked_to(tmp_path):
    path = tmp_path / "answers.db"
    model = emlab.load(emlab.rungs()[0], cache=path)
    assert emlab.load(emlab.rungs()[0]).cache is None
    answer = model.loglikelihood([("the soup", " was")])
    model._remembered.clear()
    model.compute_loglikelihood = None
    assert model.loglikelihood([("the soup", " was")]) == answer
    assert isinstance(answer[0], tuple)


def test_where_answers_are_kept(monkeypatch, tmp_path):
    monkeypatch.setenv("EMLAB_CACHE", str(tmp_path))
    assert cache.default_path() == tmp_path / "answers.db"
    monkeypatch.setenv("EMLAB_CACHE", "off")
    assert cache.default_path() is None
    monkeypatch.delenv("EMLAB_CACHE")
    assert cache.default_path().parent.name == "emlab"
