"""Hands attacks in as one class, with classmates between them, and grades it in one engine by one command."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path

from nbgrader.api import Gradebook

from emgrader.course import open_course
from emgrader.demo import write_feedback
from emgrader.intake import take_in
from tests.attacks.generic.classmates import CANARY, CLASSMATES
from tests.conftest import tree
from tests.emgrader.small_course import CONFIG, SOLVED, SmallCourse

LIMITS = """
c.Examiner.cell_timeout = 5
c.Examiner.call_timeout = 3
c.Examiner.memory = 1024
"""
NAP = 91_234


class Batch(SmallCourse):
    """The class, graded: `left` is what remains of it on this machine, `refused` {student: why}.

    `folder` becomes the place of all temporary files of the command, so that what others do doesn't count.
    """

    def __init__(self, engine, attacks, root, folder):
        super().__init__(root, config=CONFIG + LIMITS)
        self.engine, self.folder = engine, str(folder)
        for student in CLASSMATES:
            sources = {**SOLVED, "double": f"{SOLVED['double']}  # {CANARY}"}
            self.submit(
                student, sources, ["import sys\nprint('fine', file=sys.stderr)"], files={"diary.txt": CANARY}
            )
        self._before = self._fixed()
        with socket.create_server(("127.0.0.1", 0)) as listener:
            listener.settimeout(0.1)
            self.refused = self._hand_in(attacks, listener.getsockname()[1])
            self.submitted = {attack.name: self.sent_by(attack.name) for attack in attacks}
            self.done = self._grade()
            self.called = _called(listener)
        self.refused |= dict(line.split(": ", 1) for line in self.done.stderr.splitlines() if ": " in line)
        with Gradebook(f"sqlite:///{self.root}/gradebook.db", "small") as gradebook:
            notebooks = gradebook.find_assignment("small").submissions
            self.grades = {
                one.student.id: {grade.cell.name: grade.auto_score for grade in one.notebooks[0].grades}
                for one in notebooks
            }
            self.by_hand = [
                grade
                for one in notebooks
                for grade in one.notebooks[0].grades
                if grade.manual_score is not None
            ]
        with open_course(self.root) as course:
            write_feedback(course, "small", sorted(self.grades), jobs=2)
        self.changed = [name for name, content in self._fixed().items() if self._before.get(name) != content]
        self.left = self._left()

    def _fixed(self):
        """What no submission may change: the instructor's files, and what the gradebook says about cells."""
        found = {name: tree(self.root / name) for name in ("source", "release")}
        found["config"] = (self.root / "nbgrader_config.py").read_bytes()
        found["classmates"] = {name: tree(self.root / "submitted" / name) for name in CLASSMATES}
        with Gradebook(f"sqlite:///{self.root}/gradebook.db", "small") as gradebook:
            cells = gradebook.find_notebook("small", "small").grade_cells
            found["cells"] = sorted((cell.name, cell.max_score, cell.cell_type) for cell in cells)
        return found

    def _hand_in(self, attacks, port):
        """Put everything into submitted/, some of it by intake. Returns what intake refused."""
        values = {"{root}": self.root, "{port}": port, "{nap}": NAP}
        sent = self.root.parent / "sent"
        sent.mkdir()
        for attack in attacks:
            sources = {name: filled(text, values) for name, text in attack.sources.items()}
            added = [filled(text, values) for text in attack.added]
            folder = self.submit(attack.name, sources, added, attack.change, attack.files)
            if attack.place is not None:
                attack.place(folder, self.root)
            if attack.upload is not None:
                (notebook,) = folder.iterdir()
                ending, content = attack.upload(notebook.read_text())
                (sent / f"{attack.name}{ending}").write_bytes(content)
                notebook.unlink()
                folder.rmdir()
                folder.parent.rmdir()
        with open_course(self.root) as course:
            received = take_in(course, "small", sent)
        return {one.student: one.outcome for one in received if one.status == "attention"}

    def _grade(self):
        command = [sys.executable, "-m", "emgrader.cli", "--course", self.root]
        command += ["grade", "small", "--engine", self.engine.name, "--jobs", "3"]
        environment = {**os.environ, "PYTHONPATH": os.getcwd(), "TMPDIR": self.folder}
        return subprocess.run(command, capture_output=True, text=True, env=environment)

    def _left(self):
        deadline = time.monotonic() + 10  # killed processes are gone a moment later
        while True:
            left = [
                name for name, lock in getattr(self.engine, "running", dict)().items() if self.folder in lock
            ]
            left += [path for path in os.listdir(self.folder)]
            left += processes("sleep", str(NAP)) + processes(self.folder)
            left += [str(path) for top in (self.root.parent, Path("/tmp")) for path in top.glob("*planted*")]
            left += [str(path) for path in self.root.rglob("*planted*")]
            if not left or time.monotonic() > deadline:
                return left
            time.sleep(0.1)

    def sent_by(self, student):
        """The files of a submission with their bytes, and its links with where they lead."""
        folder = self.root / "submitted" / student
        files = (path for path in folder.rglob("*") if path.is_symlink() or path.is_file())
        return {str(path): os.readlink(path) if path.is_symlink() else path.read_bytes() for path in files}

    def told(self, student):
        """All text that a student's code put out while it was graded."""
        cells = self.graded(student).cells
        shown = [
            c for c in cells if c.cell_type == "code" and not c.metadata.get("nbgrader", {}).get("grade")
        ]
        return "".join(_text(output) for cell in shown for output in cell.outputs)

    def everything(self, student):
        """All that grading wrote about a student, in one text: the canary of another's work must not be there."""
        folders = [self.root / step / student for step in ("autograded", "feedback")]
        files = b"".join(content for folder in folders for content in tree(folder).values())
        return files.decode(errors="replace") + " ".join(filter(None, self.comments(student).values()))

    def page(self, student):
        """The feedback."""
        return (self.root / "feedback" / student / "small" / "small.html").read_text()


def filled(text, values):
    """The text with each key of `values` replaced by its value."""
    for key, value in values.items():
        text = text.replace(key, str(value))
    return text


def processes(*words):
    """Command lines of this machine's processes that hold all the words, in them or in the environment."""
    found = []
    for path in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            line = path.read_bytes().replace(b"\0", b" ").decode(errors="replace")
            whole = line + path.with_name("environ").read_bytes().decode(errors="replace")
        except OSError:
            continue
        if all(word in whole for word in words):
            found.append(line)
    return found


def _called(listener):
    """Whether anybody has connected."""
    try:
        listener.accept()
    except TimeoutError:
        return False
    return True


def _text(output):
    return str(output.get("text", "")) + str(output.get("data", "")) + str(output.get("evalue", ""))
