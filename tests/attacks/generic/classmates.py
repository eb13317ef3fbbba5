"""Reaching for the others of the class: their work, their sandboxes, their time, their names."""

from pathlib import Path

from tests.attacks.generic.attack import FULL, Attack, before
from tests.emgrader.small_course import SOLVED

CANARY = "canary-classmate-0815"  # in every classmate's notebook, and in a file beside it
CLASSMATES = (
    "a-classmate",
    "k-classmate",
    "t-classmate",
    "zz-classmate",
)  # graded first, in between, and last

_SEARCH = f"""
import os
wanted = {CANARY[::-1]!r}[::-1].encode()
for top in ("/work", "/in", "/tmp", "/run", "/etc", "/home", "/root", "/var", "/srv", "/dev/shm", {{root!r}}):
    for folder, _, names in os.walk(top):
        for name in names:
            path = os.path.join(folder, name)
            try:
                if os.path.isfile(path) and wanted in open(path, "rb").read(10**6): print("GAINED", path)
            except OSError:
                pass
""".replace("{root!r}", "'{root}'")

# Every socket in sight but the kernel's own and the one that watches this container's grader.
_SOCKETS = """
import os, socket
mine = ("/run/kernel/", "/run/alive", "/run/broker.sock")
lines = open("/proc/net/unix").read().splitlines()[1:]
paths = [line.split(None, 7)[7] for line in lines if len(line.split(None, 7)) == 8]
paths += [os.path.join(folder, n) for top in ("/tmp", "/run", "/var") for folder, _, ns in os.walk(top) for n in ns]
for path in set(paths):
    if path.startswith(mine): continue
    line = socket.socket(socket.AF_UNIX)
    try:
        line.connect("\\0" + path[1:] if path[0] == "@" else path)
        print("GAINED", path)
    except OSError:
        pass
"""

# Two submissions do the same: whichever comes second would find what the first has left.
_MARK = """
import ctypes, os, socket, time
libc = ctypes.CDLL(None)
found = [place for place in ("/tmp", "/work", "/dev/shm", "/var/tmp", "/run/kernel") if os.path.exists(place + "/mark")]
if libc.shmget(4711, 100, 0) >= 0: found.append("shared memory")
if libc.semget(4711, 1, 0) >= 0: found.append("semaphore")
if libc.msgget(4711, 0) >= 0: found.append("messages")
try:
    own = socket.socket(socket.AF_UNIX)
    own.bind("\\0mark")
    own.listen()
except OSError:
    found.append("socket")
print("GAINED", found) if found else None
for place in ("/tmp", "/work", "/dev/shm", "/var/tmp"):
    try: open(place + "/mark", "w").close()
    except OSError: pass
libc.shmget(4711, 100, 0o1666), libc.semget(4711, 1, 0o1666), libc.msgget(4711, 0o1666)
time.sleep(1)
"""

_HOG = """
import os, time
for _ in range(20):
    try:
        if os.fork() == 0:
            end = time.time() + 1
            while time.time() < end: pass
            os._exit(0)
    except OSError:
        break
time.sleep(1)
"""


def _pose(nb):
    nb.metadata["nbgrader"] = {"student": CLASSMATES[1], "student_id": CLASSMATES[1]}
    for cell in nb.cells:
        cell.metadata.setdefault("nbgrader", {}).update(student=CLASSMATES[1], submission=CLASSMATES[1])


def _link(folder: Path, root: Path):
    """Links to others' work, and to what only the instructor may see."""
    work = root / "submitted" / CLASSMATES[0]
    (folder / "notes.txt").symlink_to(work / "small" / "diary.txt")
    (folder / "theirs").symlink_to(work)
    (folder / "data.csv").symlink_to(root / "gradebook.db")
    (folder / "link").symlink_to("/etc/passwd")


ATTACKS = [
    Attack("classmate_search", FULL, before(_SEARCH, "double")),
    Attack("classmate_sockets", FULL, before(_SOCKETS, "double")),
    Attack("classmate_mark_1", FULL, before(_MARK, "double")),
    Attack("classmate_mark_2", FULL, before(_MARK, "double")),
    Attack("classmate_hog", FULL, before(_HOG, "double")),
    Attack("classmate_posing", FULL, SOLVED, change=_pose),
    Attack(
        "classmate_links",
        FULL,
        SOLVED,
        place=_link,
        added=(
            "import os\nfor name in ('notes.txt', 'theirs', 'data.csv', 'link'):\n"
            "    if os.path.lexists(name): print('GAINED', name)",
        ),
        event="is a link",
    ),
    Attack(
        "classmate_secrets",
        FULL,
        SOLVED,
        files={"timestamp.txt": "1999-01-01 00:00:00.000000 UTC", "submission_secret.txt": "0" * 64},
    ),
]
