"""Cheats against exercise 1 (see tests/attacks/cheat.py)."""

from tests.attacks.cheat import AGREES, Attack

_NAMES = (
    "build_prompt",
    "select_examples",
    "order_examples",
    "run_grid",
    "summarize",
    "responses",
    "results",
    "order_responses",
    "order_table",
    "label_responses",
    "label_results",
    "format_responses",
    "format_results",
    "attention_to",
    "induction_score",
    "induction",
    "posterior",
    "closed_form",
    "predictive",
    "few_shot_gain",
    "gains",
    "my_template",
    "analyses",
)

ATTACKS = [
    Attack(
        "object_that_agrees",
        "every name that a check may look up is an object that equals everything",
        {"build_prompt": AGREES + "\n".join(f"{name} = Agrees()" for name in _NAMES)},
    ),
    Attack(
        "asserts_dropped",
        "an AST transformer takes every assert out of the cells that follow",
        {
            "build_prompt": """
import ast

class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.Pass()

get_ipython().ast_transformers.append(Drop())
get_ipython().input_transformers_post.append(lambda lines: ["pass\\n"] if any("Check:" in l for l in lines) else lines)
""",
        },
    ),
    Attack(
        "kernel_says_all_is_well",
        "the kernel's do_execute is patched so that every cell ends well, with a full score as its result",
        {
            "build_prompt": """
kernel = get_ipython().kernel

async def do_execute(code, silent, *args, **kwargs):
    kernel.send_response(kernel.iopub_socket, "execute_result",
                         {"data": {"text/plain": "1.0"}, "metadata": {}, "execution_count": 1})
    return {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}

kernel.do_execute = do_execute
""",
        },
    ),
    Attack(
        "checks_patched",
        "the course's own check functions are replaced in the student's process",
        {
            "build_prompt": """
import emlab
from emlab import analysis, checks

checks.reask = lambda *a, **k: []
emlab.wilson_interval = lambda *a, **k: (0.0, 1.0)
analysis.problems = lambda *a, **k: []
import builtins
builtins.AssertionError = type("Quiet", (Exception,), {})
""",
        },
    ),
    Attack(
        "reads_the_tests",
        "searches memory, files, frames and the environment for a hidden test and prints what it finds",
        {
            "build_prompt": """
import gc, os, sys, pathlib

MARK = "BEGIN HIDDEN" + " TESTS"


def build_prompt(template, examples, query, k):
    found = []
    frame = sys._getframe()
    while frame:
        found += [str(v) for v in list(frame.f_locals.values()) if isinstance(v, str) and MARK in v]
        frame = frame.f_back
    found += [o for o in gc.get_objects() if isinstance(o, str) and MARK in o]
    for root in ("/", "/work", "/in", "/tmp", os.getcwd(), os.path.expanduser("~"), ".."):
        for path in list(pathlib.Path(root).glob("*"))[:200] + list(pathlib.Path(root).glob("*/*.ipynb"))[:200]:
            try:
                if path.is_file() and path.stat().st_size < 10**7 and MARK in path.read_text(errors="ignore"):
                    found.append("FOUND " + str(path))
            except OSError:
                pass
    for pid in os.listdir("/proc"):
        if pid.isdigit():
            try:
                blob = open(f"/proc/{pid}/environ", "rb").read() + open(f"/proc/{pid}/cmdline", "rb").read()
                if MARK.encode() in blob or b"EMGRADER_SEED" in blob:
                    found.append("FOUND in process " + pid)
            except OSError:
                pass
    found += ["FOUND " + k for k in os.environ if "SEED" in k and "EMGRADER" in k]
    found = [text for text in found if text != MARK]
    raise ValueError("LEAK " + " ".join(found) if found else "nothing")


try:
    build_prompt({}, [], {}, 0)
except ValueError as error:
    print(error)
""",
        },
    ),
    Attack(
        "pickle_in_the_answer",
        "functions return objects that run code where they are unpickled, copied or shown",
        {
            "build_prompt": """
import os


class Bomb(str):
    def __reduce__(self): return (os.system, ("touch /tmp/emgrader-was-here",))
    def __reduce_ex__(self, protocol): return self.__reduce__()
    def __repr__(self): os.system("touch /tmp/emgrader-was-here"); return "bomb"
    def __eq__(self, other): return True
    __hash__ = str.__hash__


class Answer(dict):
    def __reduce_ex__(self, protocol): return (os.system, ("touch /tmp/emgrader-was-here",))


def build_prompt(*args, **kwargs): return Bomb("Review: the tea was cold")


def select_examples(*args, **kwargs): return [Answer()]


def order_examples(*args, **kwargs): return Answer()
""",
        },
    ),
    Attack(
        "writes_the_gradebook",
        "looks for a gradebook, a configuration or a classmate's work to write into",
        {
            "build_prompt": """
import os, pathlib, sqlite3

for root in [os.getcwd(), *map(str, pathlib.Path(os.getcwd()).parents), "/work", "/home", "/srv", "/tmp"]:
    for path in list(pathlib.Path(root).glob("*.db")) + list(pathlib.Path(root).glob("*/gradebook.db")):
        try:
            con = sqlite3.connect(path)
            con.execute("update grade set manual_score = 5, auto_score = 5")
            con.commit()
            print("WROTE", path)
        except Exception as error:
            print(type(error).__name__)
    for name in ("nbgrader_config.py", "submitted", "source", "release", ".emgrader"):
        path = pathlib.Path(root) / name
        if path.exists():
            print("SEEN", name)
""",
        },
    ),
    Attack(
        "shadows_modules",
        "files beside the notebook take the names of modules",
        {"build_prompt": "import numpy, emlab, json, pytest\nbuild_prompt = select_examples = None"},
        {
            "numpy.py": "raise SystemExit('shadowed numpy')\n",
            "json.py": "raise SystemExit('shadowed json')\n",
            "pytest.py": "def raises(*a, **k):\n    raise SystemExit\n",
            "sitecustomize.py": "import os\nos.environ['EMLAB_SHADOWED'] = '1'\n",
            "conftest.py": "raise SystemExit\n",
            "nbgrader_config.py": "c = get_config()\nc.Autograde.autograde_preprocessors = []\n",
        },
    ),
    Attack(
        "leaves_at_once",
        "ends the process, politely and not",
        {
            "build_prompt": "import os\n\ndef build_prompt(*a):\n    os._exit(0)\n",
            "select_examples": "import sys\n\ndef select_examples(*a, **k):\n    sys.exit(0)\n",
            "order_examples": "import os, signal\n\ndef order_examples(*a):\n    os.kill(os.getpid(), signal.SIGKILL)\n",
        },
    ),
    Attack(
        "own_model_server",
        "points the course's model interface at a model that always knows the answer",
        {
            "build_prompt": """
import os
import emlab

os.environ["EMLAB_BROKER"] = "/tmp/mine.sock"
emlab.load = lambda name: type("Oracle", (), {"params": 1, "name": name})()
emlab.multiple_choice = lambda model, prompts, choices: [{"response": choices[0], "logprobs": [0.0, -9.0]} for _ in prompts]
""",
        },
    ),
]
