"""Mutants of an assignment's solution: small changes of its functions that no check notices.

    python -m tests.course.mutants few_shot [grade_id ...]

What the checks of functions need of the solved notebook is run once. Then the solution of each function cell
is mutated by cosmic-ray's operators, one change at a time, and in a fork of that process the checks that look
the functions up are run, hidden parts included, until one fails. A survivor is printed as the lines that
changed: a check is missing, or the change is one that the task allows, and then it stands with the reason in
allowed_mutants.csv. The command ends well when each survivor is listed there, and all that is listed survive.
"""

import argparse
import ast
import contextlib
import csv
import difflib
import os
import signal
import sys
import tempfile
import time
from pathlib import Path

from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from emgrader.examiner.walk import is_test
from tests.conftest import PROJECT
from tests.course.reach import flow
from tests.course.submissions import marks, solved_source, source_notebook

# "is" for "==" and the like make no difference in what a task asks for; the last two need settings
LEFT_OUT = ("_Is", "_IsNot", "VariableReplacer", "VariableInserter")
AT_ONCE = 2
PATIENCE = 3  # times as long as the right solution takes, and SECONDS: an endless loop is noticed
SECONDS = 3
ALLOWED = Path(__file__).with_name("allowed_mutants.csv")


def functions(assignment):
    """{grade_id: (the solved cell's source, numbers from 0 of those of its lines that are the solution)}."""
    found = {}
    for cell in source_notebook(assignment).cells:
        if not marks(cell).get("solution") or "    ### BEGIN SOLUTION" not in cell.source:
            continue
        lines, inside, number = [], set(), None
        for line in cell.source.split("\n"):
            if line.strip() in ("### BEGIN SOLUTION", "### END SOLUTION"):
                number = len(lines) if "BEGIN" in line else inside.update(range(number, len(lines)))
            else:
                lines.append(line)
        found[marks(cell)["grade_id"]] = "\n".join(lines), inside
    return found


def changed(before, after):
    """The lines that differ: (numbers of lines of `before`, their text, the text of `after`)."""
    before, after = before.split("\n"), after.split("\n")
    matcher = difflib.SequenceMatcher(None, before, after, autojunk=False)
    places = [code for code in matcher.get_opcodes() if code[0] != "equal"]
    (_, start, _, new_start, _), (_, _, end, _, new_end) = places[0], places[-1]
    text = [" ".join(" ".join(lines).split()) for lines in (before[start:end], after[new_start:new_end])]
    return range(start, end), *text


def mutants(source, solution):
    """(before, after, source) for each different source that one change of the solution's lines makes."""
    seen = {ast.unparse(ast.parse(source))}
    for name in operator_names():
        if name.endswith(LEFT_OUT):
            continue
        occurrence = 0
        while (mutant := mutate_code(source, get_operator(name)(), occurrence)) is not None:
            occurrence += 1
            try:
                plain = ast.unparse(ast.parse(mutant))
            except SyntaxError:
                continue
            if plain not in seen:
                seen.add(plain)
                lines, before, after = changed(source, mutant)
                if solution.issuperset(lines):
                    yield before, after, mutant


def start(shell, cells, limit):
    """A fork that runs the cells until one fails, for at most `limit` seconds; its process id."""
    child = os.fork()
    if child == 0:
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        os.dup2(1, 2)
        signal.alarm(limit)
        os._exit(0 if all(shell.run_cell(cell, silent=True).success for cell in cells) else 1)
    return child


def survivors(shell, source, solution, checks):
    """(before, after) of each mutant that passes all the checks, and the number of those that were tried."""
    began = time.monotonic()
    if os.waitpid(start(shell, [source, *checks], 600), 0)[1]:
        sys.exit("the solution itself does not pass its checks")
    limit = SECONDS + round(PATIENCE * AT_ONCE * (time.monotonic() - began))
    running, alive = {}, []

    def wait_for_one():
        child, status = os.wait()
        mutant = running.pop(child)
        if status == 0:
            alive.append(mutant)

    every = list(mutants(source, solution))
    for before, after, mutant in every:
        if len(running) == AT_ONCE:
            wait_for_one()
        running[start(shell, [mutant, *checks], limit)] = before, after
    while running:
        wait_for_one()
    return alive, len(every)


def shell_for(cells, checks):
    """A shell in which those of the cells were run that give the checks their names."""
    cells = [cell for cell in cells if cell.cell_type == "code" and not is_test(cell)]
    modules = set().union(*(flow(cell.source).imported for cell in cells))
    wanted, needed = set().union(*(flow(check).used for check in checks)), []
    for cell in reversed(cells):
        given = flow(cell.source)
        if (given.bound - modules | given.imported) & wanted:
            needed.insert(0, cell)
            wanted |= given.used
    shell = InteractiveShell.instance()
    for cell in needed:
        with capture_output():
            done = shell.run_cell(cell.source, silent=True).success
        if not done:
            sys.exit(f"the solution itself fails in {marks(cell).get('grade_id')}")
    return shell


def allowed(assignment):
    """{(grade_id, before, after)} of the changes that the task allows."""
    with ALLOWED.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["assignment"] == assignment]
    return {(row["cell"], row["before"], row["after"]) for row in rows}


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("assignment")
    parser.add_argument("cells", nargs="*", help="grade ids of function cells; all of them by default")
    args = parser.parse_args()
    every = functions(args.assignment)
    chosen = {name: every[name] for name in args.cells or every}
    listed = {one for one in allowed(args.assignment) if one[0] in chosen}
    cells = solved_source(args.assignment).cells
    tests = [cell.source for cell in cells if is_test(cell)]
    bound = {name: flow(source).bound for name, (source, _) in chosen.items()}
    # those of the cell itself come first
    checks = {name: [test for test in tests if flow(test).used & bound[name]] for name in chosen}
    found = set()
    with tempfile.TemporaryDirectory() as folder, contextlib.chdir(folder):
        for path in Path(PROJECT, "source", args.assignment).glob("*.*"):
            if path.suffix != ".ipynb":
                Path(path.name).symlink_to(path)
        shell = shell_for(cells, sum(checks.values(), []))
        for name, (source, solution) in chosen.items():
            began = time.monotonic()
            alive, tried = survivors(shell, source, solution, checks[name])
            seconds = time.monotonic() - began
            print(f"{name}: {tried} mutants, {len(alive)} survive, {seconds:.0f} s", flush=True)
            for one in alive:
                if (name, *one) not in listed:
                    print("  " + "\n  ".join(one) + "\n", flush=True)
            found |= {(name, *one) for one in alive}
    for one in sorted(listed - found):
        print("listed, but does not survive: " + "\n  ".join(one))
    if found - listed:
        sys.exit(f"{len(found - listed)} mutants survive that are not listed")
    sys.exit("the list holds what does not survive" if listed - found else 0)


if __name__ == "__main__":
    main()
