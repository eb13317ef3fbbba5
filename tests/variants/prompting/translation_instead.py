# note: The third problem: translation, which a familiar layout makes clear to the larger rung.

# %% choose
problem_name, my_number = "translation", 12
large, small = "ladder/774k", "ladder/54k"
problem = emlab.load_problem(problem_name, my_number)

# %% trajectory
start = problem.start
ids = [item["item_id"] for item in problem.pool]
known = {"example": "English: {question}\nBulgarian: {answer}", "query": "English: {question}\nBulgarian:"}
longer = {**start, "delimiter": "\n\n", **known}
versions = {}


def version(name, parent, change_type, hypothesis, **changes):
    before = versions[parent]["prompt"] if parent else start
    versions[name] = {"parent": parent, "change_type": change_type, "hypothesis": hypothesis, "prompt": {**before, **changes}}


version("v0", "", "start", "Nothing says that another language is wanted.")
version("said", "v0", "instruction", "Naming the language should be enough.", instruction="Translate into Bulgarian.")
version("three", "v0", "examples", "Three pairs show what is wanted.", examples=ids[:3])
version("named", "v0", "format", "A layout that names both languages is clearest.", **known)
version("by word", "named", "chain of thought", "The noun first, then the phrase that agrees with it.",
        example="English: {question}\nSteps: {steps}\nBulgarian: {answer}", query="English: {question}\nBulgarian:")
version("both", "named", "examples", "With pairs in that layout nothing is left to guess.", examples=ids[5:7])

dev_responses = pd.DataFrame([
    record for rung in (small, large) for name, entry in versions.items()
    for record in evaluate(rung, name, entry["prompt"], problem.dev, problem.pool)
])
trajectory = []
for name, entry in versions.items():
    mine = dev_responses[(dev_responses["model"] == large) & (dev_responses["template_id"] == name)]
    lo, hi = emlab.wilson_interval(mine["correct"].sum(), len(mine))
    trajectory.append({"version": name, **{key: entry[key] for key in ("parent", "change_type", "hypothesis")},
                       "template": render(entry["prompt"], {"item_id": "", "question": "{question}"}, problem.pool),
                       "dev_n": len(mine), "dev_acc": mine["correct"].mean(), "lo": lo, "hi": hi,
                       "mean_chars": np.mean([len(text) for text in mine["prompt"]])})
trajectory = pd.DataFrame(trajectory)

# %% paraphrases
base = versions["named"]["prompt"]
paraphrases = {"named": base}
for one, other in (("English", "In Bulgarian"), ("Word", "Translation")):
    paraphrases[other] = {**base, "example": f"{one}: {{question}}\n{other}: {{answer}}", "query": f"{one}: {{question}}\n{other}:"}
paraphrase_responses = pd.DataFrame(sum(
    (evaluate(large, name, prompt, problem.dev, problem.pool, part="paraphrase") for name, prompt in paraphrases.items()), []))
sensitivity = []
for name, mine in paraphrase_responses.groupby("template_id"):
    lo, hi = emlab.wilson_interval(mine["correct"].sum(), len(mine))
    sensitivity.append({"version": name, "n": len(mine), "acc": mine["correct"].mean(), "lo": lo, "hi": hi})
sensitivity = pd.DataFrame(sensitivity)
spread = prompt_spread([[right for right in paraphrase_responses[paraphrase_responses["template_id"] == name]["correct"]] for name in paraphrases])

# %% claims
from emlab import claim

claim("C1", table=trajectory, where={"version": "v0"}, column="dev_acc", less_than=0.3)
claim("C2", table=test_table, where={"model": large, "version": final}, column="acc", greater_than=0.6)
claim("C3", table=selection, where={"k": 5}, column="best_acc", greater_than=0.6)
claim("C4", table=control, where={"model": small, "version": final}, column="acc", less_than=0.4)

# %% analysis
%%analysis prompting

## Task and start
The start is a phrase with a colon after it. Nothing says that Bulgarian is wanted, and the rung seldom gives it [C1]. It goes on in English, as if a list had begun, so it fails because the question is not put.

## Trajectory
I expected an instruction to be enough. It was not, since no document of the training text begins with one. Three pairs were expected to show what is wanted and did so in part. A layout that names both languages was expected to be clearest, and it was: on the test set the final version translates most phrases [C2].

## Luck and reading
The best version lies far above what luck could lift a start like this one to [C3]. The parser stayed the same throughout, so nothing of the gain is one of reading.

## Control and wording
The smaller rung gets the same prompt and stays far behind [C4]: it writes Bulgarian words, of which the noun is often another one. Other names for the two languages cost accuracy, as the table of sensitivity shows.

## What did not work
> dev-0001: clean sun

> dev-0002: clean village

The start answers both with more English. The smaller rung, asked in the layout that works, writes an adjective in the right form and a noun that belongs to something else.

## Limits
Each word is known to the rungs, so this is about putting two of them together and no test of knowing a language. I would ask next whether the adjective still agrees where noun and adjective stand in two sentences, and whether a rung that was never shown the layout could be led to it by more examples alone.
