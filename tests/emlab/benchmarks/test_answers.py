"""Answers that real models gave, read and scored: by our tasks and by the harness's own of the same names.

Nothing of what counts as an answer is typed here: filters and metrics are those of the harness's YAML files.
"""

import pytest

import emlab
from emlab import benchmarks
from emlab.benchmarks import mmlu, mmlu_pro
from emlab.benchmarks.scoring import INVALID
from emlab.benchmarks.sources import BBH_TASKS
from tests.emlab.benchmarks import harness


def by_harness(task, docs, responses):
    """(filter, item): what the harness's task takes for the answer, and its score."""
    from lm_eval.api.instance import Instance

    instances = [
        Instance(request_type="generate_until", doc=doc, arguments=("", {}), idx=0, resps=[response])
        for doc, response in zip(docs, responses, strict=True)
    ]
    found = {}
    for chosen in task._filters:
        chosen.apply(instances)
        for i, instance in enumerate(instances):
            answer = instance.filtered_resps[chosen.name]
            answer = answer[0] if isinstance(answer, list) else answer
            (score,) = task.process_results(instance.doc, [answer]).values()
            found[chosen.name, i] = (answer, score)
    return found


def by_us(task, docs, responses):
    """The same from our task."""
    found = {}
    for chosen in task.filter_list:
        for i, (doc, response) in enumerate(zip(docs, responses, strict=True)):
            answer = chosen.apply(response, doc)
            (metric,) = task.metric_list
            found[chosen.name, i] = (answer, metric.score(answer, str(task.doc_to_target(doc)), doc))
    return found


def agree(name, yaml_path, rows, rewrite=str):
    """Both read and score the responses of the log alike; gives the share of right ones for each filter."""
    task = benchmarks.get_task(name)
    by_id = {doc["item_id"]: doc for doc in task.docs()}
    docs = [by_id[item_id] for item_id in rows["item_id"]]
    responses = [rewrite(response) for response in rows["response"]]
    theirs = harness.from_yaml(yaml_path, docs)
    split = theirs.test_docs() if theirs.has_test_docs() else theirs.validation_docs()
    ours = by_us(task, docs, responses)
    assert ours == by_harness(theirs, list(split), responses)
    return {
        chosen.name: sum(score for (f, _), (_, score) in ours.items() if f == chosen.name) / len(docs)
        for chosen in task.filter_list
    }


def test_gsm8k(data):
    """The solutions mark the answer by "A: ", the data set's own by "#### "."""
    rows = emlab.recorded_responses("gsm8k")[::5]
    found = agree("gsm8k", "gsm8k/gsm8k.yaml", rows, lambda text: text.replace("A: ", "#### "))
    assert found["strict-match"] == rows["correct"].mean()


@pytest.mark.parametrize("condition, kind", [("direct", "fewshot"), ("cot", "cot_fewshot")])
def test_bbh(data, condition, kind):
    log = emlab.recorded_responses("bbh").query("condition == @condition")
    for name in BBH_TASKS:
        rows = log[log["task"] == name][::3]
        (value,) = agree(f"bbh_{kind}_{name}", f"bbh/{kind}/{name}.yaml", rows).values()
        assert value == rows["correct"].mean()


@pytest.mark.parametrize("category", ["law", "computer science"])
def test_mmlu_pro(data, category):
    log = emlab.recorded_responses("mmlu_pro")
    rows = log[log["category"] == category]
    name = f"mmlu_pro_{category.replace(' ', '_')}"
    (value,) = agree(name, f"mmlu_pro/{name}.yaml", rows).values()
    assert value == rows["correct"].mean()
    assert rows["parsed"].isna().any()


def test_mmlu_redux_generative(data):
    """Letters, and the first words of a model that did not keep to letters."""
    clean = emlab.recorded_responses("mmlu_redux").query(
        "subject == 'college_physics' and error_type == 'ok'"
    )
    agree("mmlu_redux_college_physics_generative", "mmlu-redux/generative/mmlu_college_physics.yaml", clean)
    assert not clean["response"].isin(mmlu.LETTERS).all()


@pytest.mark.parametrize(
    "name, yaml_path", [("gsm8k_cot", "gsm8k/gsm8k-cot.yaml"), ("gsm8k", "gsm8k/gsm8k.yaml")]
)
def test_answers_that_are_odd(data, name, yaml_path):
    texts = [
        "",
        "The answer is 18.",
        "#### 18",
        "The answer is $1,018.00.",
        "18 19",
        "no",
        "#### -3.",
        "-",
        "1.",
        "\n",
    ]
    rows = emlab.recorded_responses("gsm8k").drop_duplicates("item_id")[: len(texts)].assign(response=texts)
    agree(name, yaml_path, rows)


def test_descriptions_are_the_harnesses():
    """Of all subjects and categories; test_prompts compares whole prompts of some."""
    for subject in mmlu.SUBJECTS:
        theirs = harness.settings(f"mmlu/default/mmlu_{subject}.yaml")
        assert benchmarks.get_task(f"mmlu_{subject}").description == theirs["description"]
        assert theirs["task"] == f"mmlu_{subject}"
    for subject in mmlu.REDUX_SUBJECTS:
        theirs = harness.settings(f"mmlu-redux/generative/mmlu_{subject}.yaml")
        assert benchmarks.get_task(theirs["task"]).description == theirs["description"]
    for category in mmlu_pro.CATEGORIES:
        theirs = harness.settings(f"mmlu_pro/mmlu_pro_{category.replace(' ', '_')}.yaml")
        task = benchmarks.get_task(theirs["task"])
        assert (task.description, task.version) == (theirs["description"], theirs["metadata"]["version"])


def test_no_answer_is_the_harnesses_word_for_it(data):
    assert {INVALID} == {
        answer for answer, _ in by_us(benchmarks.get_task("gsm8k"), [{"answer": "1"}], ["no"]).values()
    }
