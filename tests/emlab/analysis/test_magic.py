import json
import sys

import pytest
from IPython.core.error import UsageError
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.capture import capture_output

from emlab.analysis import CHECKS

CLAIMS = """
from emlab import claim
large, none = {"model": "ladder/774k", "k": 5}, {"model": "ladder/774k", "k": 0}
claim("C1", results, where=large, column="acc", greater_than=0.9)
claim("C2", results, where=large, column="acc", greater_than={"where": none, "by": 0.4})
claim("C3", results, where={"model": "ladder/22k", "k": 5}, column="acc", between=(0.45, 0.55))
claim("C4", results, where=large, column="seed_sd", less_than=0.05)
"""


@pytest.fixture
def shell(monkeypatch, tmp_path):
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path))
    # the shell puts its own names in this place and empties them in the end
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    InteractiveShell.clear_instance()
    shell = InteractiveShell.instance()
    shell.run_line_magic("load_ext", "emlab")
    yield shell
    shell.reset(new_session=False)
    InteractiveShell.clear_instance()


def run(shell, source):
    with capture_output() as captured:
        result = shell.run_cell(source)
    result.raise_error()
    return captured


def test_a_complete_analysis_is_stored_and_shown(shell, write, results, responses):
    shell.push({"results": results, "responses": responses})
    said = run(shell, CLAIMS).stdout.splitlines()
    assert len(said) == 4 and all("holds (True)" in line for line in said)
    markdown, checklist = run(shell, "%%analysis few_shot\n" + write()).outputs
    assert markdown.data["text/markdown"].strip() == write()
    assert checklist.data["text/plain"].count("[done]") == len(CHECKS)
    stored = shell.user_ns["analyses"]["few_shot"]
    assert json.loads(json.dumps(stored)) == stored
    assert set(stored) == {"text", "claims", "checks"}
    assert [claim["id"] for claim in stored["claims"]] == ["C1", "C2", "C3", "C4"]
    assert [(check["id"], check["ok"]) for check in stored["checks"]] == [(id, True) for id in CHECKS]


def test_the_checklist_flips_as_the_work_grows(shell, write, results, responses):
    def ok():
        run(shell, "%%analysis few_shot\n" + write())
        return {check["id"] for check in shell.user_ns["analyses"]["few_shot"]["checks"] if check["ok"]}

    assert ok() == {"headings", "words", "numbers"}
    shell.push({"responses": responses})
    assert ok() == {"headings", "words", "numbers", "quotes"}
    shell.push({"results": results})
    run(shell, CLAIMS)
    assert ok() == set(CHECKS)
    # The claims are looked up in the table as it is now.
    shell.push({"results": results.assign(acc=0.1)})
    assert ok() == set(CHECKS) - {"claims"}


def test_what_the_student_wrote_is_escaped_in_the_checklist(shell, results):
    shell.push({"results": results})
    text = '%%analysis few_shot\n## Limits\n\nIt was <img src=x onerror="alert(1)"> 0.33 & more.'
    html = run(shell, text).outputs[1].data["text/html"]
    assert "&lt;img src=x onerror=&quot;alert(1)&quot;&gt;" in html
    assert "<img" not in html


def test_the_state_is_a_word_in_both_renderings(shell):
    checklist = run(shell, "%%analysis few_shot\nnothing yet").outputs[1].data
    assert checklist["text/plain"].count("[to do]") == 4
    assert checklist["text/html"].count("to do:</strong>") == 4
    assert "Checklist of the analysis few_shot: 1 of 5 done" in checklist["text/html"]


def test_an_unknown_analysis_names_those_that_exist(shell):
    with pytest.raises(UsageError, match="fewshot: there is no such analysis.*few_shot"):
        shell.run_cell_magic("analysis", "fewshot", "text")


def test_a_variable_named_analyses_does_not_break_it(shell):
    shell.push({"analyses": 3, "results": "no table"})
    run(shell, "%%analysis few_shot\ntext")
    assert set(shell.user_ns["analyses"]) == {"few_shot"}
