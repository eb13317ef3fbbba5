"""The model card's page, from ladder.json and the measured tables."""

import json

import pandas as pd

from emlab.models.ladder import FOLDER
from emlab.plots import shipped
from emlab.plots.style import short_number
from emlab.plots.tidy import above_chance, on_the_way
from ladder.card import limits
from ladder.card.abilities import ability_rows, ability_table, losses, summary
from ladder.card.figures import PICTURES, induction_with_few_shot
from ladder.card.notes import TRIED
from ladder.card.phenomena import findings
from ladder.card.tables import Measured, NotMeasured
from ladder.corpus.episodes import ANSWER, CONTEXT
from ladder.corpus.families import FAMILIES, LATE_LEAK
from ladder.train import Settings

CARD = FOLDER / "README.md"
NOT_YET = "Not measured yet."


def card(measured: Measured | None = None) -> str:
    """The whole page, as Markdown."""
    measured = measured or Measured()
    ladder = json.loads((FOLDER / "ladder.json").read_text(encoding="utf-8"))
    sections = {
        "": _head,
        "The rungs": lambda: _rungs(ladder),
        "Data": _data,
        "Recipe": _recipe,
        "What is there and what is absent": lambda: _phenomena(measured),
        "Each rung beats the one below": lambda: _summary(measured),
        "Abilities": lambda: _abilities(measured),
        "When abilities appear in training": lambda: _appearance(measured),
        "Attention and learning from examples": lambda: _attention(measured),
        "Figures": lambda: _figures(measured),
        "Limits": lambda: limits.text(ladder),
        "The tables": lambda: _tables(measured),
    }
    parts = []
    for title, section in sections.items():
        if title:
            parts.append(f"## {title}")
        try:
            parts.append(section())
        except NotMeasured:
            parts.append(NOT_YET)
    return "\n\n".join(parts) + "\n"


def _head() -> str:
    return (
        "# The ladder of small language models\n\n"
        "Causal language models of one family (Llama, tied embeddings), trained from scratch on one made-up"
        " corpus with one recipe and as many tokens each, so that they differ in size alone. They are for"
        " teaching and for controlled experiments: they know nothing of the world.\n\n"
        "Written by `python -m ladder.card`; change the code, not this page."
    )


def _rungs(ladder: dict) -> str:
    lists = {
        kind: [_entry(entry) for entry in ladder.get(kind, [])] for kind in ("rungs", "checkpoints", "seeds")
    }
    parts = [
        markdown(pd.DataFrame(lists["rungs"])),
        "FLOPs are those of the training, CPU time that of one thread. The hash is the first 12 digits of the"
        " SHA-256 of `model.safetensors`. The weights are stored in float16; the context is"
        f" {Settings().length} tokens.",
    ]
    if lists["checkpoints"]:
        parts += ["One rung on its way, shipped too:", markdown(pd.DataFrame(lists["checkpoints"]))]
    if lists["seeds"]:
        parts += [
            "Trained again from other seeds and measured; these are in `ladder/seeds/`, not in the package:",
            markdown(pd.DataFrame(lists["seeds"])),
        ]
    return "\n\n".join(parts)


def _entry(entry: dict) -> dict:
    """One line of the list of rungs; what an older list lacks stays out."""
    shown = {"rung": f"`{entry['name']}`", "parameters": f"{entry['params']:,}"}
    shown |= {name: entry[name] for name in ("width", "layers", "heads", "hidden") if name in entry}
    shown["tokens"] = short_number(entry["tokens"])
    if "flops" in entry:
        shown["FLOPs"] = f"{entry['flops']:.2g}"
    if "cpu_seconds" in entry:
        shown["CPU time"] = f"{entry['cpu_seconds'] / 60:.0f} min"
    return shown | {"seed": entry["seed"], "hash": f"`{entry['revision']}`"}


def _data() -> str:
    shares = ", ".join(f"{name} {family.share:.0%}" for name, family in FAMILIES.items())
    return (
        f"By share of tokens: {shares}. `ladder/CORPUS.md` describes each with examples. No item of a test"
        " set is in it: training and test items are told apart by a hash of their content. The exception is"
        " deliberate: a part of the knowledge benchmark's items leaked into it, word for word, and is"
        f" measured apart. In the late part of the training the leak is {LATE_LEAK:.0%} of the tokens, with"
        " items that were not in it before."
    )


def _recipe() -> str:
    settings = Settings()
    return (
        f"{settings.main_steps:,} batches of {settings.rows} sequences of {settings.length} tokens, the same"
        f" stream for every rung. Muon (step size {settings.muon_lr:g}) on the layers' matrices, AdamW"
        f" ({settings.adamw_lr:g}) on embeddings and norms, gradients clipped at {settings.clip:g}; step"
        f" sizes constant for {settings.constant:.0%} of the steps, then linear down to {settings.floor:.0%}."
        f" Then a late part of {settings.late_steps:,} batches, from the weights in float16 and with fresh"
        f" optimizers, the step sizes from {settings.late_scale:.0%} linear down."
        f" Answers have a loss weight of {ANSWER:g}, the text around them of {CONTEXT:g}. `make ladder`"
        " retrains everything; `ladder/README.md` says more."
    )


def _phenomena(measured: Measured) -> str:
    parts = [
        "An effect counts where a whole 95 % interval lies on its side; no correction is made for looking"
        " at many."
        " The numbers are those of the smallest and of the largest rung, or as they say."
    ]
    for group, found in findings(measured.cells).items():
        rows = []
        for name, finding in found.items():
            if finding is None:
                rows.append(
                    {"effect": name, "where": "not measured yet", "numbers": "", "what was tried": ""}
                )
                continue
            where = ", ".join(f"`{name}`" for name in finding.where) or "**absent**"
            tried = "" if finding.there else TRIED.get(name, "")
            rows.append({"effect": name, "where": where, "numbers": finding.numbers, "what was tried": tried})
        table = pd.DataFrame(rows)
        if not table["what was tried"].any():
            table = table.drop(columns="what was tried")
        parts += [f"### {group}", markdown(table)]
    return "\n\n".join(parts)


def _summary(measured: Measured) -> str:
    scores = summary(measured.cells).rename("abilities")
    try:
        scores = pd.concat([scores, losses(measured).rename("loss")], axis=1).sort_index()
    except NotMeasured:
        scores = scores.to_frame()
    rows = scores.reset_index()
    kept = shipped(rows).sort_values("params")
    finished = rows[~rows["model"].str.contains("@")]
    spread = finished.groupby("model")["abilities"].agg(["count", "min", "max"])
    table = pd.DataFrame({"rung": _names(kept["model"])})
    for name in scores.columns:
        table[name] = [f"{value:.3f}" for value in kept[name]]
    table["all seeds"] = [
        f"{spread.at[m, 'min']:.3f} to {spread.at[m, 'max']:.3f}" if spread.at[m, "count"] > 1 else ""
        for m in kept["model"]
    ]
    return (
        "A rung is shipped only if it beats the one below on the mean over its abilities, each rescaled so"
        " that 0"
        " is guessing and 1 is all right. The second measure is the loss on the answers of documents that no"
        " training has seen, in nats a token, each family with its share of the stream.\n\n" + markdown(table)
    )


def _abilities(measured: Measured) -> str:
    rows = ability_table(measured.cells)
    rows.columns = [f"`{name}`" for name in rows.columns]
    return "The share right; the tables have the intervals.\n\n" + markdown(
        rows.rename_axis("ability").reset_index()
    )


def _appearance(measured: Measured) -> str:
    try:
        rows = on_the_way(ability_rows(measured.cells, only_counting=True))
    except ValueError:  # no rung of the tables was measured on its way
        raise NotMeasured("checkpoints") from None
    seen = sorted(set(rows["tokens"]))
    name = rows.loc[rows["tokens"].idxmax(), "model"]
    lines = []
    for ability, part in rows.groupby("ability", sort=False):
        there = above_chance(part.sort_values("tokens")).tolist()
        first = next((tokens for i, tokens in enumerate(seen) if all(there[i:])), None)
        lines.append(
            (first or float("inf"), {"ability": ability, "tokens": short_number(first) if first else "not"})
        )
    lines.sort(key=lambda line: line[0])
    looks = ", ".join(short_number(tokens) for tokens in seen)
    return (
        f"The first of the looks at `{name}` ({looks} tokens) from which on the interval lies above"
        " chance.\n\n" + markdown(pd.DataFrame([line for _, line in lines]))
    )


def _attention(measured: Measured) -> str:
    scores, results = induction_with_few_shot(measured)
    keys = ["model", "seed", "tokens"]
    best = scores.loc[scores.groupby(keys, sort=False)["score"].idxmax()]
    both = best.merge(results[[*keys, "acc"]], on=keys).sort_values(["params", "tokens", "seed"])
    ranks = both[["score", "acc"]].rank().corr().iloc[0, 1]
    kept = shipped(both)
    table = kept[["layer", "head", "score", "acc"]].rename(columns={"acc": "arbitrary labels"})
    table.insert(0, "rung", _names(kept["model"]))
    return (
        "Each rung's best induction head, in a format of the stream, beside its accuracy with arbitrary"
        " labels."
        f" Over all {len(both)} models, further seeds and checkpoints among them, the rank correlation of"
        " the two"
        f" is {ranks:.2f}; models of one rung are alike, so this is no test.\n\n" + markdown(table)
    )


def _figures(measured: Measured) -> str:
    shown = [
        f"![{picture.alternative}](figures/{picture.name}.png)"
        for picture in PICTURES
        if picture.ready(measured)
    ]
    if not shown:
        raise NotMeasured("figures")
    return "\n\n".join(shown)


def _tables(measured: Measured) -> str:
    names = sorted(path.name for path in measured.folder.glob("*.csv"))
    if not names:
        raise NotMeasured("tables")
    runs = json.loads((measured.folder / "made.json").read_text(encoding="utf-8"))
    return (
        "Every number with its interval, for all seeds and checkpoints, is in `measured/`, made by"
        " `python -m ladder.measure`; the seconds are those of a whole run, with tables that were measured"
        " anew since.\n\n" + "\n".join(_run(run) for run in runs)
    )


def _run(made: dict) -> str:
    """One line on a run of the measurements: when and on what, and the tables that are still its own."""
    return (
        f"- On {made['date']} ({made['machine']}, Python {made['python']}, torch {made['torch']},"
        f" transformers {made['transformers']}, {made['seconds']} seconds): "
        + ", ".join(f"`{name}.csv`" for name in sorted(made["tables"]))
    )


def _names(models: pd.Series) -> list[str]:
    return [f"`{model.removeprefix('ladder/')}`" for model in models]


def markdown(rows: pd.DataFrame) -> str:
    """The rows as a Markdown table, numbers with two decimals."""
    lines = [list(rows.columns), ["---"] * rows.shape[1]]
    for row in rows.itertuples(index=False):
        lines.append(["" if v != v else f"{v:.2f}" if isinstance(v, float) else str(v) for v in row])
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)
