from emgrader.course import assignments
from tests.conftest import PROJECT
from tests.course import coverage


def test_the_page_is_in_step():
    assert coverage.PAGE.read_text(encoding="utf-8") == coverage.page()


def test_every_topic_has_a_place_of_its_own_words():
    rows = coverage.topics()
    assert all(all(row.values()) for row in rows)
    assert len({(row["part"], row["topic"]) for row in rows}) == len(rows)
    assert {row["notebook"] for row in rows} == set(assignments(PROJECT))
