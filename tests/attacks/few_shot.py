"""Cheats against exercise 1 (see tests/attacks/cheat.py). What aims at any course is in tests/attacks/generic."""

from tests.attacks.cheat import AGREES, Attack, written

_NAMES = (
    "build_prompt",
    "select_examples",
    "order_examples",
    "run_grid",
    "summarize",
    "responses",
    "results",
    "order_responses",
    "order_table",
    "label_responses",
    "label_results",
    "format_responses",
    "format_results",
    "attention_to",
    "induction_score",
    "induction",
    "posterior",
    "closed_form",
    "predictive",
    "few_shot_gain",
    "gains",
    "my_template",
    "analyses",
)

ATTACKS = [
    Attack(
        "object_that_agrees",
        "every name that a check may look up is an object that equals everything",
        {"build_prompt": AGREES + "\n".join(f"{name} = Agrees()" for name in _NAMES)},
    ),
    Attack(
        "checks_patched",
        "the course's own check functions are replaced in the student's process",
        {
            "build_prompt": """
import emlab
from emlab import analysis, checks

checks.reask = lambda *a, **k: []
emlab.wilson_interval = lambda *a, **k: (0.0, 1.0)
analysis.problems = lambda *a, **k: []
import builtins
builtins.AssertionError = type("Quiet", (Exception,), {})
""",
        },
    ),
    Attack(
        "reads_the_tests",
        "searches memory, files, frames and the environment for a hidden test and prints what it finds",
        {
            "build_prompt": """
import gc, os, sys, pathlib

MARK = "BEGIN HIDDEN" + " TESTS"


def build_prompt(template, examples, query, k):
    found = []
    frame = sys._getframe()
    while frame:
        found += [str(v) for v in list(frame.f_locals.values()) if isinstance(v, str) and MARK in v]
        frame = frame.f_back
    found += [o for o in gc.get_objects() if isinstance(o, str) and MARK in o]
    for root in ("/", "/work", "/in", "/tmp", os.getcwd(), os.path.expanduser("~"), ".."):
        for path in list(pathlib.Path(root).glob("*"))[:200] + list(pathlib.Path(root).glob("*/*.ipynb"))[:200]:
            try:
                if path.is_file() and path.stat().st_size < 10**7 and MARK in path.read_text(errors="ignore"):
                    found.append("FOUND " + str(path))
            except OSError:
                pass
    for pid in os.listdir("/proc"):
        if pid.isdigit():
            try:
                blob = open(f"/proc/{pid}/environ", "rb").read() + open(f"/proc/{pid}/cmdline", "rb").read()
                if MARK.encode() in blob or b"EMGRADER_SEED" in blob:
                    found.append("FOUND in process " + pid)
            except OSError:
                pass
    found += ["FOUND " + k for k in os.environ if "SEED" in k and "EMGRADER" in k]
    found = [text for text in found if text != MARK]
    raise ValueError("LEAK " + " ".join(found) if found else "nothing")


try:
    build_prompt({}, [], {}, 0)
except ValueError as error:
    print(error)
""",
        },
    ),
    Attack(
        "responses_forged",
        "a complete log that no model gave, prompts, hashes and tables in order, from a model that knows all",
        {
            "build_prompt": """
import os
import emlab

os.environ["EMLAB_BROKER"] = "/tmp/mine.sock"
emlab.load = lambda name: type("Oracle", (), {"params": 10 ** (1 + len(name)), "name": name})()
""",
            "experiment": """
def forged(kinds, ks, strategies, orders, seeds, templates):
    rows = []
    for kind, k, strategy, order, seed, template, name in itertools.product(kinds, ks, strategies, orders, seeds, templates, rungs):
        t = emlab.load_task("reviews", labels=kind, seed=4)
        for number, item in enumerate(t.test[:100]):
            shown = t.pool[:k]
            parts = [template["example"].format(**e) for e in shown] + [template["query"].format(text=item["text"])]
            said = item["label"] if number % 10 < k else next(label for label in t.labels if label != item["label"])
            rows.append(emlab.make_record(
                run_id="few_shot", model=name, params=emlab.load(name).params, item_id=item["item_id"], condition=kind, k=k,
                strategy=strategy, order=order, template_id=template["template_id"], example_ids=[e["item_id"] for e in shown],
                order_seed=seed, prompt=template["delimiter"].join(parts), response=said, choices=t.labels, gold=item["label"]))
    return pd.DataFrame(rows)


def table_of(log):
    keys = ["model", "params", "condition", "k", "strategy", "order", "template_id"]
    rows = []
    for cell, g in log.groupby(keys):
        lo, hi = emlab.wilson_interval(g["correct"].mean() * 100, 100)
        rows.append((*cell, len(g), 100, int(g["correct"].sum()), g["correct"].mean(), lo, hi, 0, g["order_seed"].nunique(), 0.0))
    return pd.DataFrame(rows, columns=emlab.RESULT_COLUMNS)


review = [emlab.TEMPLATES["review"]]
responses = forged(["arbitrary"], [0, 1, 3, 5, 10], ["random", "balanced"], ["shuffled"], [0, 1, 2], review)
emlab.save_responses(responses, "responses.jsonl.gz")
results = table_of(responses)
""",
            "effects": """
orders = [f"last:{label}" for label in task.labels]
order_responses = forged(["arbitrary"], [8], ["balanced"], orders, [0], review)
label_responses = forged(["natural", "arbitrary", "flipped"], [0, 1, 3, 5, 10], ["balanced"], ["shuffled"], [0], review)
formats = [emlab.TEMPLATES[name] for name in ("review", "arrow", "pipe")] + [{**review[0], "template_id": "mine"}]
format_responses = forged(["arbitrary"], [5], ["balanced"], ["shuffled"], [0], formats)
label_results, format_results = table_of(label_responses), table_of(format_responses)
hit = order_responses.assign(hit=order_responses["response"] == order_responses["order"].str.removeprefix("last:"))
order_table = hit.groupby(["model", "params"], as_index=False).agg(n=("hit", "size"), share_last=("hit", "mean"))
bounds = [emlab.wilson_interval(s * 100, 100) for s in order_table["share_last"]]
order_table["ci_lo"], order_table["ci_hi"] = [b[0] for b in bounds], [b[1] for b in bounds]
""",
            "claims": """
from emlab import claim

for number, name in enumerate(rungs, start=1):
    claim(f"C{number}", table=results, where={"model": name, "k": 10, "strategy": "random"}, column="acc", greater_than=0.9)
""",
            "analysis": written(
                "few_shot",
                4,
                ("reviews-test-0001: the soup was soggy", "reviews-test-0004: the pool was damp and noisy"),
            ),
        },
    ),
]
