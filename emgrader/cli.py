"""The command `emgrader`. Each subcommand is a few lines around the module that does it."""

import argparse
import signal
import sys
from datetime import UTC, datetime
from pathlib import Path

from . import lean  # noqa: F401 - must come first
from .course import CourseError
from .messages import say
from .repair import Unreadable
from .submission import SubmissionError

# errors whose message says what to do; BrokerDown and SandboxError are RuntimeErrors of the machine's
FORESEEN = (CourseError, SubmissionError, Unreadable, FileNotFoundError, RuntimeError)


def main(argv=None):
    """Run a command; returns the exit status: 0 fine, 1 something needs you, 2 wrong usage, 130 stopped."""
    args = parser().parse_args(argv)
    # whoever ends this command by SIGTERM wants it to clear up as well
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        return int(args.run(args) or 0)
    except FORESEEN as error:
        print(error, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\n" + say("cli.stopped"), file=sys.stderr)
        return 130


def parser():
    """The commands and their options."""
    main = argparse.ArgumentParser(
        prog="emgrader", description="Release, collect, grade and report assignments."
    )
    main.add_argument(
        "--course", type=Path, default=Path(), metavar="DIR", help="the course folder (default: here)"
    )
    commands = main.add_subparsers(dest="command", required=True, metavar="COMMAND")

    def command(name, run, help):
        sub = commands.add_parser(name, help=help, description=help)
        sub.set_defaults(run=run)
        return sub

    sub = command("release", _release, "make the students' version from source/, and a zip for them in dist/")
    sub.add_argument("assignment", nargs="?", help="default: all in source/")
    sub.add_argument(
        "--check", action="store_true", help="only tell whether release/ is in step with source/"
    )

    sub = command("intake", _intake, "take in what students sent: a folder, a zip, or one notebook")
    sub.add_argument("source", type=Path)
    sub.add_argument("--assignment", required=True)
    sub.add_argument(
        "--received",
        type=_time,
        metavar="TIME",
        help="when it arrived, as 2026-11-30T18:00 (default: the files' time)",
    )

    sub = command("grade", _grade, "grade what is new or has changed, side by side, and report")
    sub.add_argument("assignment")
    sub.add_argument("--jobs", type=int, help="submissions at once (default: one for each core)")
    sub.add_argument("--engine", help=say("cli.engine"))

    sub = command("image", _image, "make or check the container image in which student code runs")
    sub.add_argument("action", choices=["build", "check"])
    sub.add_argument("--engine", choices=["podman", "docker"], help="default: the first that is installed")
    sub.add_argument("--base", metavar="IMAGE", help="build on this image instead of an official slim Python")

    sub = command("report", _report, "show what each submission got, and why")
    sub.add_argument("assignment")
    sub.add_argument("--csv", type=Path, metavar="DIR", help="write the grades and every check there as CSV")

    sub = command("demo", _demo, "go through all of it with made-up classes, in demo/")
    sub.add_argument("--jobs", type=int, help="submissions at once (default: one for each core)")
    sub.add_argument("--engine", help=say("cli.engine"))
    return main


def _time(text):
    """An ISO time; without a zone it is this machine's."""
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r} is no time like 2026-11-30T18:00") from None


def _release(args):
    from .course import assignments
    from .release import findings, out_of_step, release

    chosen = [args.assignment] if args.assignment else assignments(args.course)
    for finding in (text for assignment in chosen for text in findings(args.course, assignment)):
        print(finding, file=sys.stderr)
    if args.check:
        differing = {assignment: out_of_step(args.course, assignment) for assignment in chosen}
        for assignment, files in differing.items():
            key = "cli.out_of_step" if files else "cli.in_step"
            print(say(key, assignment=assignment, files=", ".join(files)))
        return any(differing.values())
    for packed in release(args.course, chosen):
        folder = args.course / "release" / packed.stem
        print(say("cli.released", assignment=packed.stem, folder=folder, zip=packed))


def _intake(args):
    from .course import open_course
    from .intake import take_in

    source = args.source.resolve(strict=True)
    with open_course(args.course) as course:
        results = take_in(course, args.assignment, source, args.received)
    for result in results:
        for line in [result.outcome, *result.actions, *result.notes]:
            print(f"{result.student}: {line}")
    count = {status: sum(r.status == status for r in results) for status in ("same", "attention")}
    new = len(results) - sum(count.values())
    print(say("cli.taken", count=len(results), new=new, **count))
    return bool(count["attention"])


def _grade(args):
    from .course import open_course
    from .grade import grade
    from .report import rows, table, wide_console

    console = wide_console()
    with open_course(args.course, args.engine) as course:
        summary = grade(course, args.assignment, args.jobs, console)
        console.print(table(rows(course, args.assignment), args.assignment))
    for student, why in summary.problems.items():
        print(f"{student}: {why}", file=sys.stderr)
    counts = {name: len(getattr(summary, name)) for name in ("graded", "unchanged", "problems")}
    print(say("cli.graded", **counts))
    return bool(summary.problems)


def _image(args):
    from .course import open_course
    from .examiner.preprocessors import Examiner
    from .sandbox import image

    with open_course(args.course) as course:
        settings = Examiner(parent=course.api)
        engine = image.container_engine(args.engine, settings.image)
        if args.action == "build":
            image.build(engine, settings.image, tuple(settings.distributions), args.base)
        reasons = image.check(engine, tuple(settings.distributions))
    for line in reasons or [say("image.fine", engine=engine.name, image=engine.image)]:
        print(line)
    return bool(reasons)


def _report(args):
    from .course import open_course
    from .report import export, rows, table, wide_console

    folder = args.csv.resolve() if args.csv else None
    with open_course(args.course) as course:
        wide_console().print(table(rows(course, args.assignment), args.assignment))
        for path in export(course, args.assignment, folder) if folder else []:
            print(say("cli.exported", path=path))


def _demo(args):
    from .demo import demo

    summaries = demo(args.course, jobs=args.jobs, engine=args.engine)
    return any(summary.problems for summary in summaries.values())


if __name__ == "__main__":
    sys.exit(main())
