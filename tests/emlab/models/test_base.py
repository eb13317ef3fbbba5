import pytest

from emlab.models.base import Model, check_text
from emlab.models.cache import Cache


class Recorder(Model):
    """Remembers what it had to compute; scores by length."""

    name, params, revision, dtype, max_length = "recorder", 1, "0" * 12, "float64", 32

    def __init__(self):
        super().__init__()
        self.computed = []

    def compute_loglikelihood(self, requests):
        self.computed += requests
        return [(-float(len(continuation)), False) for _, continuation in requests]

    def compute_generation(self, requests):
        self.computed += requests
        return [context[-how["max_gen_toks"] :] for context, how in requests]

    def attention(self, text): ...

    def tokenize(self, text): ...


def test_the_same_request_is_computed_once():
    model = Recorder()
    asked = [("a", " b"), ("a", " cc"), ("a", " b")]
    assert model.loglikelihood(asked) == [(-2.0, False), (-3.0, False), (-2.0, False)]
    assert model.loglikelihood([["a", " cc"], ("x", "y")]) == [(-3.0, False), (-1.0, False)]
    assert model.computed == [("a", " b"), ("a", " cc"), ("x", "y")]


def test_the_settings_of_a_generation_belong_to_the_request():
    model = Recorder()
    asked = [("abc", {"max_gen_toks": n}) for n in (1, 2, 1)]
    assert model.generate_until(asked) == ["c", "bc", "c"]
    assert len(model.computed) == 2


def test_settings_have_the_documented_defaults():
    model = Recorder()
    model.generate_until([("abc", {}), ("abd", {"until": "\n"})])
    assert model.computed == [
        ("abc", {"until": [], "max_gen_toks": 16}),
        ("abd", {"until": ["\n"], "max_gen_toks": 16}),
    ]


def test_no_request_is_no_answer():
    assert Recorder().loglikelihood([]) == [] == Recorder().generate_until([])


@pytest.mark.parametrize(
    "request_, message",
    [
        ("ab", "item 1 is 'ab'"),
        (("a", 1), "item 1 is"),
        (("a", "b", "c"), "item 1 is"),
        (("a", ""), "Request 1 has an empty continuation"),
        (("a\ud800", "b"), "not valid Unicode"),
    ],
)
def test_a_bad_request_is_named(request_, message):
    with pytest.raises(ValueError, match=message):
        Recorder().loglikelihood([("a", "b"), request_])


@pytest.mark.parametrize(
    "how",
    [
        {"max_gen_toks": 0},
        {"max_gen_toks": 32},
        {"max_gen_toks": True},
        {"max_gen_toks": 2.0},
        {"until": [""]},
        {"until": [3]},
        {"until": None},
        {"temperature": -1},
        {"temperature": True},
        {"top_p": 1},
    ],
)
def test_bad_settings_are_named(how):
    with pytest.raises(ValueError, match="max_gen_toks from 1 to 31"):
        Recorder().generate_until([("a", how)])


def test_sampling_is_for_those_that_can():
    with pytest.raises(ValueError, match="Request 1 has a temperature above 0"):
        Recorder().generate_until([("a", {"temperature": 0}), ("a", {"temperature": 0.5})])


def test_a_sampled_answer_is_never_remembered():
    model = Recorder()
    model.samples = True
    sampled = ("abc", {"temperature": 1, "max_gen_toks": 1})
    assert model.generate_until([sampled, ("abc", {"max_gen_toks": 2}), sampled]) == ["c", "bc", "c"]
    model.generate_until([sampled, ("abc", {"max_gen_toks": 2, "temperature": 0.0})])
    assert [how.get("temperature", 0) for _, how in model.computed] == [0, 1.0, 1.0, 1.0]


class Dying(Recorder):
    """Answers three requests and is killed."""

    def compute_in_parts(self, kind, requests):
        for i, answer in list(enumerate(self.compute_generation(requests)))[:3]:
            yield [(i, answer)]
        raise KeyboardInterrupt


def test_answers_are_kept_on_disk_as_they_come(tmp_path):
    asked = [(text, {"max_gen_toks": 1}) for text in "abcde"]
    killed, model, third = Dying(), Recorder(), Recorder()
    killed.cache = model.cache = third.cache = Cache(tmp_path / "answers.db")
    with pytest.raises(KeyboardInterrupt):
        killed.generate_until(asked)
    assert model.generate_until(asked) == list("abcde")
    assert [text for text, _ in model.computed] == ["d", "e"]
    model.loglikelihood([("a", "bc")])
    assert third.loglikelihood([("a", "bc")]) == [(-2.0, False)]
    assert third.computed == []


def test_sampled_answers_are_not_kept_on_disk(tmp_path):
    model, other = Recorder(), Recorder()
    model.samples = other.samples = True
    model.cache = other.cache = Cache(tmp_path / "answers.db")
    asked = [("abc", {"temperature": 1.0})]
    model.generate_until(asked)
    other.generate_until(asked)
    other.generate_until([("abc", {})])
    assert len(other.computed) == 2


@pytest.mark.parametrize("field", ["name", "revision", "dtype"])
def test_another_model_has_answers_of_its_own(tmp_path, field):
    model, other = Recorder(), Recorder()
    model.cache = other.cache = Cache(tmp_path / "answers.db")
    setattr(other, field, "another")
    for one in (model, other):
        one.loglikelihood([("a", "b")])
    assert other.computed


def test_a_generation_is_a_pair():
    with pytest.raises(ValueError, match="item 0 is 'a'"):
        Recorder().generate_until(["a"])


def test_check_text_gives_the_text_back():
    assert check_text("ş 🎉") == "ş 🎉"
    with pytest.raises(ValueError, match="must be a string, but it is 3"):
        check_text(3)
