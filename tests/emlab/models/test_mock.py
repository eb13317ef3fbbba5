import pytest

import emlab
from emlab.models.mock import load_mock


def answers(spec, prompts, choices=("negative", "positive")):
    return [a["response"] for a in emlab.multiple_choice(load_mock(spec), prompts, choices)]


def prompts_of(template_id, n=50, k=0):
    """Prompts of k examples, and their gold answers."""
    task, template = emlab.load_task("reviews"), emlab.TEMPLATES[template_id]
    shots = [template["example"].format(**item) for item in task.pool[:k]]
    prompts = [template["delimiter"].join([*shots, template["query"].format(**i)]) for i in task.test[:n]]
    return prompts, [item["label"] for item in task.test[:n]]


@pytest.mark.parametrize("template_id", emlab.TEMPLATES)
@pytest.mark.parametrize("k", [0, 3])
def test_the_oracle_is_right_in_every_format(template_id, k):
    prompts, gold = prompts_of(template_id, k=k)
    assert answers("mock:oracle", prompts) == gold


def test_the_noisy_oracle_is_wrong_at_its_rate_and_always_for_the_same_prompts():
    prompts, gold = prompts_of("review", n=200)
    said = answers("mock:noisy/0.3", prompts)
    assert said == answers("mock:noisy/0.3", prompts)
    share = sum(s != g for s, g in zip(said, gold, strict=True)) / len(gold)
    assert 0.2 < share < 0.4
    assert answers("mock:noisy/0", prompts) == gold
    assert all(s != g for s, g in zip(answers("mock:noisy/1", prompts), gold, strict=True))


def test_the_oracle_says_what_it_generates():
    oracle = load_mock("mock:oracle")
    assert oracle.generate_until([("it was dull ->", {})]) == [" negative"]
    assert oracle.loglikelihood([("it was dull ->", " negative"), ("it was dull ->", " positive")]) == [
        (-0.1, True),
        (-10.0, False),
    ]


def test_the_oracle_needs_a_review():
    with pytest.raises(ValueError, match="found no review .* 'the the'"):
        load_mock("mock:oracle").loglikelihood([("the the", " positive")])


def test_the_last_label_wins():
    prompt = "a -> dax\nb -> wug\nc -> dax\nd ->"
    assert answers("mock:last_label", [prompt], ("wug", "dax")) == ["dax"]
    assert load_mock("mock:last_label").loglikelihood([(prompt, " dax"), (prompt, " wug")]) == [
        (-5.0, False),
        (-14.0, False),
    ]


def test_the_last_label_is_a_whole_word():
    assert answers("mock:last_label", ["it was wug then waxdax, daxes"], ("dax", "wug")) == ["wug"]


def test_without_labels_the_last_label_guesses_by_the_prompt():
    said = answers("mock:last_label", [f"prompt {i}" for i in range(100)], ("dax", "wug"))
    assert 30 < said.count("dax") < 70
    assert load_mock("mock:last_label").loglikelihood([("a", " dax")])[0][0] < -999_998


def test_the_constant_says_its_label():
    constant = load_mock("mock:constant/positive")
    assert constant.loglikelihood([("a", " positive"), ("a", " negative")]) == [(-0.1, True), (-10.0, False)]
    assert constant.generate_until([("a", {"until": ["t"]})]) == [" posi"]


@pytest.mark.parametrize("spec", ["mock:", "mock:constant", "mock:noisy/2", "mock:noisy/x", "mock:oracle/1"])
def test_an_unknown_mock_is_named(spec):
    with pytest.raises(emlab.UnknownModel, match=f"no model '{spec}'.*mock:oracle"):
        load_mock(spec)


def test_mocks_have_what_every_model_has():
    mock = load_mock("mock:last_label")
    assert (mock.name, mock.params, len(mock.revision)) == ("mock:last_label", 1, 12)
    assert mock.revision != load_mock("mock:oracle").revision
    assert "".join(mock.tokenize("  the soup\n was ")) == "  the soup\n was "
    with pytest.raises(NotImplementedError, match="no attention"):
        mock.attention("a")
    with pytest.raises(NotImplementedError, match="only compares"):
        mock.generate_until([("a", {})])
