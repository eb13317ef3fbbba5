from emgrader.course import assignments
from tests.conftest import PROJECT
from tests.course import coverage

# how many points the plan has under each of its numbered headings
PLAN = {
    "Exercises": (5, 5, 5, 5),
    "Code examples": (4, 3, 3, 3, 3),
    "Derivations": (3, 3, 3),
    "Visualizations": (3, 3, 3, 3, 3, 3),
}
LISTS = {"Datasets": 5, "Demos": 4, "Labs": 6}


def test_every_point_of_the_plan_has_its_row():
    points = [
        (part, f"{heading}.{point}")
        for part, counts in PLAN.items()
        for heading, count in enumerate(counts, start=1)
        for point in range(1, count + 1)
    ]
    points += [(part, str(point)) for part, count in LISTS.items() for point in range(1, count + 1)]
    assert [(row["part"], row["number"]) for row in coverage.topics()] == points


def test_the_page_is_in_step():
    assert coverage.PAGE.read_text(encoding="utf-8") == coverage.page()


def test_every_topic_has_a_place_of_its_own_words():
    rows = coverage.topics()
    assert all(all(row.values()) for row in rows)
    assert len({(row["part"], row["topic"]) for row in rows}) == len(rows)
    assert {row["notebook"] for row in rows} == set(assignments(PROJECT))
