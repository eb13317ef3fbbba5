"""What grading costs: CPU seconds of `emgrader grade` in each engine beside stock `nbgrader autograde`.

    make bench-grader

The same submissions of a trivial notebook are graded by each, and their cells are run by nbclient alone,
in a plain kernel each: that is the price of the cells themselves. Two sizes of class tell what a command
costs once from what a submission costs. Each is measured three times and the least counts: other work on the
machine, and its caches, can only add to it. Counted is the CPU time, user and system, of all processes that a
command starts, containers included. That takes root and a cgroup-v1 cpuacct controller; elsewhere the CPU
time of the whole machine is counted, which must have nothing else to do.
"""

import contextlib
import itertools
import os
import platform
import subprocess
import sys
import tempfile
import time
from datetime import date
from pathlib import Path

from emgrader.sandbox import SandboxError, get_engine
from tests.emgrader.small_course import CONFIG, SOLVED, STOCK, SmallCourse

SIZES = (2, 12)  # submissions
ROUNDS = 3
TARGET = 0.5  # seconds of CPU that grading a submission may cost beyond its cells
PROJECT = Path(__file__).resolve().parents[1]
ACCOUNTS = Path("/sys/fs/cgroup/cpuacct")
CONTAINERS = ("libpod_parent", "docker")  # groups under which podman and docker put theirs
ENGINES = ("bubblewrap", "podman", "docker")
CELLS = """
import sys, nbformat
from nbclient import NotebookClient
for path in sys.argv[1:]:
    NotebookClient(nbformat.read(path, 4)).execute()
"""


class Meter:
    """Measures commands. `whole` says that it can only count the whole machine."""

    def __init__(self):
        self.group = ACCOUNTS / f"bench-{os.getpid()}"
        self.whole = False
        try:
            self.group.mkdir()
        except OSError:
            self.whole = True

    def seconds(self, command, folder):
        """CPU seconds of a command in a folder, with all that it starts. CalledProcessError if it fails."""
        environment = {**os.environ, "PYTHONPATH": str(PROJECT), "OMP_NUM_THREADS": "1"}
        enter = ["sh", "-c", 'test -z "$1" || echo $$ > "$1/cgroup.procs"; shift; exec "$@"', "sh"]
        enter.append("" if self.whole else str(self.group))
        before = self._used()
        subprocess.run([*enter, *command], cwd=folder, env=environment, check=True, capture_output=True)
        time.sleep(1)  # what a container engine clears away afterwards counts too
        return self._used() - before

    def _used(self):
        if self.whole:
            fields = Path("/proc/stat").read_text().split("\n", 1)[0].split()[1:]
            user, nice, system, _, _, irq, softirq = map(int, fields[:7])
            return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")
        groups = [self.group, *(ACCOUNTS / name for name in CONTAINERS)]
        files = [group / "cpuacct.usage" for group in groups]
        return sum(int(file.read_text()) for file in files if file.exists()) / 1e9

    def close(self):
        """Remove the group; a process that is still in it keeps it."""
        with contextlib.suppress(OSError):
            self.group.rmdir()


def course_of(folder, size, config):
    """A course with `size` submissions, no two of them alike."""
    course = SmallCourse(folder, config=config)
    for number in range(size):
        student = f"student{number:02}"
        course.submit(student, {**SOLVED, "double": f"{SOLVED['double']}  # {student}"})
    return course


def usable():
    """The engines that work here; says why the others don't."""
    for name in ENGINES:
        try:
            get_engine(name)
            yield name
        except SandboxError as error:
            print(f"{name} is left out: {error}", file=sys.stderr)


def measure(meter, scratch):
    """{what: [CPU seconds for each of SIZES]}, the least of ROUNDS."""
    found = {}
    engines = list(usable())
    for round_, size in itertools.product(range(ROUNDS), SIZES):
        place = scratch / f"{round_}-{size}"
        place.mkdir()
        for name, (command, folder) in commands(place, size, engines).items():
            spent = meter.seconds(command, folder)
            print(f"{name}: {size} submissions, {spent:.1f} s", file=sys.stderr)
            found.setdefault(name, {}).setdefault(size, []).append(spent)
    return {name: [min(spent[size]) for size in SIZES] for name, spent in found.items()}


def commands(place, size, engines):
    """{what: (command, folder)}, each with a course of its own in `place`."""
    stock = course_of(place / "stock", size, STOCK)
    notebooks = sorted(stock.root.glob("submitted/*/small/small.ipynb"))
    found = {"the cells alone": ([sys.executable, "-c", CELLS, *notebooks], stock.root)}
    nbgrader = [Path(sys.executable).with_name("nbgrader"), "autograde", "small"]
    found["nbgrader autograde"] = (nbgrader, stock.root)
    for name in engines:
        course = course_of(place / name, size, CONFIG)
        command = [sys.executable, "-m", "emgrader.cli", "grade", "small", "--jobs", "2", "--engine", name]
        found[f"emgrader, {name}"] = (command, course.root)
    return found


def main():
    """Print the table. Exits with 1 if an engine misses the target."""
    meter = Meter()
    try:
        with tempfile.TemporaryDirectory(prefix="bench-") as scratch:
            found = measure(meter, Path(scratch))
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error}\n{error.stderr.decode(errors='replace')[-2000:]}")
    finally:
        meter.close()
    slope = {name: (large - small) / (SIZES[1] - SIZES[0]) for name, (small, large) in found.items()}
    cells = slope["the cells alone"]
    counted = "all processes of this machine" if meter.whole else "the command's processes and containers"
    print(f"CPU seconds, {date.today()}, {platform.platform()}, {os.cpu_count()} cores; counted: {counted}")
    print(f"{'':24}{'once':>8}{'each':>8}{'beyond its cells':>20}")
    for name, (small, _) in found.items():
        once, beyond = small - SIZES[0] * slope[name], slope[name] - cells
        print(f"{name:24}{once:8.2f}{slope[name]:8.2f}{beyond:20.2f}")
    missed = [name for name in found if name.startswith("emgrader") and slope[name] - cells > TARGET]
    print(
        f"Target: at most {TARGET} s beyond its cells. "
        + (f"Missed: {'; '.join(missed)}." if missed else "Met.")
    )
    return bool(missed)


if __name__ == "__main__":
    sys.exit(main())
