"""The class leaderboard: entries are data, names stay out, what can't be used is left out with a reason."""

import json
import os

import pytest

import emlab
from emgrader import leaderboard
from emgrader.examiner.seed import course_secret

SOLUTION = {
    "render": lambda prompt, item, pool: prompt["query"].replace("{question}", item["question"]),
    "parse": lambda text, parser: text.strip() or None,
}


@pytest.fixture
def course(tmp_path, monkeypatch):
    monkeypatch.setattr(leaderboard, "_solution", lambda root: SOLUTION)
    monkeypatch.setattr(emlab.models, "rungs", lambda: ["mock:constant/9", "mock:constant/10"])
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
        entry(prompt={**entry()["prompt"], "max_gen_toks": "many"}),
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
