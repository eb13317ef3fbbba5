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

# %% analysis
%%analysis few_shot

## Hypothesis
Before the run I thought that a rung which reads labels from examples would do so from the first one or two, and that a rung which can't would not gain from ten either, so that I should see steps and not ramps.

## Design
Two ways of choosing examples, balanced and similar, with three orders of each set, on the first one hundred and twenty test items. The labels carry no meaning, so an answer above chance must come from the prompt. Everything else is as in the template given. Near one half my intervals are about nine points wide to either side, and I call nothing a difference that is smaller.

## Results
With five balanced examples the smallest rung is still guessing [C1]. The largest rung is right almost everywhere with ten [C2], although without examples it is not far from a coin [C3]. The distance between the two at ten examples is large against any interval here [C4]. Another reading is that the largest rung was trained on just these label words; this can't be told apart with one pair of labels, and it would predict good answers without examples, which I don't see.

## Order and selection
Similar examples help the two small rungs, which is no sign that they read labels: an item that is nearly repeated in the prompt can be answered by copying what follows it. For the large rungs both ways end in the same place, and the three orders give the same answers.

## What did not work
> reviews-test-0002: what a helpful host

> reviews-test-0007: what a confusing play

Both were missed by the smallest rung with ten balanced examples, and both are plain reviews with a single telling word. It misses about half of all items, hard and easy ones alike, so I find nothing in the words that explains an error. What failed is the step from the examples to the label, not the understanding of a review.

## Limits
One task, one pair of labels and one training run for each size. A different pair might move the size at which the step comes. I would repeat this with five pairs, and with the labels swapped half way through the examples, which a rung that counts would notice and a rung that copies the last one would not.
