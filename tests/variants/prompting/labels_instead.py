# note: Another problem on other rungs: labels, which two examples make clear to the larger rung.

# %% choose
problem_name, my_number = "labels", 40
large, small = "ladder/248k", "ladder/54k"
problem = emlab.load_problem(problem_name, my_number)

# %% trajectory
start = problem.start
one_each = list({p["answer"]: p["item_id"] for p in problem.pool}.values())
read = {**start, "parser": problem.lenient}
two = {**read, "examples": one_each}
steps = {**two, "example": "Review: {question}\nSteps: {steps}\nSentiment: {answer}"}
versions = {
    "v0": dict(parent="", change_type="start", prompt=start, hypothesis="Nothing says what the words are."),
    "parser": dict(parent="v0", change_type="parser", prompt=read, hypothesis="Another parser finds no word that is not there."),
    "told": dict(parent="parser", change_type="instruction", prompt={**read, "instruction": "Is the review good or bad ?"},
                 hypothesis="The question alone does not name the words."),
    "two": dict(parent="parser", change_type="examples", prompt=two, hypothesis="One example of each class says which words there are."),
    "steps": dict(parent="two", change_type="chain of thought", prompt=steps, hypothesis="A reason may help to tell the words apart."),
    "input": dict(parent="two", change_type="format", prompt={**two, "example": "Input: {question}\nOutput: {answer}", "query": "Input: {question}\nOutput:"},
                  hypothesis="A layout that the model knows should change little."),
}
dev_responses = pd.DataFrame([
    record for name, entry in versions.items() for rung in (large, small)
    for record in evaluate(rung, name, entry["prompt"], problem.dev, problem.pool)
])
rows = []
for name, entry in versions.items():
    asked = dev_responses.query("template_id == @name and model == @large")
    lo, hi = emlab.wilson_interval(int(asked["correct"].sum()), len(asked))
    rows.append([name, entry["parent"], entry["change_type"], entry["hypothesis"],
                 render(entry["prompt"], {"item_id": "", "question": "{question}"}, problem.pool),
                 len(asked), asked["correct"].mean(), lo, hi, asked["prompt"].map(len).mean()])
trajectory = pd.DataFrame(rows, columns=list(emlab.TRAJECTORY_COLUMNS))

# %% paraphrases
base = versions["two"]["prompt"]
paraphrases = {
    "review": base,
    "note": {**base, "example": "Note: {question}\nMood: {answer}", "query": "Note: {question}\nMood:"},
    "told": {**base, "instruction": "Which word belongs to the last review ?"},
}
paraphrase_responses = pd.DataFrame([
    record for name, prompt in paraphrases.items()
    for record in evaluate(large, name, prompt, problem.dev, problem.pool, part="paraphrase")
])
by_item = paraphrase_responses.pivot(index="template_id", columns="item_id", values="correct").astype(int)
spread = prompt_spread(by_item.to_numpy().tolist())
right = by_item.sum(axis=1)
ends = [emlab.wilson_interval(int(k), len(problem.dev)) for k in right]
sensitivity = pd.DataFrame({"version": right.index, "n": len(problem.dev), "acc": right.to_numpy() / len(problem.dev),
                            "lo": [e[0] for e in ends], "hi": [e[1] for e in ends]})

# %% claims
from emlab import claim

claim("C1", table=trajectory, where={"version": "v0"}, column="dev_acc", less_than=problem.chance)
claim("C2", table=test_table, where={"model": large, "version": final}, column="acc", greater_than=0.6)
claim("C3", table=gains, where={"format_gain": 0.0}, column="ability_gain", greater_than=0.5)
claim("C4", table=control, where={"model": small, "version": final}, column="acc", less_than=0.6)

# %% analysis
%%analysis prompting

## Task and start
The start asks for one of two made-up words and shows neither of them. Nobody can know which words are meant, and no rung says one: the start stays below what a constant answer gets [C1]. So it fails because the question is incomplete, and not because the model is weak. That is worth saying first, because the gain that follows is a gain of information.

## Trajectory
I expected that another parser and an instruction change nothing, since neither names the words, and so it was. Two examples were expected to help, and with them the larger rung solves the task on the test set [C2]. A reason in each example and another layout were tried on top. Neither could add anything that this number of items would show.

## Luck and reading
The parser had its own version and changed nothing. All of the gain stays when the first and the last version are read in the same lenient way [C3]. With a start that is never right, luck cannot lift the best of a few versions.

## Control and wording
The smaller rung takes over that one of the two words is wanted and does not find out which: it stays near the share of the more frequent word [C4]. Other wordings of the same prompt are in the table of sensitivity.

## What did not work
> dev-0001: we liked the film and the pilot

> dev-0002: the guide was rather pleasant

With the start the rung went on as if another kind of text had begun.

## Limits
Labels are drawn anew for each document of the training text, so the models were made for this. I can't say whether a larger model of another family would need the examples. I would ask next whether two examples of the same class are enough, and what the order of the two does.
