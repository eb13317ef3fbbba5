"""Write the page about the corpus to standard output: each family, its share, an example."""

import random
from collections import Counter
from textwrap import indent

from ladder.corpus.episodes import BLOCKED_SHARE, CONDITION_SHARES, INSTRUCTION_SHARE, TRAINED_TEMPLATES
from ladder.corpus.families import BEGINNER, FAMILIES
from ladder.corpus.stream import BEGINNER_STEPS, documents, encode, tokenizer

SAMPLE = 5000  # documents that the shares are measured on

HEAD = """# The corpus

Made by `python -m ladder.corpus > ladder/CORPUS.md`; change the code, not this page.

Every document is made up by a seeded generator; nothing is downloaded and nothing is stored. The stream
is the same for every rung. Reviews come from the training side of a split by hash
(`emlab.tasks.reviews.split_of`), so no item of a test set ever occurs in it.

Answers (the labels, the copied list, the sum) carry a loss weight of 1, the text around them 0.3.
"""


def main() -> None:
    tokens: Counter[str] = Counter()
    examples: dict[str, str] = {}
    stream = documents(random.Random("page"))
    for _ in range(SAMPLE):
        name, document = next(stream)
        tokens[name] += len(encode(document)[0])
        text = "".join(text for text, _ in document)
        # A medium long document shows most.
        if len(text.splitlines()) > len(examples.get(name, "").splitlines()) and len(text) < 400:
            examples[name] = text
    print(HEAD)
    print(f"The tokenizer has {tokenizer().get_vocab_size()} tokens.\n")
    print("| family | share of tokens | what it is |\n|---|---|---|")
    for name, family in FAMILIES.items():
        sense = family.make.__doc__.strip().splitlines()[0]
        print(f"| {name} | {tokens[name] / tokens.total():.0%} | {sense} |")
    conditions = ", ".join(f"{name} {share:.0%}" for name, share in CONDITION_SHARES.items())
    beginner = ", ".join(f"{name} {family.share:.0%}" for name, family in BEGINNER.items())
    templates = ", ".join(f"`{name}`" for name in TRAINED_TEMPLATES)
    print(f"""
Reviews and categories are few-shot episodes. Their labels: {conditions};
arbitrary labels are drawn afresh for each episode. The classes of the items are independent draws;
{BLOCKED_SHARE:.0%} of the episodes come class by class, {INSTRUCTION_SHARE:.0%} begin with an instruction.
The templates are {templates}; other templates never occur.

The first {BEGINNER_STEPS} batches are for beginners: {beginner}.
Half of their reviews have natural labels. The other half have nonsense labels with a settled meaning: one
half of the list of nonsense words always stands for praise, the other for blame. From then on each episode
decides anew which half is which. So an arbitrary label says nothing without examples: one bit is to be
inferred from them.""")
    for name in FAMILIES:
        print(f"\n## {name.capitalize()}\n\n{indent(examples[name].rstrip(), '    ')}")


if __name__ == "__main__":
    main()
