"""What a long run shows: a live table on a terminal, one line for each finished submission anywhere else."""

import time

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text

MARKS = {"waiting": "·", "running": "▸", "done": "✓", "failed": "✗"}
STYLES = {"waiting": "dim", "running": "cyan", "done": "green", "failed": "red"}


class Board:
    """Shows jobs by name as they wait, run (and at what) and end. Use it as a context manager.

    On a terminal that can move its cursor the table is redrawn in place; else (a log file, a dumb terminal)
    each end is a line.
    """

    def __init__(self, names, console=None):
        self.console = console or Console()
        self.live = None
        self.jobs = {name: {"state": "waiting", "at": "", "start": None, "end": None} for name in names}
        self.width = max((len(name) for name in names), default=0)

    def __enter__(self):
        if self.console.is_terminal and not self.console.is_dumb_terminal:
            self.live = Live(self._table(), console=self.console, refresh_per_second=4)
            self.live.start()
        return self

    def __exit__(self, *error):
        if self.live is not None:
            self.live.update(self._table(), refresh=True)
            self.live.stop()

    def start(self, name):
        self.jobs[name].update(state="running", start=time.monotonic())
        self.redraw()

    def at(self, name, what):
        """Say what a running job is busy with."""
        self.jobs[name]["at"] = what
        self.redraw()

    def end(self, name, verdict, failed=False):
        self.jobs[name].update(state="failed" if failed else "done", at=verdict, end=time.monotonic())
        if self.live is None:
            job = self.jobs[name]
            ended = sum(j["end"] is not None for j in self.jobs.values())
            line = f"[{ended}/{len(self.jobs)}] {name:<{self.width}} {_elapsed(job):>6}  {verdict}"
            self.console.print(line, markup=False, highlight=False)
        self.redraw()

    def redraw(self):
        if self.live is not None:
            self.live.update(self._table())

    def _table(self):
        """The jobs that fit the screen: ended ones scroll out first."""
        table = Table(box=None, show_header=False, padding=(0, 1))
        room = max(5, self.console.height - 3)
        names = sorted(self.jobs, key=lambda name: self.jobs[name]["end"] is None)[-room:]
        for name in [name for name in self.jobs if name in names]:
            job = self.jobs[name]
            mark = Text(MARKS[job["state"]], style=STYLES[job["state"]])
            table.add_row(mark, name, Text(_elapsed(job), justify="right"), Text(job["at"]))
        ended = sum(job["end"] is not None for job in self.jobs.values())
        return Group(table, Text(f"{ended} of {len(self.jobs)}", style="dim"))


def _elapsed(job):
    if job["start"] is None:
        return ""
    return f"{(job['end'] or time.monotonic()) - job['start']:.0f} s"
