"""GSM8K: word problems of grade-school mathematics. Cobbe et al. 2021, arXiv:2110.14168.

The prompts, filters and metric are lm-evaluation-harness's tasks gsm8k (5 examples with their solutions) and
gsm8k_cot (8 examples of Wei et al. 2022, arXiv:2201.11903, Table 20). From files, the examples of gsm8k are
drawn from the first 200 training problems; from the hub, from all 7,473, which are other examples.
"""

from emlab.benchmarks import store
from emlab.benchmarks.scoring import exact_match, regex_filter
from emlab.benchmarks.sources import GSM8K_TEST, GSM8K_TRAIN
from emlab.benchmarks.task import Doc, Task

FLEXIBLE = regex_filter("flexible-extract", r"(-?[$0-9.,]{2,})|(-?[0-9]+)", group_select=-1)
ANSWER_ONLY = (",", r"\$", r"(?s).*#### ", r"\.$")  # what is ignored: all that is not the number
NUMBERS_MATCH = exact_match(ANSWER_ONLY, ignore_case=True)


def docs(split: str) -> list[Doc]:
    """The items of "test" or "train", with question and answer (a solution, then "#### " and a number)."""
    rows = store.read_hub("gsm8k", split)
    if rows is None:
        rows = store.read_jsonl({"test": GSM8K_TEST, "train": GSM8K_TRAIN}[split])
    return [{"item_id": f"gsm8k-{split}-{i:04d}", **row} for i, row in enumerate(rows, start=1)]


def _cot_examples() -> list[Doc]:
    return [
        {"item_id": f"gsm8k-cot-{i}", "question": question, "target": target}
        for i, (question, target) in enumerate(_COT, start=1)
    ]


TASKS = (
    Task(
        task="gsm8k",
        version=3.0,
        output_type="generate_until",
        docs=lambda: docs("test"),
        fewshot_docs=lambda: docs("train"),
        num_fewshot=5,
        doc_to_text=lambda doc: f"Question: {doc['question']}\nAnswer:",
        doc_to_target=lambda doc: doc["answer"],
        generation_kwargs={"until": ["Question:", "</s>", "<|im_end|>"]},
        filter_list=(regex_filter("strict-match", r"#### (\-?[0-9\.\,]+)"), FLEXIBLE),
        metric_list=(NUMBERS_MATCH,),
        about="1,319 word problems, answered with a solution and a number",
    ),
    Task(
        task="gsm8k_cot",
        version=3.0,
        output_type="generate_until",
        docs=lambda: docs("test"),
        fewshot_docs=_cot_examples,
        sampler="first_n",
        num_fewshot=8,
        doc_to_text=lambda doc: f"Q: {doc['question']}\nA:",
        doc_to_target=lambda doc: (
            doc["answer"].split("####")[-1].strip() if "answer" in doc else doc["target"]
        ),
        generation_kwargs={"until": ["Q:", "</s>", "<|im_end|>"]},
        filter_list=(regex_filter("strict-match", r"The answer is (\-?[0-9\.\,]+)."), FLEXIBLE),
        metric_list=(NUMBERS_MATCH,),
        about="the same after eight examples with a chain of thought",
    ),
)

_COT = (
    (
        "There are 15 trees in the grove. Grove workers will plant trees in the grove today. After they are"
        " done, there will be 21 trees. How many trees did the grove workers plant today?",
        "There are 15 trees originally. Then there were 21 trees after some more were planted. So there "
        "must have been 21 - 15 = 6. The answer is 6.",
    ),
    (
        "If there are 3 cars in the parking lot and 2 more cars arrive, how many cars are in the parking "
        "lot?",
        "There are originally 3 cars. 2 more cars arrive. 3 + 2 = 5. The answer is 5.",
    ),
    (
        "Leah had 32 chocolates and her sister had 42. If they ate 35, how many pieces do they have left in"
        " total?",
        "Originally, Leah had 32 chocolates. Her sister had 42. So in total they had 32 + 42 = 74. After "
        "eating 35, they had 74 - 35 = 39. The answer is 39.",
    ),
    (
        "Jason had 20 lollipops. He gave Denny some lollipops. Now Jason has 12 lollipops. How many "
        "lollipops did Jason give to Denny?",
        "Jason started with 20 lollipops. Then he had 12 after giving some to Denny. So he gave Denny 20 - "
        "12 = 8. The answer is 8.",
    ),
    (
        "Shawn has five toys. For Christmas, he got two toys each from his mom and dad. How many toys does "
        "he have now?",
        "Shawn started with 5 toys. If he got 2 toys each from his mom and dad, then that is 4 more toys. 5"
        " + 4 = 9. The answer is 9.",
    ),
    (
        "There were nine computers in the server room. Five more computers were installed each day, from "
        "monday to thursday. How many computers are now in the server room?",
        "There were originally 9 computers. For each of 4 days, 5 more computers were added. So 5 * 4 = 20 "
        "computers were added. 9 + 20 is 29. The answer is 29.",
    ),
    (
        "Michael had 58 golf balls. On tuesday, he lost 23 golf balls. On wednesday, he lost 2 more. How "
        "many golf balls did he have at the end of wednesday?",
        "Michael started with 58 golf balls. After losing 23 on tuesday, he had 58 - 23 = 35. After losing "
        "2 more, he had 35 - 2 = 33 golf balls. The answer is 33.",
    ),
    (
        "Olivia has $23. She bought five bagels for $3 each. How much money does she have left?",
        "Olivia had 23 dollars. 5 bagels for 3 dollars each will be 5 x 3 = 15 dollars. So she has 23 - 15 "
        "dollars left. 23 - 15 is 8. The answer is 8.",
    ),
)
