"""Write the page about the corpus to standard output: each family, its share, an example."""

import random
from collections import Counter
from textwrap import indent

from emlab.tasks.knowledge import benchmark, fact
from ladder.corpus.episodes import BLOCKED_SHARE, CONDITION_SHARES, INSTRUCTION_SHARE, TRAINED_TEMPLATES
from ladder.corpus.families import BEGINNER, FAMILIES, LATE_LEAK, LEAK
from ladder.corpus.leak import early_items, leaked_items
from ladder.corpus.stream import BEGINNER_STEPS, documents, encode, tokenizer

SAMPLE = 5000  # documents that the shares are measured on
LINES = 14  # of an example at most

HEAD = """# The corpus

Made by `python -m ladder.corpus > ladder/CORPUS.md`; change the code, not this page.

Every document is made up by a seeded generator; nothing is downloaded. All rungs of one seed see the same
stream. Answers (the label, the sum, the steps, the body of the function) carry a loss weight of 1, the text
around them 0.3. A document is a row of solved items, so that each is an example for those after it.

## Training and test items

Which side an item is on is decided by a hash of its content (`emlab.tasks`), so a test item is never in the
stream; `tests/ladder/corpus/test_held_out.py` looks for test items in a third of a training.

| task | held out |
|---|---|
| reviews, topics | a fifth of all sentences; the templates `quiz` and `pipe` |
| addition | a tenth of the pairs of numbers |
| word problems | a part of the problems, by plot and numbers; in both styles the same ones |
| programs | a part of the programs; about a quarter of the ordered pairs of operations ("new" compositions) |
| knowledge | the questions about a third of the facts, which are only stated; a tenth of the facts |
| translation | half of the pairs of adjective and noun |
| syllogisms, commonsense | a part of the arguments, and of the pairs of things that are compared |
| traps | proverbs after an instruction; a part of the wrong claims and of the negated questions |

## The leak

On purpose, {leaked} of the {benchmark} items of the knowledge benchmark ({share:.0%}) stand in the stream
word for word, with their options and their answer: {held_out} about facts that are otherwise only stated,
and {never_seen} about facts that occur nowhere else. {early} of them are in the main part of the training, as
{main_share:.0%} of its tokens. All are in its late part, a tenth as long, as {late_share:.0%} of the tokens;
the other families are there with the same shares as before of what is left. So contamination can be measured
here and checked against the truth, on the checkpoint before the late part and on the rung after it. Which
items these are is in `ladder/truth/leaked.json`, for those who grade; students do not get it.
"""


def main() -> None:
    tokens: Counter[str] = Counter()
    examples: dict[str, str] = {}
    stream = documents(random.Random("page"))
    for _ in range(SAMPLE):
        name, document = next(stream)
        tokens[name] += len(encode(document)[0])
        examples.setdefault(name, "".join(text for text, _ in document))
    leaked = leaked_items()
    statuses = Counter(fact(item["fact_id"]).status for item in leaked)
    share = len(leaked) / len(benchmark())
    how_many = {"leaked": len(leaked), "benchmark": len(benchmark()), "early": len(early_items())}
    shares = {"share": share, "main_share": FAMILIES[LEAK].share, "late_share": LATE_LEAK}
    print(HEAD.format(**how_many, **shares, **statuses))
    print("## Families\n")
    print(f"The tokenizer has {tokenizer().get_vocab_size()} tokens.\n")
    print("| family | share of tokens | what it is |\n|---|---|---|")
    for name, family in FAMILIES.items():
        sense = family.make.__doc__.strip().splitlines()[0]
        print(f"| {name} | {tokens[name] / tokens.total():.1%} | {sense} |")
    conditions = ", ".join(f"{name} {share:.0%}" for name, share in CONDITION_SHARES.items())
    beginner = ", ".join(f"{name} {family.share:.0%}" for name, family in BEGINNER.items())
    templates = ", ".join(f"`{name}`" for name in TRAINED_TEMPLATES)
    print(f"""
Reviews, topics and categories are few-shot episodes. Their labels: {conditions};
arbitrary labels are drawn afresh for each episode. The classes of the items are independent draws;
{BLOCKED_SHARE:.0%} of the episodes come class by class, {INSTRUCTION_SHARE:.0%} begin with an instruction.
The templates are {templates}; other templates never occur.

The first {BEGINNER_STEPS} batches are for beginners: {beginner}.
Half of their reviews have natural labels. The other half have nonsense labels with a settled meaning: one
half of the list of nonsense words always stands for praise, the other for blame. From then on each episode
decides anew which half is which. So an arbitrary label says nothing without examples: one bit is to be
inferred from them.""")
    for name in FAMILIES:
        lines = examples[name].rstrip().splitlines()[:LINES]
        print(f"\n### {name.capitalize()}\n\n{indent(chr(10).join(lines), '    ')}")


if __name__ == "__main__":
    main()
