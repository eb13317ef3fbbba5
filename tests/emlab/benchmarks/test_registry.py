"""The tasks as a whole: names, groups, and benchmarks that came from the hub."""

import json

import pytest

import emlab
from emlab import benchmarks
from emlab.benchmarks import mmlu, store
from emlab.benchmarks.task import OUTPUT_TYPES


def test_names_are_unique_and_groups_hold_tasks():
    names = [task.task for home in benchmarks.HOMES for task in home.TASKS]
    assert len(names) == len(set(names)) == len(benchmarks.tasks())
    assert not set(names) & set(benchmarks.groups())
    for name in benchmarks.groups():
        assert set(benchmarks.get_group(name).tasks) <= set(names)


@pytest.mark.parametrize("name", benchmarks.tasks())
def test_a_task_is_whole(name):
    task = benchmarks.get_task(name)
    assert task.output_type in OUTPUT_TYPES
    assert (task.doc_to_choice is not None) == (task.output_type == "multiple_choice")
    assert bool(task.generation_kwargs) == (task.output_type == "generate_until")
    assert task.about and task.metric_list and task.filter_list


def test_an_unknown_name_is_said():
    with pytest.raises(ValueError, match="no benchmark 'nothing'.*emlab tasks"):
        benchmarks.get_task("nothing")


def test_too_few_examples_in_one_task_are_said_before_the_first_is_asked(data, monkeypatch):
    model = emlab.load("mock:oracle")
    monkeypatch.setattr(type(model), "loglikelihood", lambda *_: pytest.fail("asked"))
    with pytest.raises(ValueError, match="mmlu_college_chemistry has 3 examples.*--num_fewshot 3"):
        benchmarks.run(model, ["mmlu"], limit=1)


def test_mmlu_from_files_is_what_redux_looked_at(data):
    found = {subject: mmlu.docs(subject) for subject in mmlu.SUBJECTS}
    assert {subject for subject, docs in found.items() if docs} == set(mmlu.REDUX_SUBJECTS)
    assert all(len(docs) == 100 for docs in found.values() if docs)
    examples = {subject: len(mmlu.dev_docs(subject)) for subject in mmlu.SUBJECTS}
    fewer = {subject: n for subject, n in examples.items() if n != 5}
    assert fewer == {"college_chemistry": 3, "formal_logic": 4, "human_aging": 4}
    for subject in mmlu.SUBJECTS:
        for doc in mmlu.dev_docs(subject):
            assert len(doc["choices"]) == 4 and all(choice.strip() for choice in doc["choices"])
            assert "Let's think step" not in doc["question"] + "".join(doc["choices"])


def test_the_clean_items_of_redux(data):
    docs = [doc for task in benchmarks.members("mmlu_redux") for doc in task.docs()]
    assert len(docs) == 2721
    assert len(benchmarks.get_task("mmlu_redux_virology").docs()) == 43


def test_mmlu_from_the_hub(no_data):
    rows = [
        {"question": f"q{i}", "subject": subject, "choices": list("wxyz"), "answer": i % 4}
        for subject in ("virology", "anatomy")
        for i in range(6)
    ]
    for split in ("test", "dev"):
        lines = "".join(json.dumps(row) + "\n" for row in rows)
        store.write(store.hub_folder("mmlu") / f"{split}.jsonl", lines.encode())
    task = benchmarks.get_task("mmlu_virology")
    assert [doc["question"] for doc in task.docs()] == [f"q{i}" for i in range(6)]
    assert task.context(task.docs()[1], task.fewshot_docs()[:1]) == (
        "The following are multiple choice questions (with answers) about virology.\n\n"
        "q0\nA. w\nB. x\nC. y\nD. z\nAnswer: A\n\nq1\nA. w\nB. x\nC. y\nD. z\nAnswer:"
    )
    assert benchmarks.get_task("mmlu_philosophy").docs() == []
