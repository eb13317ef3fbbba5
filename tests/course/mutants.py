"""Mutants of an assignment's solution: small changes of its functions that no check notices.

    python -m tests.course.mutants few_shot [grade_id ...]

The solved notebook is run once. Then each function cell is mutated by cosmic-ray's operators, one change at
a time, and the checks below it are run in a fork, hidden parts included, until one fails. A survivor is
printed as the line that changed: a check is missing, or the change is one that the task allows.
"""

import argparse
import ast
import contextlib
import difflib
import os
import signal
import sys
import tempfile
from pathlib import Path

from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from emgrader.examiner.walk import is_test
from tests.conftest import PROJECT
from tests.course.submissions import marks, solved_source

# "is" for "==" and the like make no difference in what a task asks for; the last two need settings
LEFT_OUT = ("_Is", "_IsNot", "VariableReplacer", "VariableInserter")
SECONDS = 60  # for all checks of one mutant; an endless loop is noticed


def mutants(source):
    """The different sources that one operator makes of a cell by one change, in order."""
    seen = {ast.unparse(ast.parse(source))}
    for name in operator_names():
        if name.endswith(LEFT_OUT):
            continue
        occurrence = 0
        while (changed := mutate_code(source, get_operator(name)(), occurrence)) is not None:
            occurrence += 1
            try:
                plain = ast.unparse(ast.parse(changed))
            except SyntaxError:
                continue
            if plain not in seen:
                seen.add(plain)
                yield changed


def survives(shell, source, checks):
    """Whether all checks pass after the cell `source` was run, in a fork."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        signal.alarm(SECONDS)
        for cell in [source, *checks]:
            if not shell.run_cell(cell, silent=True).success:
                os._exit(1)
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def changed_line(before, after):
    lines = difflib.unified_diff(before.split("\n"), after.split("\n"), n=0, lineterm="")
    return "  ".join(line for line in list(lines)[3:])


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("assignment")
    parser.add_argument("cells", nargs="*", help="grade ids of function cells; all of them by default")
    args = parser.parse_args()
    cells = solved_source(args.assignment).cells
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for path in Path(PROJECT, "source", args.assignment).glob("*.*"):
            if path.suffix != ".ipynb":
                Path(path.name).symlink_to(path)
        shell = InteractiveShell.instance()
        for cell in cells:
            with capture_output():
                done = cell.cell_type != "code" or shell.run_cell(cell.source, silent=True).success
            if not done:
                sys.exit(f"the solution itself fails in {marks(cell).get('grade_id')}")
        left = 0
        for place, cell in enumerate(cells):
            name = marks(cell).get("grade_id")
            functions = marks(cell).get("solution") and cell.cell_type == "code" and "def " in cell.source
            if not functions or (args.cells and name not in args.cells):
                continue
            checks = [below.source for below in cells[place:] if is_test(below)]
            tried = 0
            for tried, source in enumerate(mutants(cell.source), start=1):
                print(f"\r{name}: {tried}", end="", file=sys.stderr, flush=True)
                if survives(shell, source, checks):
                    left += 1
                    print(f"\r{name}: {changed_line(cell.source, source)}", flush=True)
            print(f"\r{name}: {tried} mutants", flush=True)
    sys.exit(f"{left} mutants survive" if left else 0)


if __name__ == "__main__":
    main()
