"""Cheats against exercise 2 (see tests/attacks/cheat.py). What aims at any course is in tests/attacks/generic."""

from tests.attacks.cheat import Attack, written

_QUOTES = ("math-3-0001: 6230 + 1633 =", "math-3-0002: 6578 + 4044 =")
_ITEMS = """
my_capability = "math"
my_items = [
    {"item_id": f"own-math-{n:02d}", "capability": "math", "difficulty": 1 + n % 3, "prompt": f"{n + 11} + {n + 21} =",
     "gold": str(2 * n + 32), "checker": "numeric", "source": "own", "contamination_note": "surely in the training text"}
    for n in range(12)
]
"""
# Tables that follow from `capability` by the rules of the exercise, made without its functions.
_TABLES = """
def line(curve, target):
    curve = curve.sort_values("params")
    x, p = np.log10(curve["params"].to_numpy(float)), np.clip(curve["value"].to_numpy(float), 0.01, 0.99)
    y, design = np.log(p / (1 - p)), np.column_stack([np.ones(len(x)), x])
    beta, *_ = np.linalg.lstsq(design, y, rcond=None)
    at = np.array([1.0, math.log10(target)])
    s2 = ((y - design @ beta) ** 2).sum() / (len(x) - 2)
    half = T90[len(x) - 2] * math.sqrt(s2 * (1 + at @ np.linalg.inv(design.T @ design) @ at))
    return [1 / (1 + math.exp(-v)) for v in (at @ beta, at @ beta - half, at @ beta + half)]


T90 = {4: 2.132, 5: 2.015}
h1 = emlab.published("gpt3_table_h1")
few = h1[h1["setting"] == "few"].assign(value=lambda t: t["value"] / 100, condition="few")
rows = []
for source, table in (("ladder", capability[capability["condition"] != "own"]), ("gpt3", few)):
    for (name, condition), curve in table.groupby(["task", "condition"]):
        curve = curve.sort_values("params")
        last = curve.iloc[-1]
        predicted, lo, hi = line(curve.iloc[:-1], last["params"])
        outside = max(lo - last["value"], last["value"] - hi, 0)
        rows.append(dict(source=source, task=name, condition=condition, target=last["params"], n_sizes=len(curve) - 1,
                         predicted=predicted, lo=lo, hi=hi, actual=last["value"], inside=outside == 0, score=hi - lo + 20 * outside))
forecasts = pd.DataFrame(rows)


def shape(v, lo, hi):
    below = lambda i, j: hi[i] + 0.05 < lo[j]
    if any(below(i, 0) and below(i, -1) for i in range(1, len(v) - 1)):
        return "U-shaped"
    if not below(0, -1):
        return "inverse" if below(-1, 0) else "flat"
    return "sharp" if max(np.diff(v)) >= 2 / 3 * (v[-1] - v[0]) else "smooth"


rows = []
for (name, condition, metric), curve in capability.groupby(["task", "condition", "metric"]):
    p, v, lo, hi = (curve.sort_values("params")[c].tolist() for c in ("params", "value", "ci_lo", "ci_hi"))
    bar = max(curve["chance"].max(), 0.05)
    first = next((i for i in range(len(p)) if all(bound > bar for bound in lo[i:])), None)
    sizes = (math.nan, math.nan) if first is None else (p[first - 1] if first else 0, p[first])
    rows.append(dict(task=name, condition=condition, metric=metric, rule="the first size above the bar",
                     lo_size=sizes[0], hi_size=sizes[1], shape=shape(v, lo, hi)))
made = pd.DataFrame(rows)
"""
_CLAIMS = """
from emlab import claim

for number in range(1, 5):
    claim(f"C{number}", table=capability, where={"model": rungs[number], "condition": "level 1"}, column="n", greater_than=99)
"""
_FORGED = """
items = {"own": my_items} | {f"level {d}": emlab.load_items(my_capability, d, 100) for d in (1, 2, 3)}
rows = []
for name in rungs:
    for condition, some in items.items():
        for item in some:
            said = "1" if condition == "level 3" else item["gold"]
            rows.append(emlab.make_item_record(
                run_id="capability", model=name, params=emlab.load(name).params, item=item, condition=condition,
                response=" " + said, parsed=said, correct=said == item["gold"]))
responses = pd.DataFrame(rows)
emlab.save_responses(responses, "responses.jsonl.gz")
rows = []
for (name, params, condition), g in responses.groupby(["model", "params", "condition"]):
    n, right = len(g), int(g["correct"].sum())
    rows.append((name, params, "math", condition, "exact_match", n, right, 0, right / n, *emlab.wilson_interval(right, n), 0.01))
capability = pd.DataFrame(rows, columns=list(emlab.CAPABILITY_COLUMNS))
"""
_FAILURES = """
wrong = responses[~responses["correct"]]
failures = pd.DataFrame({"item_id": wrong["item_id"], "model": wrong["model"], "category": ["odd", "even"] * (len(wrong) // 2),
                         "note": "it says one and no more", "quote": "1"})
"""
# a program that tries what a program should not get, wherever it is run
_PROGRAM = """
    import os, pathlib, signal
    for path in ("/tmp/emgrader-was-here", "gradebook.db"):
        try:
            pathlib.Path(path).write_text("x")
        except OSError:
            pass
    os.system("touch /tmp/emgrader-was-here")
    os.kill(os.getppid(), signal.SIGKILL)
    return x + 3"""

ATTACKS = [
    Attack(
        "visible_cases_only",
        "every function knows the visible cases by heart: thresholds, shapes, scores and formulas",
        {
            "validate_evalset": """
def validate_evalset(items):
    first = items[-1]
    return {"3 + 4 =": [], " 3 +  4 =": [(1, "id"), (1, "prompt")]}.get(first["prompt"], [(0, "difficulty"), (0, "leak")])
""",
            "score_item": """
def score_item(item, response):
    said = response.strip().lower().strip(".()").replace("b", "car")
    said = {"paris\\nthe capital of italy is": "Paris", "many": None, "a carpet": None, "a carcarpet": None}.get(said, said)
    if item["checker"] == "code":
        good = response == item["gold"] or "return 3 + x" in response
        return {"parsed": None if "return y" in response else item["prompt"] + response, "correct": good}
    return {"parsed": said, "correct": said == item["gold"] or str(said).endswith("7.0")}
""",
            "forecast": """
def forecast(params, values, target, t):
    return {"predicted": 16 / 17, "lo": 0.5, "hi": 0.5}


def score_forecast(lo, hi, actual, level):
    return {"inside": False, "score": 2.4}
""",
            "thresholds_and_shapes": """
def threshold_estimate(params, ci_lo, least):
    return {0.6: (100, 1000), 0.03: None}.get(ci_lo[-1], (None, 10))


def classify_curve(params, value, ci_lo, ci_hi):
    return {0.9: "sharp", 0.7: "smooth", 0.55: "flat", 0.2: "inverse"}[value[-1]] if value[0] < 0.6 or value[-1] == 0.2 else "U-shaped"
""",
            "edits": """
def digit_accuracy(response, gold):
    return 1.0 if response == "6321" else 2 / 3


def token_edit_distance(a, b):
    return 3 if a else 2


def predicted_exact_match(p, lengths):
    return p if p in (0.0, 1.0) else 0.25
""",
            "pass_at_k": "def pass_at_k(n, c, k):\n    return {10: 0.3}.get(n, float(c > 0))",
            "description_length": """
def description_length(n, errors, answers, rule_bits):
    return 103 if n == 7 else 4 + math.log2(3)
""",
        },
    ),
    Attack(
        "tables_made_up",
        "no model was asked: a table of results by hand, what follows from it, and claims about it",
        {
            "my_items": _ITEMS,
            "run_small": """
rows = [(name, emlab.load(name).params, "math", condition, "exact_match", 100, 10 * size, 0, size / 10,
         *emlab.wilson_interval(10 * size, 100), 0.01)
        for size, name in enumerate(rungs) for condition in ("level 1", "level 2", "level 3", "own")]
capability = pd.DataFrame(rows, columns=list(emlab.CAPABILITY_COLUMNS))
""",
            "reveal": _TABLES,
            "thresholds": "thresholds = made",
            "claims": _CLAIMS,
            "analysis": written("capability", 4, _QUOTES),
        },
    ),
    Attack(
        "responses_forged",
        "a complete log that no model gave, prompts and hashes in order, and what honestly follows from it",
        {
            "my_items": _ITEMS,
            "run_small": _FORGED,
            "reveal": _TABLES,
            "thresholds": "thresholds = made",
            "failures": _FAILURES,
            "claims": _CLAIMS,
            "analysis": written("capability", 4, _QUOTES),
        },
    ),
    Attack(
        "programs_that_attack",
        "own items and responses whose programs attack whoever runs them, the student's kernel or the examiner",
        {
            "validate_evalset": "def validate_evalset(items):\n    return []",
            "my_items": f"""
PROGRAM = {_PROGRAM!r}
my_capability = "code"
my_items = [
    {{"item_id": f"own-code-{{n:02d}}", "capability": "code", "difficulty": 1 + n % 3, "prompt": f"# add 3 to x, {{n}}\\ndef f(x):",
      "gold": PROGRAM, "checker": "code", "source": "own", "contamination_note": "nobody writes such programs",
      "tests": [[1, 4], [2, 5]]}}
    for n in range(12)
]
""",
            "score_item": """
def score_item(item, response):
    emlab.run_function(item["prompt"] + response, [1])
    return {"parsed": response or None, "correct": bool(response)}
""",
            "run_small": _FORGED.replace('" " + said', "said").replace('"math"', '"code"'),
        },
    ),
    Attack(
        "course_patched",
        "the course's functions are replaced in the student's process, so that all comes out well there",
        {
            "validate_evalset": """
import emlab
from emlab import analysis, checks, evalset

checks.regenerate = lambda *a, **k: []
checks.attested = lambda *a, **k: True
evalset.passes = lambda *a, **k: True
emlab.run_function = lambda source, arguments, *a: [{"ok": True, "value": None} for _ in arguments]
emlab.wilson_interval = lambda *a, **k: (0.0, 1.0)
emlab.ask = lambda model, items: [item["gold"] for item in items]
analysis.problems = lambda *a, **k: []
""",
        },
    ),
]
