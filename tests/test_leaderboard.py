"""The class leaderboard: entries are data, names stay out, what can't be used is left out with a reason."""

import json
import os
import shutil

import pytest

import emlab
import leaderboard
from emgrader.examiner.seed import course_secret
from tests.conftest import PROJECT


@pytest.fixture
def course(tmp_path, monkeypatch):
    """The course's own source, and two models whose answers are known."""
    monkeypatch.setattr(emlab.models, "rungs", lambda: ["mock:constant/9", "mock:constant/10"])
    shutil.copytree(PROJECT / "source" / "prompting", tmp_path / "source" / "prompting")
    course_secret(tmp_path)
    return tmp_path


def entry(**changes):
    problem = emlab.load_problem("word problems", 3)
    made = {"nickname": "pencil", "problem": "word problems", "number": 3, "model": "mock:constant/9"}
    return {**made, "prompt": problem.start, **changes}


def enter(course, student, data):
    folder = course / "submitted" / student / "prompting"
    folder.mkdir(parents=True)
    text = data if isinstance(data, str) else json.dumps(data)
    (folder / "entry.json").write_text(text, encoding="utf-8")


def test_lines_hold_a_score_an_interval_and_no_student(course):
    enter(course, "ana", entry())
    enter(course, "boris", entry(nickname="", model="mock:constant/10"))
    lines, left_out = leaderboard.leaderboard(course, 40)
    text = leaderboard.as_markdown(lines)
    assert len(lines) == 2 and not left_out
    assert "pencil" in text and "ana" not in text and "boris" not in text
    assert all(line.lo <= line.acc <= line.hi and line.n == 40 for line in lines)


def test_the_score_is_the_share_of_new_items_that_are_right(course):
    problem = emlab.load_problem("word problems", 3)
    enter(course, "ana", entry())
    enter(course, "boris", entry(prompt={**problem.start, "parser": "marked"}))
    new, none = leaderboard.leaderboard(course, 200)[0]
    assert 0 < new.acc < 0.3 and none.acc == 0  # some answers are 9; no answer is marked


def test_at_equal_scores_the_shorter_prompt_stands_higher(course):
    start = entry()["prompt"]
    enter(course, "ana", entry(nickname="long", prompt={**start, "instruction": "Think well ."}))
    enter(course, "boris", entry(nickname="short"))
    assert [line.nickname for line in leaderboard.leaderboard(course, 20)[0]] == ["short", "long"]


def test_the_command_prints_the_table_apart_from_what_was_left_out(course, capsys):
    enter(course, "ana", entry())
    enter(course, "boris", "[]")
    leaderboard.main(["--course", str(course), "--items", "10"])
    printed = capsys.readouterr()
    assert "pencil" in printed.out and "boris" not in printed.out
    assert printed.err.startswith("boris: ")


def test_the_same_board_comes_out_twice(course):
    enter(course, "ana", entry(nickname=""))
    assert leaderboard.leaderboard(course, 20) == leaderboard.leaderboard(course, 20)


@pytest.mark.parametrize(
    "data",
    [
        "not json",
        "[" * 100_000,
        "[]",
        entry(number=True),
        entry(number="3"),
        entry(model="ladder/none"),
        entry(problem="chess"),
        entry(prompt={}),
        entry(prompt={**entry()["prompt"], "examples": [1]}),
        entry(prompt={**entry()["prompt"], "query": "x" * 5000}),
        entry(prompt={**entry()["prompt"], "query": "{question} \ud800"}),
        entry(prompt={**entry()["prompt"], "query": "{question} {answer}"}),
        entry(prompt={**entry()["prompt"], "max_gen_toks": "many"}),
        entry(prompt={**entry()["prompt"], "max_gen_toks": True}),
        entry(prompt={**entry()["prompt"], "max_gen_toks": 10**9}),
    ],
)
def test_what_cannot_be_used_is_left_out(course, data):
    enter(course, "ana", data)
    lines, left_out = leaderboard.leaderboard(course, 10)
    assert lines == [] and len(left_out) == 1 and left_out[0].startswith("ana: ")


def test_a_link_is_not_followed(course):
    enter(course, "ana", entry())
    (course / "submitted" / "ana" / "prompting" / "entry.json").rename(course / "elsewhere.json")
    os.symlink(course / "elsewhere.json", course / "submitted" / "ana" / "prompting" / "entry.json")
    lines, left_out = leaderboard.leaderboard(course, 10)
    assert lines == [] and len(left_out) == 1


def test_an_odd_nickname_gives_way_to_a_made_up_one(course):
    enter(course, "ana", entry(nickname="<b>me</b> | x"))
    (line,) = leaderboard.leaderboard(course, 10)[0]
    assert "<" not in line.nickname and "|" not in line.nickname
