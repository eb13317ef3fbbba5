"""The cells that a change can reach, on a small notebook."""

from nbformat.v4 import new_code_cell, new_notebook

from tests.conftest import graded
from tests.course.reach import flow, reached


def notebook():
    """setup, two functions with a test each, a table of the first that is changed later, a picture of it."""
    cells = [
        ("setup", "%load_ext emlab\nimport numpy as np", {"locked": True}),
        ("double", "def double(x):\n    y = np.asarray(x)\n    return 2 * y", {"solution": True}),
        ("double_test", "assert double(2) == 4", {"grade": True, "points": 1}),
        ("triple", "def triple(x):\n    y = 3 * x\n    return y", {"solution": True}),
        ("triple_test", "assert triple(2) == 6", {"grade": True, "points": 1}),
        ("table", "table = {n: double(n) for n in range(3)}", {"solution": True}),
        ("more", "table[9] = 18", {"solution": True}),
        ("picture", "y = list(table)\nprint(y)", {"locked": True}),
        ("table_test", "assert table[9] == 18", {"grade": True, "points": 1}),
        ("claims", "from emlab import claim\nclaim('C1', table=table)", {"solution": True}),
        ("words", "%%analysis small\n\ntriple is a word here", {"solution": True}),
        ("form_test", "assert analyses['small']", {"grade": True, "points": 1}),
    ]
    return new_notebook(cells=[graded(new_code_cell(text), name, **flags) for name, text, flags in cells])


def names(*changed, also=()):
    return " ".join(cell.metadata.nbgrader.grade_id for cell in reached(notebook(), changed, also).cells)


def test_a_function_reaches_its_test_and_what_is_made_with_it():
    told = "setup double double_test table more table_test claims words form_test"
    assert names("double") == told
    assert names("triple") == "triple triple_test"


def test_what_is_changed_in_place_counts():
    assert names("more") == "setup double table more table_test claims words form_test"


def test_an_analysis_needs_its_claims():
    assert names("words") == "setup double table more claims words form_test"


def test_a_test_can_be_asked_for():
    assert names("triple", also={"table_test"}) == "setup double triple triple_test table more table_test"


def test_everything_changed_leaves_out_what_only_shows():
    every = {cell.metadata.nbgrader.grade_id for cell in notebook().cells}
    assert set(every) - set(names(*every).split()) == set(), "what changed itself is kept"
    answers = {c.metadata.nbgrader.grade_id for c in notebook().cells if c.metadata.nbgrader.solution}
    assert every - set(names(*answers).split()) == {"picture"}


def test_a_name_that_a_cell_gives_a_value_first_is_its_own():
    assert flow("rows = []\nfor one in table:\n    rows.append(one)").used == {"table"}
    assert flow("rows = [rows[0]]").used == {"rows"}
    assert flow("rows += [1]").used == {"rows"}
    assert flow("for row in rows:\n    rows = row").used == {"rows"}
    assert flow("if table:\n    rows = []\nrows").used == {"table", "rows"}
    assert flow("def double(x):\n    return double(x) + rows\nrows = 1").used == {"rows"}
