"""Gathers what a cell puts out, as a notebook stores it, up to a cap.

What doesn't look like an output that a notebook can hold is left out: too deep for what reads notebooks
later, or of other types than it should be.
"""

import json
import math
from dataclasses import dataclass

import nbformat

DEPTH = 64  # of JSON in one output


@dataclass(frozen=True)
class OutputCaps:
    """How much one cell may put out. What goes beyond is left out; ten times as much stops the cell."""

    bytes: int = 2_000_000
    messages: int = 500


class Collector:
    """Gathers a cell's outputs up to the caps.

    `displays` (display id → its outputs) is the kernel's, since a later cell can change what an earlier one
    has shown.
    """

    def __init__(self, caps, displays=None, patient=False):
        self.caps = caps
        self.patient = patient  # drop everything and never call it a flood
        self.outputs = []
        self._displays = {} if displays is None else displays
        self.bytes = self.messages = 0
        self.truncated = False
        self._clear = False

    @property
    def flooded(self):
        """Whether ten times of what's allowed has arrived."""
        return not self.patient and (
            self.bytes > 10 * self.caps.bytes or self.messages > 10 * self.caps.messages
        )

    def add(self, message):
        """Take one broadcast message."""
        kind, content = message.kind, message.content
        if kind == "clear_output":
            self._clear = True
            if not content.get("wait"):
                self._cleared()
            return
        if kind not in ("stream", "display_data", "execute_result", "error", "update_display_data"):
            return
        self.messages += 1
        try:
            content = _clean(content)
            size = len(json.dumps(content))
        except ValueError:
            return
        room = self.caps.bytes - self.bytes
        self.bytes += size
        if size > room or self.messages > self.caps.messages:
            self.truncated = self.truncated or not self.patient
            if room <= 0 or kind != "stream" or type(content.get("text")) is not str:
                return
            content["text"] = content["text"][:room]
        if self._clear:
            self._cleared()
        output = _output("display_data" if kind == "update_display_data" else kind, content)
        if output is None:
            return
        identity = _display_id(content) if "data" in output else None
        for shown in self._displays.get(identity, []):
            shown.data, shown.metadata = output.data, output.metadata
        if kind == "update_display_data":
            return
        last = self.outputs[-1] if self.outputs else None
        if kind == "stream" and last and last.output_type == "stream" and last.name == output.name:
            last.text += output.text
            return
        if identity is not None:
            self._displays.setdefault(identity, []).append(output)
        self.outputs.append(output)

    def _cleared(self):
        self.outputs.clear()
        self._clear = False


def _output(kind, content):
    """The output for a notebook, or None if that's not what the content is."""
    try:
        output = nbformat.v4.output_from_msg({"header": {"msg_type": kind}, "content": content})
        nbformat.v4.nbbase.validate(output, "output")
    except Exception:  # whatever nbformat finds
        return None
    return output


def _clean(data, depth=0):
    """JSON `data` as a notebook file can hold it; ValueError for what is nested too deeply or not finite."""
    if depth > DEPTH:
        raise ValueError("nested too deeply")
    if type(data) is dict:
        return {_clean(key): _clean(value, depth + 1) for key, value in data.items()}
    if type(data) is list:
        return [_clean(item, depth + 1) for item in data]
    if type(data) is str and not data.isascii():
        return data.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    if type(data) is float and not math.isfinite(data):
        raise ValueError("not finite")
    return data


def _display_id(content):
    transient = content.get("transient")
    identity = transient.get("display_id") if isinstance(transient, dict) else None
    return identity if type(identity) is str else None
