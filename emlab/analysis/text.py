"""Reading an analysis: its sections, its words, its sentences, its citations and its quotes.

The text comes from a student, in grading out of the sandbox: every pattern here is linear in the text, and
`MAX_CHARACTERS` bounds the text itself.
"""

import re
from dataclasses import dataclass

MAX_CHARACTERS = 50_000

_FENCE = re.compile(r" {0,3}(```|~~~)")
_PROMPT = re.compile(r"[ \t]*\*[^*\s][^*]*\*[ \t]*")
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.*)")
_NUMBERING = re.compile(r"\A[0-9]{1,3}[.):]?[ \t]+")
_QUOTE = re.compile(r" {0,3}>[ \t]?(.*)")
_ITEM = re.compile(r"[\[`*_]*([A-Za-z][A-Za-z0-9_-]{0,98}[0-9])(?:[`*_]*\][`*_]*:?|[`*_]*:[`*_]*)[ \t]+(.*)")
_CITATION = re.compile(r"\[(C[1-9][0-9]{0,2})\]")
_WORD = re.compile(r"[^\W\d_](?:[\w'’-]*[^\W_])?")
_LIST_MARK = re.compile(r"\A\s*(?:[-*+]|[0-9]{1,3}[.)])\s+")
# A sentence ends at . ! ? before a space; the citation after the full stop still belongs to it.
_SENTENCE_END = re.compile(r"[.!?][)\]\"'”’*_]{0,3}\s+(?!\s|\[C[0-9])")
_ABBREVIATION = re.compile(r"(?:^|[\s(])(?:e\.g|i\.e|vs|cf|ca|approx|Fig|fig|al|No|no|resp)\.$")


@dataclass(frozen=True)
class Section:
    """The lines under one heading; `title` is None for what stands before the first heading."""

    title: str | None
    level: int
    lines: tuple[str, ...]


@dataclass(frozen=True)
class Quote:
    """A quoted item: > item_id: verbatim text"""

    item_id: str
    text: str


def sections(text: str) -> list[Section]:
    """The analysis cut at its headings, without code blocks, comments and the starter's prompts
    (lines wholly in *italics*)."""
    found, title, level, lines, fenced = [], None, 0, [], False
    for line in _without_comments(text).splitlines():
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            continue
        elif heading := _HEADING.match(line):
            found.append(Section(title, level, tuple(lines)))
            title, level, lines = _bare_title(heading[2]), len(heading[1]), []
        elif not _PROMPT.fullmatch(line):
            lines.append(line)
    return [*found, Section(title, level, tuple(lines))]


def words(lines) -> int:
    """How many words of the writer's own stand in these lines: quotes and numbers are not words."""
    prose = " ".join(line for line in lines if not _QUOTE.match(line))
    return len(_WORD.findall(_CITATION.sub(" ", prose)))


def citations(text: str) -> list[str]:
    """The claims cited as [C1], each once, in order."""
    return list(dict.fromkeys(_CITATION.findall(text)))


def quotes(lines) -> list[Quote]:
    """The lines of the form `> item_id: verbatim text`, each once."""
    items = (_ITEM.fullmatch(line[1].strip()) for line in map(_QUOTE.match, lines) if line)
    return list(dict.fromkeys(Quote(item[1], _unquoted(item[2])) for item in items if item))


def sentences(lines) -> list[str]:
    """The sentences of the prose in these lines. A paragraph, a list item and a table row end a sentence."""
    paragraphs, current = [], []
    for line in lines:
        starts = _LIST_MARK.match(line) or line.lstrip().startswith("|")
        if starts or not line.strip() or _QUOTE.match(line):
            paragraphs.append(" ".join(current))
            current = []
        if not _QUOTE.match(line):
            current.append(_LIST_MARK.sub("", line, count=1).strip())
    paragraphs.append(" ".join(current))
    return [sentence for paragraph in paragraphs for sentence in _split(paragraph) if sentence.strip()]


def _split(paragraph: str) -> list[str]:
    parts, start = [], 0
    for end in _SENTENCE_END.finditer(paragraph):
        # Only the few characters before the stop can hold an abbreviation.
        if not _ABBREVIATION.search(paragraph[max(start, end.start() - 8) : end.start() + 1]):
            parts.append(paragraph[start : end.end()].strip())
            start = end.end()
    return [*parts, paragraph[start:].strip()]


def _bare_title(title: str) -> str:
    """A heading's words alone, folded: "## 1. **Limits**:" is "limits"."""
    bare = title.strip().strip("#").strip().strip("*_:").strip()
    return " ".join(_NUMBERING.sub("", bare, count=1).strip("*_: ").casefold().split())


def _without_comments(text: str) -> str:
    kept, *comments = text.split("<!--")
    return kept + "".join(comment.partition("-->")[2] for comment in comments)


def _unquoted(text: str) -> str:
    text = " ".join(text.split())
    for left, right in ('""', "''", "“”", "‘’", "„“", "``"):
        if len(text) > 1 and text[0] == left and text[-1] == right:
            return text[1:-1].strip()
    return text
