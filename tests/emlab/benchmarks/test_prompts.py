"""The prompts are lm-evaluation-harness's, letter by letter."""

import pytest

from emlab import benchmarks
from emlab.benchmarks import bbh, mmlu_pro
from emlab.benchmarks.evaluate import ask
from emlab.benchmarks.sources import BBH_TASKS
from emlab.benchmarks.task import FEWSHOT_SEED
from tests.emlab.benchmarks import harness

ITEMS = 25


def same_prompts(name, yaml_path, shots, fewshot=None, **overrides):
    task = benchmarks.get_task(name)
    asked = ask(task, shots, ITEMS)
    pool = task.fewshot_docs() if fewshot is None else fewshot
    theirs = harness.from_yaml(yaml_path, [item.doc for item in asked], pool, **overrides)
    theirs.set_fewshot_seed(FEWSHOT_SEED)
    docs = list(theirs.test_docs() if theirs.has_test_docs() else theirs.validation_docs())
    assert [item.context for item in asked] == [theirs.fewshot_context(doc, shots) for doc in docs]
    for item, doc in zip(asked, docs, strict=True):
        target = theirs.doc_to_target(doc)
        # the harness reads a target "042" or "True" as a number or a truth value, and compares its text
        assert str(task.doc_to_target(item.doc)) == str(target)
    assert task.target_delimiter == theirs.config.target_delimiter
    assert task.num_fewshot == (theirs.config.num_fewshot or 0) or yaml_path.startswith(("mmlu", "glue"))
    return task, theirs


@pytest.mark.parametrize("shots", [0, 1, 5])
def test_gsm8k(data, shots):
    task, theirs = same_prompts("gsm8k", "gsm8k/gsm8k.yaml", shots)
    assert task.version == theirs.VERSION
    assert task.generation_kwargs["until"] == theirs.config.generation_kwargs["until"]


@pytest.mark.parametrize("shots", [0, 8])
def test_gsm8k_cot(data, shots):
    same_prompts("gsm8k_cot", "gsm8k/gsm8k-cot.yaml", shots, fewshot=())


@pytest.mark.parametrize("subject", ["virology", "high_school_us_history", "professional_law"])
@pytest.mark.parametrize("shots", [0, 5])
def test_mmlu(data, subject, shots):
    task, theirs = same_prompts(f"mmlu_{subject}", f"mmlu/default/mmlu_{subject}.yaml", shots)
    assert theirs.config.doc_to_choice == task.doc_to_choice({})


@pytest.mark.parametrize("shots", [0, 2])
def test_mmlu_redux_generative(data, shots):
    path = "mmlu-redux/generative/mmlu_anatomy.yaml"
    task, theirs = same_prompts(
        "mmlu_redux_anatomy_generative", path, shots, test_split="test", fewshot_split="dev"
    )
    assert task.version == theirs.VERSION
    assert task.generation_kwargs["until"] == theirs.config.generation_kwargs["until"]


@pytest.mark.parametrize("name", BBH_TASKS)
@pytest.mark.parametrize("kind", ["fewshot", "cot_fewshot"])
def test_bbh(data, name, kind):
    """With the harness's own examples, which are typed into its YAML."""
    task, theirs = same_prompts(f"bbh_{kind}_{name}", f"bbh/{kind}/{name}.yaml", 3, fewshot=())
    until = theirs.config.generation_kwargs["until"]
    assert task.generation_kwargs["until"] == until
    assert task.generation_kwargs.get("max_gen_toks") == theirs.config.generation_kwargs.get("max_gen_toks")


@pytest.mark.parametrize("shots", [0, 2])
def test_mmlu_pro(data, shots, monkeypatch):
    """The files hold no examples: these have the form of those on the hub."""
    examples = [
        doc | {"cot_content": f"A: Let's think step by step. So it goes. The answer is ({doc['answer']})."}
        for doc in mmlu_pro.docs("law")[-3:]
    ]
    monkeypatch.setattr(mmlu_pro, "_examples", lambda category: examples)
    same_prompts("mmlu_pro_law", "mmlu_pro/mmlu_pro_law.yaml", shots)


def test_humaneval(data):
    task, theirs = same_prompts(
        "humaneval",
        "humaneval/humaneval.yaml",
        0,
        resolve_func=False,
        metric_list=[{"metric": "exact_match", "aggregation": "mean", "higher_is_better": True}],
        filter_list=None,
        unsafe_code=False,
    )
    assert task.generation_kwargs["until"] == theirs.config.generation_kwargs["until"]


@pytest.mark.parametrize("shots", [0, 4])
def test_sst2(shots):
    same_prompts("sst2_like", "glue/sst2/default.yaml", shots)


def test_examples_of_bbh_are_those_of_the_paper_s_prompts(data):
    for name in BBH_TASKS:
        shots = bbh.examples(name)
        assert len(shots) == 3
        assert all(shot["chain"].endswith(f"the answer is {shot['target']}.") for shot in shots)
