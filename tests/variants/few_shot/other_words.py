# note: another analysis, with other claims and other quotes, and similar examples in the experiment

# %% experiment
grid = run_grid(rungs, task.pool, task.test[:120], task.labels, emlab.TEMPLATES["review"], ks=(0, 1, 3, 5, 10),
                strategies=("similar", "balanced"), seeds=(7, 11, 13), condition="arbitrary")
responses = pd.DataFrame(grid)
emlab.save_responses(responses, "responses.jsonl.gz")
results = summarize(responses)

# %% claims
from emlab import claim

claim("C1", table=results, where={"model": rungs[0], "k": 5, "strategy": "balanced"}, column="acc", less_than=0.7)
claim("C2", table=results, where={"model": rungs[-1], "k": 10, "strategy": "balanced"}, column="acc", greater_than=0.8)
claim("C3", table=results, where={"model": rungs[-1], "k": 0, "strategy": "balanced"}, column="acc", less_than=0.7)
claim("C4", table=results, where={"model": rungs[-1], "k": 10, "strategy": "balanced"}, column="acc",
      greater_than={"where": {"model": rungs[0], "k": 10, "strategy": "balanced"}, "by": 0.2})
