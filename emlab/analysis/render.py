"""The checklist as text and as HTML. The state is always a word; colour only repeats it."""

from html import escape

from emlab.analysis.checklist import Row
from emlab.messages import say

# Dark enough to be read on white, and told apart by people who don't see red and green (Okabe and Ito).
_COLOURS = {"done": "#00664d", "look again": "#7a4a00", "to do": "#8a3800"}


def as_text(name: str, rows: list[Row]) -> str:
    """The checklist for a terminal."""
    lines = [_summary(name, rows)]
    for row in rows:
        lines.append(f"[{_state(row)}] {row.title}")
        lines += [f"    - {message}" for message in row.messages]
    return "\n".join(lines)


def as_html(name: str, rows: list[Row]) -> str:
    """The checklist for a notebook: a labelled list, every text escaped."""
    items = "".join(_item(row) for row in rows)
    summary = escape(_summary(name, rows))
    return (
        f'<div role="group" aria-label="{summary}" '
        'style="border-left: 4px solid #767676; padding-left: 0.8em">'
        f"<p><strong>{summary}</strong></p><ul>{items}</ul></div>"
    )


def _item(row: Row) -> str:
    details = "".join(f"<li>{escape(message)}</li>" for message in row.messages)
    return (
        f'<li><strong style="color: {_COLOURS[row.state]}">{escape(_state(row))}:</strong> '
        f"{escape(row.title)}{f'<ul>{details}</ul>' if details else ''}</li>"
    )


def _state(row: Row) -> str:
    return say(f"analysis_state_{row.state.replace(' ', '_')}")


def _summary(name: str, rows: list[Row]) -> str:
    done = sum(row.state != "to do" for row in rows)
    return say("analysis_summary", name=name, done=done, all=len(rows))
