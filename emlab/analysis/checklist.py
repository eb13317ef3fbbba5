"""What an analysis still lacks: the checks behind the live checklist and behind the grader's test cells."""

from dataclasses import dataclass

from emlab.analysis.evidence import claim_problems, number_problems, quote_problems
from emlab.analysis.problem import problem
from emlab.analysis.text import MAX_CHARACTERS, Section, sections, words
from emlab.messages import say

CHECKS = ("headings", "words", "claims", "quotes", "numbers")


def problems(analysis, tables, responses, rules) -> list[dict]:
    """What `analysis` still lacks, by `rules`: [{"id", "message", "warning"}, …] in the order of CHECKS.

    analysis: {"text": Markdown, "claims": [claim, …]} as `%%analysis` stores it. It may be anything at all:
        what is malformed is a problem, never a crash.
    tables: name → DataFrame, the tables on which claims are checked (in grading: recomputed ones)
    responses: the raw log, a DataFrame with the columns item_id, prompt and correct
    rules: an entry of RULES
    An empty list when nothing is lacking. Ask about one check by its id:
        [p for p in problems(…) if p["id"] == "claims"]
    Problems of the check "numbers" are warnings as soon as there is a text.
    """
    text = analysis.get("text") if isinstance(analysis, dict) else None
    claims = analysis.get("claims") if isinstance(analysis, dict) else None
    if not isinstance(text, str) or not isinstance(claims, list):
        return [problem(id, say("analysis_malformed")) for id in CHECKS]
    if len(text) > MAX_CHARACTERS:
        return [problem(id, say("analysis_too_long", limit=MAX_CHARACTERS)) for id in CHECKS]
    tables = {name: tables[name] for name in rules["tables"] if name in tables}
    parts = _with_owner(sections(text), rules["headings"])
    lines = [line for _, part in parts for line in part.lines]
    findings = [(owner, part.lines) for owner, part in parts if owner not in rules["predictions"]]
    return [
        *_heading_problems(parts, rules["headings"]),
        *_word_problems(words(lines), rules["min_words"]),
        *claim_problems(lines, claims, tables, rules),
        *quote_problems(lines, responses, rules),
        *number_problems(lines, findings, claims, tables),
    ]


def _with_owner(parts: list[Section], headings) -> list[tuple[str | None, Section]]:
    """Each section with the required heading that it stands under: its own, or the one that it divides."""
    required = {heading.casefold(): heading for heading in headings}
    owned, owner, level = [], None, 0
    for part in parts:
        if part.title in required:
            owner, level = required[part.title], part.level
        elif part.level <= level:
            owner, level = None, 0
        owned.append((owner, part))
    return owned


def _heading_problems(parts, headings) -> list[dict]:
    present = {part.title for _, part in parts}
    found = []
    for heading in headings:
        if heading.casefold() not in present:
            found.append(problem("headings", say("analysis_heading_missing", heading=heading)))
        elif not any(words(part.lines) for owner, part in parts if owner == heading):
            found.append(problem("headings", say("analysis_section_empty", heading=heading)))
    return found


def _word_problems(count: int, least: int) -> list[dict]:
    return [] if count >= least else [problem("words", say("analysis_words", count=count, least=least))]


@dataclass(frozen=True)
class Row:
    """One line of the checklist. state: "done", "to do", or "look again" (only warnings)."""

    id: str
    title: str
    state: str
    messages: tuple[str, ...]


def rows(found: list[dict], rules) -> list[Row]:
    """The checklist, one row for each of CHECKS."""
    result = []
    for id in CHECKS:
        mine = [p for p in found if p["id"] == id]
        state = "done" if not mine else "look again" if all(p["warning"] for p in mine) else "to do"
        title = say(
            f"analysis_title_{id}",
            headings=", ".join(rules["headings"]),
            words=rules["min_words"],
            claims=rules["min_claims"],
            quotes=rules["min_quotes"],
        )
        result.append(Row(id, title, state, tuple(p["message"] for p in mine)))
    return result
