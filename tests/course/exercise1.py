"""Submissions to exercise 1 for the gates: solution, starter, zoo, cheats, sample class."""

import re
from pathlib import Path

import nbformat

from emgrader.submission import build
from tests.attacks.few_shot import ATTACKS
from tests.zoo.few_shot import ZOO

PROJECT = Path(__file__).resolve().parents[2]
ASSIGNMENT = "few_shot"
SAMPLES = PROJECT / "tests" / "sample_class" / ASSIGNMENT
_MARK = re.compile(r"^[ \t]*### (BEGIN|END) SOLUTION\n?", re.MULTILINE)

# What each made-up student of the sample class must lose; everything else is full marks.
SAMPLE_CLASS = {
    "student01": "",
    "student02": "",
    "student03": "",
    "student04": "effects_true attention_scores bayes gpt3_gain analysis_form",
    "student05": "select_random select_balanced select_similar run_grid_records summarize_intervals "
    "results_true",
    "student06": "select_random select_balanced select_similar results_complete attention_scores bayes",
    "student08": "",
    "student09": "order_of_examples run_grid_records run_grid_models results_complete results_true "
    "effects_true analysis_form",
    "student10": "bayes",
    "student12": "results_true analysis_form",
    "student13": "",
}


def source_notebook():
    return nbformat.read(PROJECT / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)


def release_notebook():
    return nbformat.read(PROJECT / "release" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)


def grade_id(cell) -> str | None:
    return cell.metadata.get("nbgrader", {}).get("grade_id")


def is_test(cell) -> bool:
    marks = cell.metadata.get("nbgrader", {})
    return bool(marks.get("grade")) and not marks.get("solution")


def checks() -> list[str]:
    """The grade ids of the autograded cells, in order."""
    return [grade_id(cell) for cell in source_notebook().cells if is_test(cell)]


def solution(edits: dict | None = None):
    """What a student with the course's own solution hands in, changed by the `edits` of an entry of ZOO."""
    edits = dict(edits or {})
    answers = {
        grade_id(cell): _MARK.sub("", cell.source + "\n").rstrip("\n")
        for cell in source_notebook().cells
        if cell.metadata.get("nbgrader", {}).get("solution")
    }
    nb = release_notebook()
    for cell in nb.cells:
        name = grade_id(cell)
        if name in answers:
            cell.source = answers[name]
            for right, wrong in edits.pop(name, []):
                assert right in cell.source, f"the solution of {name} has no {right!r}: mend the zoo's edit"
                cell.source = cell.source.replace(right, wrong)
    assert not edits, f"there are no cells {sorted(edits)}"
    return nb


def everyone() -> dict:
    """Submissions by name: (notebook, {file: text beside it}).

    solution, starter, student…, zoo-…, attack-…
    """
    release = release_notebook()
    texts = {path.stem: path.read_text(encoding="utf-8") for path in sorted(SAMPLES.glob("*.py"))}
    made = {"solution": (solution(), {}), "starter": (release_notebook(), {})}
    made |= {
        name: (build(release, text, name, texts), {}) for name, text in texts.items() if name in SAMPLE_CLASS
    }
    made |= {f"zoo-{wrong.name}": (solution(wrong.edits), {}) for wrong in ZOO}
    for attack in ATTACKS:
        nb = release_notebook()
        for cell in nb.cells:
            cell.source = attack.cells.get(grade_id(cell), cell.source)
        made[f"attack-{attack.name}"] = (nb, attack.files)
    return made
