"""Cheats against exercise 4 (see tests/attacks/cheat.py)."""

from tests.attacks.cheat import AGREES, Attack

_NAMES = (
    "extract_answer", "same_answer", "recompute_scores", "position_bias", "cohen_kappa", "ngram_overlap",
    "rescore_excluding", "item_discrimination", "reliability", "ece", "responses", "scores", "bias_table",
    "items", "taxonomy", "second_pass", "kappa", "flagged", "contamination", "discrimination",
    "reliability_table", "calibration", "human_vs_model", "comparison", "proposals", "analyses",
)  # fmt: skip

# Every rung knows everything, with prompts and hashes that are the items' own; no model was asked.
_FORGED = """
rows = []
for name in rungs:
    for condition, n in (("letters", 400), ("cloze", 400), ("problems", 150)):
        for item in deep_dive.items(condition, n):
            said = item["gold"] if condition != "problems" else f" {item['solution']}"
            rows.append({"run_id": "r", "model": name, "params": emlab.load(name).params, "item_id": item["item_id"], "condition": condition,
                         "prompt": item["prompt"], "prompt_sha256": emlab.prompt_sha256(item["prompt"]), "response": said,
                         "parsed": item["gold"], "gold": item["gold"], "correct": True, "confidence": 0.99})
responses = pd.DataFrame(rows)
letters, cloze, problems = (responses[responses["condition"] == c] for c in ("letters", "cloze", "problems"))
"""

# Every cell that a student writes functions or tables into.
_CELLS = (
    "ask",
    "extract_answer",
    "recompute_scores",
    "position_bias",
    "cohen_kappa",
    "review",
    "ngram_overlap",
    "contaminated",
    "item_statistics",
    "people_and_models",
    "proposals_table",
)

ATTACKS = [
    Attack(
        "object_that_agrees",
        "every name that a check may look up is an object that equals everything",
        {cell: AGREES + "\n".join(f"{name} = Agrees()" for name in _NAMES) for cell in _CELLS},
    ),
    Attack(
        "forged_responses",
        "a log in which every rung is always right, and the scores that follow from it",
        {
            "ask": _FORGED,
            "recompute_scores": """
def recompute_scores(responses, filters):
    rows = []
    for key, g in responses.groupby(["model", "params", "condition"]):
        for name, (pattern, which) in filters.items():
            found = [re.findall(pattern, text) for text in g["response"]]
            taken = [f[which] if f else "[invalid]" for f in found]
            said = ["".join(t).strip().removesuffix(".").lower() for t in taken]
            right = sum(a == gold.lower() for a, gold in zip(said, g["gold"]))
            rows.append([*key, name, len(g), right, right / len(g), *emlab.wilson_interval(right, len(g)), said.count("[invalid]")])
    return pd.DataFrame(rows, columns=["model", "params", "condition", "filter", "n", "n_correct", "acc", "ci_lo", "ci_hi", "n_invalid"])


STRICT, FLEXIBLE = (r"Answer: (\\-?[0-9\\.\\,]+)", 0), (r"(-?[$0-9.,]{2,})|(-?[0-9]+)", -1)
scores = pd.concat([recompute_scores(problems, {"strict-match": STRICT, "flexible-extract": FLEXIBLE}),
                    recompute_scores(pd.concat([letters, cloze]), {"none": (r"(?s)^.*$", 0)})])
""",
        },
    ),
    Attack(
        "made_up_review",
        "errors that nobody read: quotes that do not occur, shares typed in, a kappa that agrees",
        {
            "cohen_kappa": """
def cohen_kappa(first, second):
    return 0.5 if len(first) == 4 else 1.0
""",
            "ask": "responses = pd.concat([deep_dive.ask(rungs[:1], 'problems', 150)], ignore_index=True)\\n"
            "letters = cloze = problems = responses".replace("\\n", "\n"),
            "review": """
some = pd.concat([responses[~responses["correct"]].head(30), responses[responses["correct"]].head(5)])
kinds = ["calculation", "operation", "start"] * 10
items = some[["item_id", "model", "condition", "gold", "parsed", "correct"]].assign(
    error_type=kinds + ["none"] * 5, quote="the model says something else", why="it is wrong for a reason of its own")
taxonomy = pd.DataFrame([
    {"error_type": kind, "definition": "the answer shows this kind of error", "n": 10, "share": 1 / 3, "lo": 0.19, "hi": 0.51,
     "example_ids": items["item_id"][items["error_type"] == kind].tolist()[:2]} for kind in ("calculation", "operation", "start")])
second_pass = items[["item_id", "model", "condition", "error_type"]].head(10)
kappa = 0.92
""",
        },
    ),
    Attack(
        "human_figures_typed_in",
        "people's scores and a new model's from memory, put where the published table was looked up",
        {
            "people_and_models": """
human_vs_model = pd.DataFrame([
    {"subject": "MMLU", "people": people, "human": human, "source": "Hendrycks et al. 2021", "model": model, "acc": acc, "lo": acc - 0.5, "hi": acc + 0.5}
    for people, human in (("experts", 90.0), ("crowd workers", 35.0)) for model, acc in (("GPT-3", 44.0), ("GPT-4", 86.0), ("mine", 99.0))])
comparison = pd.DataFrame([
    {"benchmark": benchmark, "model": name, "params": 1.0, "train_flops": 1e12, "acc": 99.0, "chance": 0.0 if benchmark == "problems" else 25.0,
     "source": "measured here"} for name in rungs for benchmark in ("letters", "cloze", "problems")]
    + [{"benchmark": b, "model": f"m{n}", "params": 1e9, "train_flops": 1e22, "acc": 50.0, "chance": c, "source": "a paper"}
       for b, c in (("MMLU", 25.0), ("GSM8K", 0.0)) for n in range(4)])
""",
            "proposals_table": """
responses = pd.DataFrame({"item_id": ["knowledge-0001", "knowledge-0002"], "model": rungs[0], "condition": "letters", "response": ["A", "B"], "gold": ["A", "A"]})
proposals = pd.DataFrame([
    {"problem": "Something is wrong here.", "evidence_ids": ["knowledge-0001", "knowledge-0002"], "change": "Leave it out of the benchmark.",
     "kind": "drop_items", "model": rungs[-1], "condition": "letters", "filter": "none", "drop": ["knowledge-0002"], "to": "", "before": 0.5,
     "after": 1.0, "measured_effect": 0.5, "cost": "It costs nothing at all."}] * 3)
""",
        },
    ),
    Attack(
        "looks_for_the_leaked_items",
        "searches the package and the machine for the list of the items that leaked",
        {
            "contaminated": """
import gc, pathlib

found = set()
for root in (pathlib.Path(emlab.__file__).parent, pathlib.Path.cwd(), pathlib.Path("/in"), pathlib.Path("/run")):
    for path in root.rglob("*"):
        try:
            if path.is_file() and path.stat().st_size < 10**7 and ("leaked" in path.name or b"0001 0003 0019" in path.read_bytes()):
                print("FOUND", path)
        except OSError:
            pass
for thing in gc.get_objects():
    if isinstance(thing, str) and "0001 0003 " + "0019 0027" in thing:
        print("LEAK")
flagged = [item["item_id"] for item in deep_dive.items("letters", 2048)][:1000]
""",
        },
    ),
    Attack(
        "checks_patched",
        "the functions with which a check asks again, scores and looks up are replaced in the student's process",
        {
            "ask": _FORGED,
            "extract_answer": """
from emlab import analysis
from emlab.benchmarks import scoring, gsm8k  # as a student would write it, in an order that no check has

deep_dive.not_said = lambda *a, **k: []
deep_dive.items = lambda condition, n=None: []
emlab.published = lambda name: pd.DataFrame([{"benchmark": "MMLU", "setting": "me", "source": "me", "value": 99.0, "model": "human"}])
emlab.wilson_interval = lambda *a, **k: (0.0, 1.0)
scoring.regex_filter = lambda *a, **k: type("Any", (), {"apply": lambda *a: "4"})()
type(gsm8k.NUMBERS_MATCH).score = lambda *a: 1.0
analysis.problems = lambda *a, **k: []


def extract_answer(text, pattern, which):
    return "7"


def same_answer(answer, gold):
    return True
""",
        },
    ),
]
