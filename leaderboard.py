"""The class leaderboard of exercise 3: final prompts on items that nobody has seen, against their length.

    python leaderboard.py > board.md

Who wants to take part hands in entry.json: a nickname and the final prompt, which is data. Nothing of a
student's runs here. Prompts are filled and answers are read by the course's own solution, taken from
source/prompting/prompting.ipynb. The items are drawn from the course's secret, in the same way for all who
chose the same problem, without those that stand in somebody's own parts. No name of a student is shown.
"""

import argparse
import hmac
import json
import re
import sys
from dataclasses import dataclass
from pathlib import Path

import nbformat

import emlab
from emgrader.examiner.seed import course_secret
from emlab.tasks.labels import FIRST_HALF, SECOND_HALF
from emlab.tasks.problems import PROBLEMS

ASSIGNMENT = "prompting"
MAX_BYTES = 64 * 1024
MAX_TEXT = 1000  # characters of one text of a prompt
_NICKNAME = re.compile(r"[A-Za-z0-9 ]{1,20}")
_NEEDED = ("render", "parse")


class NoEntry(ValueError):
    """An entry.json that can't be used; the text says why."""


@dataclass(frozen=True)
class Line:
    """One line of the leaderboard."""

    nickname: str
    problem: str
    model: str
    n: int
    acc: float
    lo: float
    hi: float
    tokens: float  # of a prompt, on average


def leaderboard(root: Path, items: int = 200) -> tuple[list[Line], list[str]]:
    """The lines, best first within each problem and model, and what was left out, with the reason."""
    secret = course_secret(root)
    solution = _solution(root)
    lines, left_out = [], []
    for path in sorted((root / "submitted").glob(f"*/{ASSIGNMENT}/entry.json")):
        student = path.parts[-3]
        try:
            lines.append(_line(_entry(path), _pseudonym(secret, student), secret, solution, items))
        except NoEntry as error:
            left_out.append(f"{student}: {error}")
    return sorted(lines, key=lambda line: (line.problem, line.model, -line.acc, line.tokens)), left_out


def as_markdown(lines: list[Line]) -> str:
    """The leaderboard as a Markdown table."""
    head = ["| problem | rung | nickname | accuracy | 95 % interval | tokens |", "|---|---|---|---|---|---|"]
    return "\n".join(
        head
        + [
            f"| {x.problem} | {x.model} | {x.nickname} | {x.acc:.2f} | {x.lo:.2f}-{x.hi:.2f} "
            f"| {x.tokens:.0f} |"
            for x in lines
        ]
    )


def _entry(path: Path) -> dict:
    """The entry in a file, every field checked."""
    if path.is_symlink() or not path.is_file() or path.stat().st_size > MAX_BYTES:
        raise NoEntry("entry.json is no plain file, or too large")
    try:
        entry = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, RecursionError):
        raise NoEntry("entry.json is not JSON") from None
    match entry:
        case {
            "nickname": str(),
            "problem": str(problem),
            "number": int(number),
            "model": str(model),
            "prompt": dict(prompt),
        } if not isinstance(number, bool) and abs(number) < 10**12:
            pass
        case _:
            raise NoEntry("a field is missing or of another type")
    if problem not in PROBLEMS or model not in emlab.rungs():
        raise NoEntry("there is no such problem, or no such rung of the ladder")
    _check_prompt(prompt)
    return entry


def _check_prompt(prompt: dict) -> None:
    texts = [prompt.get(key) for key in ("instruction", "example", "query", "delimiter", "parser")]
    lists = [prompt.get(key) for key in ("examples", "until")]
    good = (
        set(prompt) == set(emlab.PROMPT_KEYS)
        and all(isinstance(text, str) for text in texts)
        and all(isinstance(part, list) and len(part) <= 50 for part in lists)
        and type(prompt["max_gen_toks"]) is int
        and prompt["max_gen_toks"] > 0
    )
    if not good:
        raise NoEntry("the prompt is not made of the parts of a prompt")
    if any(not isinstance(text, str) or len(text) > MAX_TEXT for text in [*texts, *lists[0], *lists[1]]):
        raise NoEntry("a part of the prompt is no text, or too long")


def _line(entry: dict, pseudonym: str, secret: str, solution: dict, n: int) -> Line:
    """The entry's prompt on n new items."""
    prompt, model = entry["prompt"], emlab.load(entry["model"])
    draw = hmac.new(secret.encode(), b"leaderboard", "sha256").hexdigest()
    try:
        problem = emlab.load_problem(entry["problem"], entry["number"])
        seen = {item["question"] for item in problem.pool + problem.dev + problem.test}
        items = emlab.new_items(entry["problem"], entry["number"], n, draw, seen)
        texts = [solution["render"](prompt, item, problem.pool) for item in items]
        if len(model.tokenize(max(texts, key=len))) + prompt["max_gen_toks"] > model.max_length:
            raise ValueError("it is too long for the model")
        how = {"until": prompt["until"], "max_gen_toks": prompt["max_gen_toks"]}
        said = model.generate_until([(text, how) for text in texts])
        right = sum(
            solution["parse"](text, prompt["parser"]) == item["answer"]
            for text, item in zip(said, items, strict=True)
        )
    except (ValueError, KeyError, TypeError) as error:
        raise NoEntry(f"the prompt can't be run ({error})") from None
    nickname = entry["nickname"].strip()
    lo, hi = emlab.wilson_interval(right, n)
    tokens = sum(len(model.tokenize(text)) for text in texts[:20]) / len(texts[:20])
    shown = nickname if _NICKNAME.fullmatch(nickname) else pseudonym
    return Line(shown, entry["problem"], entry["model"], n, right / n, lo, hi, tokens)


def _pseudonym(secret: str, student: str) -> str:
    """A made-up name, the same at every run; only who has the secret can tell whose it is."""
    digest = hmac.new(secret.encode(), f"leaderboard\n{student}".encode(), "sha256").digest()
    first, second = FIRST_HALF[digest[0] % len(FIRST_HALF)], SECOND_HALF[digest[1] % len(SECOND_HALF)]
    return f"{first} {second} {digest[2] % 100:02d}"


def _solution(root: Path) -> dict:
    """render and parse of the course's own solution."""
    nb = nbformat.read(root / "source" / ASSIGNMENT / f"{ASSIGNMENT}.ipynb", as_version=4)
    cells = {cell.metadata.get("nbgrader", {}).get("grade_id"): cell.source for cell in nb.cells}
    namespace: dict = {"re": re}
    for name in _NEEDED:
        exec(compile(cells[name], f"<{name}>", "exec"), namespace)
    return namespace


def main(argv=None) -> None:
    """Print the table; apart from it, since it is for everybody, who is not on it and why."""
    parser = argparse.ArgumentParser(description="Rank the prompts entered in exercise 3, without names.")
    parser.add_argument("--course", type=Path, default=Path(__file__).parent, metavar="DIR")
    parser.add_argument("--items", type=int, default=200, help="new items for each prompt (default: 200)")
    args = parser.parse_args(argv)
    lines, left_out = leaderboard(args.course, args.items)
    print(as_markdown(lines))
    for reason in left_out:
        print(reason, file=sys.stderr)


if __name__ == "__main__":
    main()
