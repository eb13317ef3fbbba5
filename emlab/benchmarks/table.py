"""Results as lm-evaluation-harness prints them."""

from collections.abc import Sequence

from emlab.benchmarks.evaluate import Result

_COLUMNS = ("Version", "Filter", "n-shot", "Metric", "", "Value", "", "Stderr")
_NUMBERS = {"Version", "n-shot", "Value", "Stderr"}  # they stand at the right


def results_table(results: Sequence[Result]) -> str:
    """The table Tasks | Version | Filter | n-shot | Metric | Value | Stderr; one of the groups follows."""
    tables = [
        _table(first, [result for result in results if result.group == group])
        for first, group in (("Tasks", False), ("Groups", True))
    ]
    return "\n".join(table for table in tables if table)


def _table(first: str, results: Sequence[Result]) -> str:
    rows = []
    for result in results:
        task, version = result.task, f"{result.version:g}"
        # by metric, then filter, as the harness sorts them
        for metric, name, value, stderr in sorted(result.values, key=lambda v: f"{v.metric},{v.filter}"):
            error = "   N/A" if stderr is None else f"{stderr:.4f}"
            rows.append(
                (task, version, name, str(result.num_fewshot), metric, "↑", f"{value:.4f}", "±", error)
            )
            task = version = ""
    if not rows:
        return ""
    header = (first, *_COLUMNS)
    widths = [max(len(text) for text in column) for column in zip(header, *rows, strict=True)]
    # Markdown needs three dashes, and one of them makes room for the colon.
    widths = [
        max(width, 3 + (name in _NUMBERS)) if name else max(width, 3)
        for name, width in zip(header, widths, strict=True)
    ]
    rules = [
        "-" * (width - 1) + ":" if name in _NUMBERS else "-" * width
        for name, width in zip(header, widths, strict=True)
    ]
    lines = [header, rules, *rows]
    return "".join(
        "|"
        + "|".join(
            text.rjust(width) if name in _NUMBERS and line is not header else text.ljust(width)
            for name, text, width in zip(header, line, widths, strict=True)
        )
        + "|\n"
        for line in lines
    )
