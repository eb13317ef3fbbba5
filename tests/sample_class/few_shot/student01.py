# student: student01
# note: everything solved, short functions, itertools and pandas

# %% build_prompt
def build_prompt(template, examples, query, k):
    if k < 0 or k > len(examples):
        raise ValueError("not enough examples for k = %d" % k)
    parts = []
    if template["instruction"] != "":
        parts.append(template["instruction"])
    for example in examples[:k]:
        parts.append(template["example"].format(**example))
    parts.append(template["query"].format(text=query["text"]))
    return template["delimiter"].join(parts)

# %% my_template
my_template = {
    "template_id": "mine",
    "instruction": "Read the notes and name the mood .",
    "example": "Note: {text}\nMood: {label}",
    "query": "Note: {text}\nMood:",
    "delimiter": "\n\n",
}
print(build_prompt(my_template, task.pool, task.test[0], 2))

# %% select_examples
def jaccard(a, b):
    a, b = set(a.split()), set(b.split())
    return len(a & b) / len(a | b)


def select_examples(pool, k, strategy, seed, query=None):
    usable = list(pool)
    if query is not None:
        usable = [e for e in usable if e["item_id"] != query["item_id"] and e["text"] != query["text"]]
    if k < 0 or k > len(usable):
        raise ValueError("the pool is too small")
    generator = random.Random(seed)
    if strategy == "random":
        return generator.sample(usable, k)
    if strategy == "balanced":
        stacks = {}
        for e in usable:
            stacks.setdefault(e["label"], []).append(e)
        names = sorted(stacks)
        generator.shuffle(names)
        for name in names:
            generator.shuffle(stacks[name])
        picked = []
        for i in range(k):
            stack = stacks[names[i % len(names)]]
            if not stack:
                raise ValueError("a label has too few items")
            picked.append(stack.pop())
        return picked
    if strategy == "similar":
        if query is None:
            raise ValueError("similar to what?")
        usable.sort(key=lambda e: e["item_id"])
        usable.sort(key=lambda e: jaccard(e["text"], query["text"]), reverse=True)
        return usable[:k]
    raise ValueError("unknown strategy " + repr(strategy))

# %% order_examples
def order_examples(examples, how, seed):
    result = random.Random(seed).sample(examples, len(examples))
    if how == "shuffled":
        return result
    if not how.startswith("last:"):
        raise ValueError("unknown order " + repr(how))
    wanted = how.split(":", 1)[1]
    return sorted(result, key=lambda e: e["label"] == wanted)

# %% design
I expect that the smallest rung can't use the examples at all and stays near one half for every k, because it has a single layer and copying a label needs two steps. The largest rung should start at one half too (the labels are made up) and then rise, most of the way with the first three examples. It would prove me wrong if the smallest rung got clearly better with k.

Fixed: template, labels, the 100 test items, and for each item the chosen examples. Varied one at a time: rung, k, strategy (random, balanced), order seed (three). With 100 items the interval at one half reaches from about 0.40 to 0.60, so two cells have to lie some twenty points apart before I believe it.

# %% run_grid
def run_grid(models, pool, items, labels, template, ks, strategies, orders=("shuffled",), seeds=(0,),
             condition="natural"):
    log = []
    for name, k, strategy in itertools.product(models, ks, strategies):
        model = emlab.load(name)
        sets = [select_examples(pool, k, strategy, i, item) for i, item in enumerate(items)]
        for order, seed in itertools.product(orders, seeds):
            shown = [order_examples(s, order, seed) for s in sets]
            prompts = [build_prompt(template, s, item, k) for s, item in zip(shown, items)]
            answers = emlab.multiple_choice(model, prompts, labels)
            for item, s, prompt, answer in zip(items, shown, prompts, answers):
                log.append(emlab.make_record(
                    run_id="run-1", model=name, params=model.params, item_id=item["item_id"], condition=condition,
                    k=k, strategy=strategy, order=order, template_id=template["template_id"],
                    example_ids=[e["item_id"] for e in s], order_seed=seed, prompt=prompt,
                    response=answer["response"], choices=labels, gold=item["label"]))
    return log

# %% summarize
def summarize(responses):
    keys = ["model", "params", "condition", "k", "strategy", "order", "template_id"]
    table = responses.groupby(keys, as_index=False).agg(
        n=("correct", "size"), n_items=("item_id", "nunique"), n_correct=("correct", "sum"),
        n_unparsed=("parsed", lambda p: int(p.isna().sum())), n_seeds=("order_seed", "nunique"))
    table["acc"] = table["n_correct"] / table["n"]
    bounds = [emlab.wilson_interval(a * m, m) for a, m in zip(table["acc"], table["n_items"])]
    table["ci_lo"], table["ci_hi"] = [b[0] for b in bounds], [b[1] for b in bounds]
    spread = responses.groupby([*keys, "order_seed"])["correct"].mean().groupby(keys).std(ddof=1).fillna(0.0)
    table["seed_sd"] = spread.reindex(pd.MultiIndex.from_frame(table[keys])).to_numpy()
    return table[list(emlab.RESULT_COLUMNS)]

# %% experiment
responses = pd.DataFrame(run_grid(
    rungs, task.pool, task.test[:100], task.labels, emlab.TEMPLATES["review"],
    ks=[0, 1, 3, 5, 10], strategies=["random", "balanced"], seeds=[0, 1, 2], condition="arbitrary"))
emlab.save_responses(responses, "responses.jsonl.gz")
results = summarize(responses)
results

# %% effects
order_responses = pd.DataFrame(run_grid(
    rungs, task.pool, task.test[:100], task.labels, emlab.TEMPLATES["review"], ks=[8], strategies=["balanced"],
    orders=["last:" + label for label in task.labels], condition="arbitrary"))
order_responses["last"] = order_responses["order"].str[5:]
rows = []
for name in rungs:
    mine = order_responses[order_responses["model"] == name]
    share = float((mine["response"] == mine["last"]).mean())
    low, high = emlab.wilson_interval(share * len(mine) / 2, len(mine) / 2)
    rows.append([name, emlab.load(name).params, len(mine), share, low, high])
order_table = pd.DataFrame(rows, columns=["model", "params", "n", "share_last", "ci_lo", "ci_hi"])

parts = []
for kind in ["natural", "arbitrary", "flipped"]:
    this = emlab.load_task("reviews", labels=kind, seed=4)
    parts.append(pd.DataFrame(run_grid(
        rungs, this.pool, this.test[:100], this.labels, emlab.TEMPLATES["review"], ks=[0, 1, 3, 5, 10],
        strategies=["balanced"], condition=kind)))
label_responses = pd.concat(parts, ignore_index=True)
label_results = summarize(label_responses)

parts = []
for template in [emlab.TEMPLATES["review"], emlab.TEMPLATES["arrow"], emlab.TEMPLATES["pipe"], my_template]:
    parts.append(pd.DataFrame(run_grid(
        rungs, task.pool, task.test[:100], task.labels, template, ks=[5], strategies=["balanced"],
        condition="arbitrary")))
format_responses = pd.concat(parts, ignore_index=True)
format_results = summarize(format_responses)
order_table

# %% attention_functions
def attention_to(weights, positions):
    weights = np.asarray(weights)
    mask = np.zeros(weights.shape[-1], dtype=bool)
    mask[list(positions)] = True
    return weights[:, :, -1, mask].sum(axis=-1)


def induction_score(weights, positions, period):
    weights = np.asarray(weights)
    total = np.zeros(weights.shape[:2])
    for t in positions:
        total = total + weights[:, :, t, t - period + 1]
    return total / len(positions)

# %% induction
words = ("basket bridge button candle castle clock coin corner egg flag forest glass island key lake letter map moon "
         "mountain pencil river roof spoon star").split()
sequence = " ".join(random.Random(5).sample(words, 12))
repeated = f"Input: {sequence}\nOutput: {sequence}"
tokens = emlab.load(rungs[0]).tokenize(repeated)
again = tokens.index("Output") + 2
period = again - 2
positions = range(again, again + 11)
rows = []
for name in rungs:
    model = emlab.load(name)
    scores = induction_score(model.attention(repeated).weights, positions, period)
    for layer in range(scores.shape[0]):
        for head in range(scores.shape[1]):
            rows.append((name, model.params, layer, head, float(scores[layer, head])))
induction = pd.DataFrame(rows, columns=["model", "params", "layer", "head", "score"])
induction.groupby(["model", "params"], sort=False)["score"].max()

# %% derivation
Write $r = \varepsilon/(1-\varepsilon)$. Each example multiplies the odds of B against A by $r$ if it agrees with A and by $1/r$ if it does not, because those are the ratios of its probabilities under B and A. After $m$ agreeing and $k - m$ other ones the odds are $\frac{1-\pi}{\pi} r^{m} r^{-(k-m)} = \frac{1-\pi}{\pi} r^{2m-k}$, and $p(A\mid D) = 1/(1 + \text{odds})$. So only $2m-k$ matters. For $\varepsilon = 1/2$, $r = 1$ and nothing is learned: the answer stays $\pi$. For $\varepsilon \to 0$, $r \to 0$, and the posterior jumps to 1 or 0 by majority, or stays $\pi$ at a tie. For a language model $\pi$ says how firmly the training text has tied the words to their usual sense.

# %% bayes_functions
def posterior(prior, likelihoods):
    log_weights = np.log(np.asarray(prior, dtype=float))
    rows = [log_weights]
    for step in np.asarray(likelihoods, dtype=float).reshape(-1, len(log_weights)):
        with np.errstate(divide="ignore"):
            log_weights = log_weights + np.log(step)
        log_weights = log_weights - log_weights.max()
        rows.append(log_weights)
    table = np.exp(np.array(rows))
    return table / table.sum(axis=1, keepdims=True)


def closed_form(pi, eps, m, k):
    log_odds = np.log(pi) - np.log1p(-pi) + (2 * m - k) * (np.log1p(-eps) - np.log(eps))
    return float(0.5 * (1 + np.tanh(log_odds / 2)))


def predictive(weights, label_probs):
    return (np.asarray(weights)[:, None] * np.asarray(label_probs)).sum(axis=0)

# %% few_shot_gain
def few_shot_gain(h1):
    on = ["task", "size", "params"]
    zero = h1[h1["setting"] == "zero"].rename(columns={"value": "zero"})[on + ["zero"]]
    few = h1[h1["setting"] == "few"].rename(columns={"value": "few"})[on + ["few"]]
    both = zero.merge(few, on=on, how="inner").dropna()
    both["gain"] = both["few"] - both["zero"]
    return both.sort_values(["task", "params"]).reset_index(drop=True)


h1 = emlab.published("gpt3_table_h1")
gains = few_shot_gain(h1)
gains.groupby(["params", "size"])["gain"].median()

# %% claims
from emlab import claim

claim("C1", table=results, where={"model": rungs[0], "k": 10, "strategy": "balanced"}, column="acc", between=(0.35, 0.65))
claim("C2", table=results, where={"model": rungs[-1], "k": 10, "strategy": "balanced"}, column="ci_lo", greater_than=0.6)
claim("C3", table=results, where={"model": rungs[-1], "k": 10, "strategy": "balanced"}, column="acc",
      greater_than={"where": {"model": rungs[-1], "k": 0, "strategy": "balanced"}, "by": 0.2})
claim("C4", table=label_results, where={"model": rungs[-1], "condition": "natural", "k": 0}, column="acc",
      greater_than={"where": {"model": rungs[-1], "condition": "arbitrary", "k": 0}, "by": 0.1})

# %% analysis
%%analysis few_shot

## Hypothesis
I thought that only a model with enough layers can read a label off an earlier example, so that the smallest rung would not profit from examples at all, while the largest would need just a few of them.

## Design
The same hundred test items, the same template and, for each item, the same examples were used on all rungs. I changed the number of examples, the strategy and the order, one at a time. Intervals near one half are about twenty points wide, so I speak of a difference only where two intervals are clearly apart.

## Results
With made-up labels the smallest rung stays at chance even with ten examples [C1], while the largest is far above it [C2]. The examples are what makes the difference, since the same rung can only guess without them [C3]. With the natural words it needs no example, because it met those words in training [C4].

## Order and selection
Balanced and random selection differ little for the largest rung once there are several examples. With a single example the choice can't be balanced anyway. The spread over the order seeds is small for the largest rung, so its answers depend on what the examples say and less on where they stand.

## What did not work
> reviews-test-0001: the soup was soggy

> reviews-test-0004: the pool was damp and noisy

The smallest rung gets both of these wrong in some prompt. It answers by habit, so I would not look for a reason in the words. The format with a bar was new to the models and cost the larger rungs accuracy.

## Limits
There are only a few rungs, each from a single training run, and one narrow task. A different seed of training could move the point at which the ability appears. Next I would ask the same question of rungs that were trained twice.
