"""What a rung knows of the made-up world, asked with letters and without.

acc_letter: the likeliest letter after the question with its options. acc_cloze: the option whose text is
likeliest after the question alone; every option is one token, so no length is to be normalised. Both choose
from four.

The benchmark holds 1,150 asked facts, 558 that were only stated, 135 that never occurred, and 205 leaked
items (139 of stated facts and 66 of facts that never occurred). So the cells of what never occurred or leaked
can't have 500 items, nor can those of single subjects and bands; each row gives its n.
"""

from emlab.tasks.encyclopedia import SUBJECTS
from emlab.tasks.knowledge import BANDS, LETTERS, STATUSES, benchmark, fact
from ladder.corpus.leak import leaked_items
from ladder.measure.choosing import likeliest
from ladder.measure.common import Loaded, rate_row

CHANCE = 1 / len(LETTERS)


def by_status(rung: Loaded) -> list[dict]:
    """Accuracy by what training held, of all subjects together (task "knowledge") and of each."""
    rows = []
    for subject in (None, *(subject.name for subject in SUBJECTS)):
        task = f"knowledge/{subject}" if subject else "knowledge"
        for condition, items in cells().items():
            items = [item for item in items if subject in (None, item["subject"])]
            rows += _accuracies(rung, task, condition, items)
    return rows


def by_band(rung: Loaded) -> list[dict]:
    """Accuracy by how often a fact is stated; the condition is "asked/head" and so on."""
    rows = []
    for condition in ("asked", "held_out"):
        for band in BANDS:
            items = [item for item in cells()[condition] if item["band"] == band]
            rows += _accuracies(rung, "knowledge", f"{condition}/{band}", items)
    return rows


def letters(rung: Loaded) -> list[dict]:
    """The pull of a letter, over all items that did not leak; the condition is the letter.

    share: how often it is the answer, beside how often it should be (chance). acc: accuracy where it should.
    """
    items = [item for status in STATUSES for item in cells()[status]]
    answers = letter_answers(rung, items)
    rows = []
    for letter in LETTERS:
        own = [answer for item, answer in zip(items, answers, strict=True) if item["gold"] == letter]
        share = len(own) / len(items)
        rows.append(rate_row(rung, "letters", letter, "share", answers.count(letter), len(items), share))
        rows.append(rate_row(rung, "letters", letter, "acc", own.count(letter), len(own), CHANCE))
    return rows


def consistency(rung: Loaded) -> list[dict]:
    """Share of items whose two wordings get the same answer without letters, right or wrong."""
    rows = []
    for status in STATUSES:
        items = cells()[status]
        first, second = (cloze_answers(rung, items, wording) for wording in (0, 1))
        same = sum(a == b for a, b in zip(first, second, strict=True))
        rows.append(rate_row(rung, "consistency", status, "same", same, len(items), CHANCE))
    return rows


def cells() -> dict[str, list[dict]]:
    """The benchmark's items by what training held of them; "leaked" is both of the last two together."""
    leaked = {item["item_id"] for item in leaked_items()}

    def of(status: str, leak: bool) -> list[dict]:
        return [
            item
            for item in benchmark()
            if fact(item["fact_id"]).status == status and (item["item_id"] in leaked) == leak
        ]

    return {
        **{status: of(status, leak=False) for status in STATUSES},
        "leaked": list(leaked_items()),
        "leaked/held_out": of("held_out", leak=True),
        "leaked/never_seen": of("never_seen", leak=True),
    }


def letter_answers(rung: Loaded, items: list[dict]) -> list[str]:
    """The likeliest letter of each item."""
    return likeliest(rung, [(item["prompt"], item["choices"]) for item in items])


def cloze_answers(rung: Loaded, items: list[dict], wording: int = 0) -> list[str]:
    """The likeliest option of each item, asked without letters."""
    return likeliest(rung, [(item["open_prompts"][wording], item["options"]) for item in items])


def _accuracies(rung: Loaded, task: str, condition: str, items: list[dict]) -> list[dict]:
    by_letter = zip(items, letter_answers(rung, items), strict=True)
    by_text = zip(items, cloze_answers(rung, items), strict=True)
    right = {
        "acc_letter": sum(answer == item["gold"] for item, answer in by_letter),
        "acc_cloze": sum(answer == item["answer"] for item, answer in by_text),
    }
    return [rate_row(rung, task, condition, metric, n, len(items), CHANCE) for metric, n in right.items()]
