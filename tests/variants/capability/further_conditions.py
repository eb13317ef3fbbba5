# note: more items than asked for, another set of own items, failures of two rungs

# %% my_items
my_capability = "math"
my_items = [
    dict(item_id=f"own-{i}", capability="math", difficulty=1 + i % 3, prompt=f"{10 ** (1 + i % 3) + 7 * i} + {10 ** (1 + i % 3) + i} =",
         gold=f"{2 * 10 ** (1 + i % 3) + 8 * i}", checker="exact" if i % 2 else "numeric", source="own list", contamination_note="round numbers are read often")
    for i in range(1, 16)
]

# %% run_small
N = 150
items = {}
for d in (3, 2, 1):
    items[f"level {d}"] = emlab.load_items(my_capability, d, N)
items["own"] = my_items
responses = pd.DataFrame(itertools.chain.from_iterable(run_evalset(rungs[:-1], some, c) for c, some in items.items()))
capability = summarize_capability(responses)

# %% failures
rows = []
for r in responses.to_dict("records"):
    if r["correct"] or r["model"] not in rungs[1:3]:
        continue
    right_start = r["response"].strip()[:1] == r["gold"][0]
    rows.append([r["item_id"], r["model"], "begins right" if right_start else "begins wrong", "is the first digit the right one", r["response"]])
failures = pd.DataFrame(rows, columns=["item_id", "model", "category", "note", "quote"])
