from nbformat.v4 import new_code_cell, new_notebook

from emgrader.prose import ClearProse

PROSE = """%%analysis few_shot
## Hypothesis
*What did you expect?*
### BEGIN SOLUTION
I expected nothing.
### END SOLUTION
## Limits
*What can't you conclude?*
### BEGIN SOLUTION
Much.
### END SOLUTION"""


def cleared(source: str) -> str:
    marks = {"grade": False, "solution": True, "locked": False, "task": False}
    marks |= {"grade_id": "a", "schema_version": 3}
    cell = new_code_cell(source, metadata={"nbgrader": marks})
    kernel = {"display_name": "Python 3", "language": "python", "name": "python3"}
    nb = new_notebook(cells=[cell], metadata={"kernelspec": kernel})
    return ClearProse().preprocess(nb, {})[0].cells[0].source


def test_prose_keeps_headings_and_prompts_and_gets_no_code_stub():
    lines = [line for line in cleared(PROSE).split("\n") if line]
    assert lines == [
        "%%analysis few_shot",
        "## Hypothesis",
        "*What did you expect?*",
        "## Limits",
        "*What can't you conclude?*",
    ]


def test_code_gets_the_stub_of_nbgrader():
    code = "def f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION"
    assert cleared(code) == "def f():\n    # YOUR CODE HERE\n    raise NotImplementedError()"


def test_a_percent_sign_in_code_is_not_prose():
    code = "%%time\n### BEGIN SOLUTION\nx = 1\n### END SOLUTION"
    assert "NotImplementedError" in cleared(code)
