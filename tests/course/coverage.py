"""Where the course covers what the lecture plan asks for: COVERAGE.md, made from coverage.csv.

python -m tests.course.coverage
"""

import csv
import json
from itertools import groupby
from pathlib import Path

from tests.conftest import PROJECT

PAGE = PROJECT / "COVERAGE.md"
HEAD = """\
# What the lecture asks for, and where a student meets it

Made by `python -m tests.course.coverage` from tests/course/coverage.csv. Each place is a cell of a notebook,
given by its notebook, the heading above it and its id; the numbers are those of the plan's points. A test
fails where a place does not exist or a point is missing.
"""


def topics():
    """The rows of coverage.csv: dicts with part, number (in the plan), topic, notebook, cell and how."""
    with Path(__file__).with_name("coverage.csv").open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def headings(notebook):
    """{id of a cell: the heading above it} of the notebook that students get."""
    path = PROJECT / "release" / notebook / f"{notebook}.ipynb"
    found, heading = {}, ""
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        text = "".join(cell["source"]).split("\n")
        if cell["cell_type"] == "markdown":
            heading = next((line.strip("# ") for line in text if line.startswith(("# ", "## "))), heading)
        found[cell["id"]] = heading
    return found


def page():
    """The text of COVERAGE.md. KeyError for a cell that does not exist."""
    rows = topics()
    places = {notebook: headings(notebook) for notebook in {row["notebook"] for row in rows}}
    lines = [HEAD]
    for part, group in groupby(rows, key=lambda row: row["part"]):
        lines += [f"## {part}", "", "| | topic | where | how |", "|---|---|---|---|"]
        for row in group:
            name, cell = row["notebook"], row["cell"]
            where = f"[{name}](release/{name}/{name}.ipynb), {places[name][cell]}, `{cell}`"
            lines.append(f"| {row['number']} | {row['topic']} | {where} | {row['how']} |")
        lines.append("")
    return "\n".join(lines)


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
