"""Gathers what a cell puts out, as a notebook stores it, up to a cap."""

import json
from dataclasses import dataclass

import nbformat


@dataclass(frozen=True)
class OutputCaps:
    """How much one cell may put out. What goes beyond is left out; ten times as much stops the cell."""

    bytes: int = 2_000_000
    messages: int = 500


class Collector:
    """Gathers a cell's outputs up to the caps."""

    def __init__(self, caps, patient=False):
        self.caps = caps
        self.patient = patient  # drop everything and never call it a flood
        self.outputs = []
        self._displays = {}  # display id → its outputs
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
        kind, content = message.get("msg_type"), message["content"]
        if kind == "clear_output":
            self._clear = True
            if not content.get("wait"):
                self._cleared()
            return
        if kind not in ("stream", "display_data", "execute_result", "error", "update_display_data"):
            return
        self.messages += 1
        try:
            size = len(json.dumps(content))
        except (TypeError, ValueError):
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
        if kind == "update_display_data":
            self._update(content)
            return
        try:
            output = nbformat.v4.output_from_msg(message)
            nbformat.v4.nbbase.validate(output, "output")
        except Exception:  # not an output that a notebook could hold
            return
        last = self.outputs[-1] if self.outputs else None
        if kind == "stream" and last and last.output_type == "stream" and last.name == output.name:
            last.text += output.text
            return
        self._displays.setdefault(_display_id(content), []).append(output)
        self.outputs.append(output)

    def _cleared(self):
        self.outputs.clear()
        self._clear = False

    def _update(self, content):
        identity = _display_id(content)
        for output in self._displays.get(identity, []) if identity else []:
            output.data = nbformat.from_dict(content.get("data", {}))


def _display_id(content):
    transient = content.get("transient")
    identity = transient.get("display_id") if isinstance(transient, dict) else None
    return identity if type(identity) is str else None
