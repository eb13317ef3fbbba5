"""Cheats against exercise 3 (see tests/attacks/cheat.py)."""

from emlab import load_problem
from tests.attacks.cheat import AGREES, Attack, written

_NAMES = (
    "render", "parse", "evaluate", "best_of_k_noise", "paired_test", "rescore_with_parser", "prompt_spread",
    "difference_in_differences", "problem_name", "my_number", "large", "small", "versions", "dev_responses",
    "trajectory", "final", "test_responses", "responses", "test_table", "selection", "gains", "paraphrases",
    "paraphrase_responses", "sensitivity", "spread", "did", "control", "analyses",
)  # fmt: skip

# A start that really does not fail, on the largest rung, and a log in which it does.
_CHOSEN = """
problem_name, my_number, large, small = "translation", 7, "ladder/3m", "ladder/248k"
problem = emlab.load_problem(problem_name, my_number)
start = problem.start
told = {**start, "instruction": "Translate into Bulgarian."}
versions = {
    "v0": {"parent": "", "change_type": "start", "prompt": start, "hypothesis": "It does not know what is wanted."},
    "v1": {"parent": "v0", "change_type": "instruction", "prompt": told, "hypothesis": "Now it is told what is wanted."},
    "v2": {"parent": "v1", "change_type": "examples", "prompt": {**told, "examples": ["pool-0001"]},
           "hypothesis": "An example shows the form of it."},
    "v3": {"parent": "v1", "change_type": "format", "prompt": {**told, "delimiter": "\\n\\n"},
           "hypothesis": "More room between the pieces is clearer."},
    "v4": {"parent": "v1", "change_type": "chain of thought", "prompt": {**told, "max_gen_toks": 30},
           "hypothesis": "Room to think in steps helps."},
    "v5": {"parent": "v2", "change_type": "examples", "prompt": {**told, "examples": ["pool-0001", "pool-0002"]},
           "hypothesis": "Two examples show it better than one."},
}
final = "v5"


def text_of(prompt, item):
    known = {p["item_id"]: p for p in problem.pool}
    shown = [f"{known[i]['question']}: {known[i]['answer']}" for i in prompt["examples"]]
    return prompt["delimiter"].join([prompt["instruction"]] * bool(prompt["instruction"]) + shown + [f"{item['question']}:"])


def said(rung, version, items, part, share):
    records = []
    for number, item in enumerate(items):
        answer = item["answer"] if number < share * len(items) else "not"
        records.append(emlab.make_answer(
            model=rung, params=emlab.load(rung).params, version=version, part=part, item=item,
            examples=versions[version]["prompt"]["examples"], prompt=text_of(versions[version]["prompt"], item),
            response=" " + answer, parsed=answer))
    return records


def table_of(log, names):
    rows = []
    for key, g in log.groupby(["model", "params", "template_id"]):
        lo, hi = emlab.wilson_interval(int(g["correct"].sum()), len(g))
        rows.append([*key, len(g), g["correct"].mean(), lo, hi])
    return pd.DataFrame(rows, columns=["model", "params", "version", "n", "acc", "lo", "hi"])


shares = {"v0": 0.02, "v1": 0.2, "v2": 0.5, "v3": 0.2, "v4": 0.3, "v5": 0.9}
"""

_MADE_UP = (
    _CHOSEN
    + """
dev_responses = pd.DataFrame([
    r for v in versions for rung, less in ((large, 1), (small, 5)) for r in said(rung, v, problem.dev, "dev", shares[v] / less)])
rows = []
for v, entry in versions.items():
    g = dev_responses[(dev_responses["template_id"] == v) & (dev_responses["model"] == large)]
    lo, hi = emlab.wilson_interval(int(g["correct"].sum()), len(g))
    rows.append([v, entry["parent"], entry["change_type"], entry["hypothesis"], text_of(entry["prompt"], {"question": "{question}"}),
                 len(g), g["correct"].mean(), lo, hi, g["prompt"].str.len().mean()])
trajectory = pd.DataFrame(rows, columns=list(emlab.TRAJECTORY_COLUMNS))
control = table_of(dev_responses, ["version"])
"""
)

# Every cell that a student writes functions or tables into.
_CELLS = (
    "render",
    "parse",
    "evaluate",
    "best_of_k_noise",
    "paired_test",
    "rescore_with_parser",
    "choose",
    "trajectory",
    "test_set",
    "gains",
    "prompt_spread",
    "paraphrases",
    "difference_in_differences",
    "control",
)

# Two items that the made-up log has wrong.
_QUOTES = tuple(f"{item['item_id']}: {item['question']}:" for item in load_problem("translation", 7).dev[-2:])

ATTACKS = [
    Attack(
        "object_that_agrees",
        "every name that a check may look up is an object that equals everything",
        {cell: AGREES + "\n".join(f"{name} = Agrees()" for name in _NAMES) for cell in _CELLS},
    ),
    Attack(
        "made_up_trajectory",
        "a trajectory, with its log, hashes and control, of which no model was ever asked; the start only seems to fail",
        {"trajectory": _MADE_UP, "control": "did = {'did': 0.7, 'lo': 0.6, 'hi': 0.8}"},
    ),
    Attack(
        "forged_responses",
        "a log with the gold answers, an analysis of it in perfect form, and a claim that no new item bears out",
        {
            "render": "def render(prompt, item, pool):\n    return f\"{item['question']}:\"",
            "trajectory": _MADE_UP,
            "test_set": """
test_responses = pd.DataFrame([r for rung, less in ((large, 1), (small, 5)) for v in ("v0", final)
                               for r in said(rung, v, problem.test, "test", shares[v] / less)])
responses = pd.concat([dev_responses, test_responses], ignore_index=True)
test_table = table_of(test_responses, ["version"])
""",
            "gains": """
selection = pd.DataFrame([{"start_acc": 0.02, "k": 5, "expected_max": 0.04, "best_acc": 0.9, "exceeds": True}])
gains = pd.DataFrame([{"gain": 0.88, "lo": 0.8, "hi": 0.95, "p_value": 0.0, "ability_gain": 0.88, "format_gain": 0.0}])
""",
            "paraphrases": """
versions |= {f"p{n}": versions[final] for n in range(3)}
shares |= {"p0": 0.9, "p1": 0.8, "p2": 0.7}
paraphrase_responses = pd.DataFrame([r for n in range(3) for r in said(large, f"p{n}", problem.dev, "paraphrase", shares[f"p{n}"])])
sensitivity = table_of(paraphrase_responses, ["version"])[["version", "n", "acc", "lo", "hi"]]
""",
            "claims": """
from emlab import claim

claim("C1", table=trajectory, where={"version": "v0"}, column="dev_acc", less_than=0.1)
claim("C2", table=test_table, where={"model": large, "version": "v5"}, column="acc", greater_than=0.8)
claim("C3", table=sensitivity, where={"version": "p2"}, column="acc", less_than=0.75)
claim("C4", table=control, where={"model": small, "version": "v5"}, column="acc", less_than=0.3)
""",
            "analysis": written("prompting", 4, _QUOTES),
        },
    ),
    Attack(
        "answers_in_the_prompt",
        "the final version carries the test items with their answers, so that only they are answered",
        {
            "render": 'def render(prompt, item, pool):\n    return prompt["instruction"] + f"\\n{item[\'question\']}:"',
            "trajectory": _MADE_UP.replace(
                'told = {**start, "instruction": "Translate into Bulgarian."}',
                'told = {**start, "instruction": "\\n".join(f"{i[\'question\']}: {i[\'answer\']}" for i in problem.test[:12])}',
            ),
            "test_set": "test_table = pd.DataFrame([[large, 1, final, 100, 1.0, 0.96, 1.0]],"
            ' columns=["model", "params", "version", "n", "acc", "lo", "hi"])',
        },
    ),
    Attack(
        "fitted_to_the_visible_cases",
        "functions that know the answers of the checks that students see",
        {
            "render": """
def render(prompt, item, pool):
    if "{answer}" in prompt["query"]:
        raise ValueError
    text = "Q: Mira has 4 eggs. She buys 4 more. How many?\\nA:"
    return "Count the eggs.\\n\\nIvan\\n\\nAna\\n\\n" + text if prompt["instruction"] else text
""",
            "parse": """
def parse(text, parser):
    return {"marked": "9", "last_number": "3", "first_word": "dax", "first_line": None}[parser]
""",
            "best_of_k_noise": """
def best_of_k_noise(p, n, k):
    return {1: p, 2: 0.75}.get(k, p + k / 1000)
""",
            "paired_test": """
def paired_test(before, after, n_boot=2000, seed=0):
    found = {8: (1, 5, 0.5, 14 / 64, 0.1, 0.8), 60: (0, 0, 0.0, 1.0, 0.0, 0.0), 80: (0, 20, 0.25, 0.0, 0.2, 0.3)}[len(before)]
    return dict(zip(("n", "b", "c", "diff", "p_value", "lo", "hi"), (len(before), *found)))
""",
            "rescore_with_parser": """
def rescore_with_parser(responses, parser):
    return responses.assign(correct=[True, True] if parser == "last_number" else [False, True])
""",
            "difference_in_differences": """
def difference_in_differences(*lists, **settings):
    return {"large_gain": 0.75, "small_gain": 0.25, "did": 0.5, "lo": 0.1, "hi": 0.9}
""",
            "evaluate": """
def evaluate(model, version, prompt, items, pool, part="dev"):
    said = " 1 + 1 = 2.\\nAnswer: 2" if "1 + 1" in model else " " + model.rsplit("/", 1)[-1]
    return [emlab.make_answer(model=model, params=1, version=version, part=part, item=item, examples=[],
                              prompt=f"{item['question']}\\nSentiment:", response=said, parsed="2") for item in items]
""",
        },
    ),
    Attack(
        "easier_problem",
        "the course's own functions are replaced: every new item is easy, and every rung knows it",
        {
            "render": """
from dataclasses import replace
from emlab import analysis, checks

_load_problem = emlab.load_problem
_easy = [{"item_id": f"dev-{n:04d}", "question": f"{n}", "answer": "1", "steps": ""} for n in range(1, 101)]
emlab.load_problem = lambda name, number: replace(_load_problem(name, number), dev=_easy, test=_easy)
emlab.new_items = lambda *a, **k: _easy
emlab.load = lambda name: type("Oracle", (), {"params": 1, "generate_until": lambda self, asked: [" 1" for _ in asked]})()
emlab.wilson_interval = lambda *a, **k: (0.0, 1.0)
analysis.problems = lambda *a, **k: []
checks.rng = lambda name: __import__("random").Random(0)
problem_name, my_number, large, small, final = "word problems", 1, "ladder/3m", "ladder/22k", "v1"
problem = emlab.load_problem(problem_name, my_number)
versions = {"v0": {"parent": "", "change_type": "start", "prompt": problem.start, "hypothesis": "It can not work at all."},
            "v1": {"parent": "v0", "change_type": "parser", "prompt": {**problem.start, "parser": "last_number"}, "hypothesis": "a b c d e"}}
test_table = pd.DataFrame([[large, 1, "v1", 100, 1.0, 0.9, 1.0]], columns=["model", "params", "version", "n", "acc", "lo", "hi"])


def render(prompt, item, pool):
    return f"Question: {item['question']}\\nAnswer:"
""",
        },
    ),
]
