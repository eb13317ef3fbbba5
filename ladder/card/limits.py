"""What the card's numbers do not say."""

from ladder.measure.common import ENOUGH


def text(ladder: dict) -> str:
    """The section on limits, as Markdown; which rungs have further seeds is read from ladder.json."""
    again = list(dict.fromkeys(entry["name"] for entry in ladder.get("seeds", [])))
    once = [entry["name"] for entry in ladder["rungs"] if entry["name"] not in again]
    points = [
        "The world of the corpus is made up. What a rung answers about the real one is noise.",
        "The intervals are over items. They do not hold what another training would give: "
        + (f"{_listed(again)} were trained from further seeds, " if again else "")
        + f"{_listed(once)} only once. The order in which abilities appear may be a matter of the seed.",
        "The recipe and the corpus were tuned on the ladder's own measurements, with a view to showing what"
        " the course speaks of. The curves are those of a corpus that was made to have them; that a"
        " phenomenon is there says nothing about how common it is in large models.",
        "Arbitrary labels come from a list in two halves. In the first batches of the training each half has"
        " a settled meaning, and afterwards every document decides anew (`ladder/CORPUS.md`). Without"
        " examples a rung may therefore lean to one of two labels; seed_sd in `measured/few_shot.csv` says"
        " how much that depends on the pair. Pairs from within one half, which no review in training has, are"
        " measured apart.",
        "In the corpus, arguments about real words mostly have the conclusion that one would believe when it"
        " follows, and one that one would not believe when it does not: belief bias is put there, and only"
        " its size is a finding.",
        "Facts, proverbs and words of the dictionary are limited in number. Where several requests are about"
        " one of them, the interval takes these together (`ladder/measure/clusters.py`): n counts the"
        f" requests, at least {ENOUGH} different ones in every cell, n_items what they are about.",
        "The tokenizer keeps whole words of a small vocabulary and spells everything else in bytes: text from"
        " outside the corpus is long and strange to every rung.",
    ]
    return "\n".join(f"- {point}" for point in points)


def _listed(names: list[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
