"""Attacks on the people who look: markup that would run in formgrader or in feedback, and text that leaks there."""

from tests.attacks.generic.attack import FULL, NO_DOUBLE, Attack, before
from tests.emgrader.hostile_page import MARKDOWN, RUN, SCRIPT, hostile
from tests.emgrader.small_course import SOLVED

_SHOW = f"""
from IPython.display import HTML, Javascript, Markdown, SVG, display
display(HTML({SCRIPT!r}), Javascript({RUN!r}), Markdown({MARKDOWN[1]!r}))
display({{"image/svg+xml": "<svg onload={RUN}></svg>", "text/html": {SCRIPT!r}}}, raw=True)
print("\\x1b]0;title\\x07\\x1b[2J", {SCRIPT!r})
"""

ATTACKS = [
    Attack("markup_handed_in", FULL, SOLVED, change=hostile),
    Attack("markup_while_graded", FULL, before(_SHOW, "double")),
    Attack(
        "markup_in_a_call",
        FULL,
        {
            **SOLVED,
            "double": "def double(x):\n    " + _SHOW.strip().replace("\n", "\n    ") + "\n    return 2 * x",
        },
    ),
    Attack(
        "markup_in_an_answer", {**FULL, "thoughts": None}, {**SOLVED, "thoughts": "\n\n".join(MARKDOWN[:10])}
    ),
    Attack(
        "markup_in_an_error",
        NO_DOUBLE,
        {**SOLVED, "double": f"def double(x):\n    raise ValueError({SCRIPT!r} + '\\x1b[2J' + str(x))"},
    ),
    Attack(
        "markup_in_a_type",
        NO_DOUBLE,
        {**SOLVED, "double": f"def double(x):\n    raise type({SCRIPT!r}, (Exception,), {{}})(x)"},
    ),
    Attack(
        "markup_in_a_file_name",
        FULL,
        SOLVED,
        files={"<img src=x onerror=alert(1)>.txt": "x", "page.html": SCRIPT},
    ),
    Attack(
        "inputs_in_the_answer",
        FULL,
        before("inputs = []", "double")
        | {"double": "def double(x):\n    inputs.append(x)\n    print(x)\n    return 2 * x\ninputs = []"},
        added=("print(inputs)",),
    ),
]
