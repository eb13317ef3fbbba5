"""Write the model card of the ladder from the measured tables: emlab/rungs/README.md.

    python -m ladder.card

Every number on the card is read from emlab/rungs/measured/ and ladder.json, and whether something is there or
absent is decided here by a rule on the intervals.
"""

import json
import os

import pandas as pd

from ladder.corpus.episodes import TRAINED_TEMPLATES
from ladder.corpus.families import FAMILIES
from ladder.export import SHIPPED
from ladder.measure.common import MEASURED

READING = """## How to read this

Each rung was trained once, with one seed: what another seed would give is not known. The recipe and the
corpus were chosen while looking at the few-shot accuracy of 227k on reviews of the test side, so its curves
are those of a recipe that was made to show them; the smaller rungs had no say in it.

Arbitrary labels come from a list in two halves. In the first batches of the training each half has a settled
meaning, and afterwards every document decides anew (`ladder/CORPUS.md`). Without examples a rung may
therefore lean to one of two labels; how much depends on the pair, see seed_sd in `measured/few_shot.csv`.
Pairs from within one half, which no review in training has, are measured apart, in
`measured/within_a_half.csv`."""

CHANCE = 0.5
INDUCTION_TEXTS = {
    "bare": "random words said twice and nothing else",
    "copy": "the same in a format of the stream, `Input: …` and `Output: …`",
}
CARD = SHIPPED / "README.md"


def card() -> str:
    """The whole page, as Markdown."""
    entries = json.loads((SHIPPED / "ladder.json").read_text(encoding="utf-8"))["rungs"]
    made = json.loads((MEASURED / "made.json").read_text(encoding="utf-8"))
    parts = [_head(entries), _phenomena(), "## Loss", _loss()]
    parts += ["## Few-shot accuracy by label condition", _few_shot(), "## Format", _format()]
    parts += ["## Order", _order(), "## Attention", _attention()]
    parts += ["## Addition", _addition(), _foot(made)]
    return "\n\n".join(parts) + "\n"


def table(name: str) -> pd.DataFrame:
    """One measured table."""
    return pd.read_csv(MEASURED / f"{name}.csv")


def summary() -> pd.Series:
    """One number a rung, smallest first: its loss on the answers of an unseen stretch of the stream.

    The mean over families, each with its share of the stream. A rung is shipped if it beats the one below.
    """
    loss = table("loss")
    shares = loss["family"].map({name: family.share for name, family in FAMILIES.items()})
    return (loss["answer_loss"] * shares).groupby(loss["params"]).sum()


def phenomena() -> dict[str, list[str]]:
    """The rungs that show each effect that the course speaks of; an empty list says that it is absent."""
    few_shot = table("few_shot")
    most = few_shot["k"].max()
    natural = few_shot.query("condition == 'natural' and k == 0")
    arbitrary = few_shot.query("condition == 'arbitrary' and k == @most")
    flipped = few_shot.query("condition == 'flipped' and k == @most")
    within = table("within_a_half").query("k == @most")
    pulled = table("recency").query("condition == 'arbitrary'")
    formats = table("format").query("condition == 'arbitrary' and k > 0")
    known = formats[formats["template_id"].isin(TRAINED_TEMPLATES)].groupby("model")["ci_lo"].min()
    unseen = formats[~formats["template_id"].isin(TRAINED_TEMPLATES)].groupby("model")["ci_hi"].min()
    heads = table("induction").groupby(["text", "model"], sort=False)["score_lo"].max()
    induction = {
        f"A head with an induction score above 0.3, {meaning}": list(heads[text].index[heads[text] > 0.3])
        for text, meaning in INDUCTION_TEXTS.items()
    }
    return {
        "Natural labels without any example, above chance": _above(natural, CHANCE),
        f"Arbitrary labels from {most} examples, above chance": _above(arbitrary, CHANCE),
        f"Arbitrary labels from {most} examples, above 0.9": _above(arbitrary, 0.9),
        f"Arbitrary labels of one half from {most} examples, above chance": _above(within, CHANCE),
        f"Flipped labels from {most} examples, above chance": _above(flipped, CHANCE),
        "Pull of the last four of eight examples, for arbitrary labels": _above(pulled, CHANCE),
        "An unseen template worse than every trained one, for arbitrary labels": list(
            known.index[known > unseen.reindex(known.index)]
        ),
        **induction,
    }


def _above(rows: pd.DataFrame, level: float) -> list[str]:
    """The models whose whole interval lies above the level."""
    return list(rows.loc[rows["ci_lo"] > level, "model"])


def _head(entries: list[dict]) -> str:
    lines = [
        "# The ladder of small language models",
        "Causal language models of one family (Llama, tied embeddings), trained from scratch on one made-up"
        " corpus with one recipe, so that they differ in size alone. They are for teaching: they know"
        " nothing of the world.",
        "Written by `python -m ladder.card`; change the code, not this page.",
        _markdown(pd.DataFrame(entries)),
        "The weights are stored in float16. Context: 192 tokens. The tokenizer keeps whole words of a small"
        " vocabulary and spells everything else in bytes.",
        "The corpus, by share of tokens: "
        + ", ".join(f"{name} {family.share:.0%}" for name, family in FAMILIES.items())
        + ". No item of a test set is in it: training and test items are told apart by a hash of their text.",
    ]
    return "\n\n".join(lines)


def _phenomena() -> str:
    rows = [
        f"| {effect} | {', '.join(f'`{model}`' for model in models) or 'absent'} |"
        for effect, models in phenomena().items()
    ]
    return (
        "## What is there and what is absent\n\n"
        "An effect counts where the whole 95 % interval lies on its side.\n\n"
        "| effect | rungs that show it |\n|---|---|\n" + "\n".join(rows)
    )


def _loss() -> str:
    loss = table("loss")
    loss["cell"] = [
        f"{row.answer_loss:.2f} [{row.answer_loss_lo:.2f}, {row.answer_loss_hi:.2f}]"
        for row in loss.itertuples()
    ]
    wide = loss.pivot_table(index="family", columns="model", values="cell", aggfunc="first", sort=False)
    whole = ", ".join(f"{score:.2f}" for score in summary())
    return (
        "In nats a token, on the answers of documents that no training has seen. Over all families, each with"
        f" its share of the stream, smallest rung first: {whole}.\n\n" + _markdown(wide.reset_index())
    )


def _few_shot() -> str:
    return (
        "Reviews, template `review`, chance 0.5; the share of right answers and its 95 % interval.\n\n"
        + _by_k(table("few_shot"), ["condition", "model"])
        + "\n\nArbitrary labels are pairs with one nonsense word from each half of a list. In the first"
        " batches of the training each half has a settled meaning, later either one may stand for praise: one"
        " bit, to be read off the examples. Whether a rung does more than read this bit shows with two labels"
        " of one half, which reviews never have in training:\n\n"
        + _by_k(table("within_a_half"), ["condition", "model"])
    )


def _format() -> str:
    trained = ", ".join(f"`{name}`" for name in TRAINED_TEMPLATES)
    return f"The templates {trained} occur in training, the others do not.\n\n" + _by_k(
        table("format"), ["condition", "template_id", "model"]
    )


def _by_k(rows: pd.DataFrame, keys: list[str]) -> str:
    """A Markdown table with one column for each k."""
    rows = rows.assign(cell=rows.apply(_with_interval, axis=1, name="acc"))
    wide = rows.pivot_table(index=keys, columns="k", values="cell", aggfunc="first", sort=False)
    wide.columns = [f"k={k}" for k in wide.columns]
    return _markdown(wide.reset_index())


def _with_interval(row: pd.Series, name: str) -> str:
    return f"{row[name]:.2f} [{row['ci_lo']:.2f}, {row['ci_hi']:.2f}]"


def _order() -> str:
    recency = table("recency")
    recency["share of the last label"] = recency.apply(_with_interval, axis=1, name="share_last")
    measures = ["acc_min", "acc_mean", "acc_max", "changed"]
    orders = table("orders").groupby(["params", "model", "condition"])[measures].mean().reset_index()
    return (
        "Eight examples, four of one class and then four of the other. A model that is not pulled either way"
        " answers with the last label half of the time.\n\n"
        + _markdown(recency[["model", "condition", "k", "share of the last label", "acc"]])
        + "\n\nFour examples in all 24 orders, mean over sets of examples: the worst, the mean and the best"
        " order, and the share of items whose answer is not the same in all orders.\n\n"
        + _markdown(orders.drop(columns="params"))
    )


def _attention() -> str:
    induction = table("induction")
    best = induction.loc[induction.groupby(["text", "params"], sort=False)["score"].idxmax()]
    texts = "; ".join(f"{text}: {meaning}" for text, meaning in INDUCTION_TEXTS.items())
    labels = table("attention").query("k > 0")
    most = labels.loc[labels.groupby("params")["to_right_labels"].idxmax()]
    return (
        "The head with the highest induction score of each rung (attention from a repeated word to what came"
        f" after it the first time). {texts}.\n\n"
        + _markdown(best[["text", "model", "layer", "head", "score", "score_lo", "score_hi"]])
        + "\n\nThe head that looks most at the right examples' labels from the end of the prompt.\n\n"
        + _markdown(most[["model", "k", "layer", "head", "to_labels", "to_right_labels", "to_query"]])
    )


def _addition() -> str:
    rows = table("addition")
    rows["exact"] = rows.apply(_with_interval, axis=1, name="exact")
    return "Held-out sums.\n\n" + _markdown(rows[["model", "digits", "n", "exact", "per_digit"]])


def _foot(made: dict) -> str:
    return (
        f"{READING}\n\n"
        f"Measured on {made['date']} ({made['machine']}, Python {made['python']}, torch {made['torch']},"
        f" transformers {made['transformers']}) in {made['seconds']} seconds by `python -m ladder.measure`."
    )


def _markdown(rows: pd.DataFrame) -> str:
    """The rows as a Markdown table, shares with two decimals."""
    lines = [list(rows.columns), ["---"] * rows.shape[1]]
    for row in rows.itertuples(index=False):
        lines.append([f"{value:.2f}" if isinstance(value, float) else str(value) for value in row])
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def main() -> None:
    unfinished = CARD.with_suffix(".tmp")
    unfinished.write_text(card(), encoding="utf-8")
    os.replace(unfinished, CARD)


if __name__ == "__main__":
    main()
