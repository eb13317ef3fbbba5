import pytest

import emlab


def test_every_rung_loads():
    for name in emlab.rungs():
        model = emlab.load(name)
        assert (model.name, model.dtype) == (name, "float32")
        assert model.params > 0


def test_the_same_spec_is_the_same_model():
    assert emlab.load("mock:oracle") is emlab.load("mock:oracle")


@pytest.mark.parametrize("spec", ["gpt-4", "", "ladder", "ladder/9z", None, 3, ["ladder/24k"]])
def test_an_unknown_model_is_named_with_those_that_exist(spec):
    with pytest.raises(emlab.UnknownModel, match=emlab.rungs()[0]) as caught:
        emlab.load(spec)
    assert repr(spec) in str(caught.value)


def test_mocks_need_no_server(monkeypatch):
    monkeypatch.setenv("EMLAB_BROKER", "/nowhere")
    assert emlab.load("mock:oracle").name == "mock:oracle"
