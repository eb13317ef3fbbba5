"""The cache gives back what was stored for exactly this work, and nothing else."""

import dataclasses
import json
from types import SimpleNamespace

import pytest
from nbformat.v4 import new_output

from emgrader.examiner import CellOutcome, Context, Event, Outcome, Timeouts, results
from emgrader.examiner.seed import course_secret, seed_for
from tests.emgrader.small_course import source_notebook

OUTCOME = Outcome(
    [None, CellOutcome([new_output("stream", name="stdout", text="hi")], 1, True)],
    [Event("event.missing", "a", "Cell a was missing.")],
    1.5,
    "podman",
    "sha256:1",
)


@pytest.fixture
def context(tmp_path):
    data = tmp_path / "data.csv"
    data.write_text("1")
    return Context("small/student01/small", files={"data.csv": data}, seed="s", packages=())


def key(context, nb=None, engine="podman", image="sha256:1"):
    return results.result_key(nb or source_notebook(), context, SimpleNamespace(name=engine, image=image))


def test_stored_and_loaded(tmp_path):
    results.store(tmp_path, "k", "secret", OUTCOME)
    got = results.load(tmp_path, "k", "secret")
    assert got.cached and dataclasses.replace(got, cached=False) == OUTCOME
    assert [path.name for path in tmp_path.iterdir()] == ["k.json"]


@pytest.mark.parametrize(
    "spoil",
    [
        lambda text: "",
        lambda text: text[:-10],
        lambda text: text.replace("true", "false"),
        lambda text: text.replace("\n", "\n "),
        lambda text: "\n" + text.partition("\n")[2],
        lambda text: "[]",
        lambda text: "\udcff",
    ],
)
def test_a_spoilt_entry_counts_as_absent(tmp_path, spoil):
    results.store(tmp_path, "k", "secret", OUTCOME)
    path = tmp_path / "k.json"
    path.write_text(spoil(path.read_text()), errors="surrogateescape")
    assert results.load(tmp_path, "k", "secret") is None


def test_an_entry_of_another_key_or_course_counts_as_absent(tmp_path):
    results.store(tmp_path, "k", "secret", OUTCOME)
    (tmp_path / "k.json").rename(tmp_path / "other.json")
    assert results.load(tmp_path, "other", "secret") is None
    assert results.load(tmp_path, "gone", "secret") is None
    results.store(tmp_path, "k", "secret", OUTCOME)
    assert results.load(tmp_path, "k", "another secret") is None


def test_an_entry_with_odd_contents_counts_as_absent(tmp_path):
    for body in (json.dumps({"cells": 3}), json.dumps({**OUTCOME.to_json(), "cells": [{"outputs": [7]}]})):
        (tmp_path / "k.json").write_text(f"{results._sign('secret', 'k', body)}\n{body}")
        assert results.load(tmp_path, "k", "secret") is None


def test_the_key_stays_the_same(context):
    assert key(context) == key(context)
    nb = source_notebook()
    nb.metadata["kernelspec"] = {}
    nb.cells[1].outputs = [new_output("stream", text="x")]
    assert key(context, nb) == key(context)


def test_the_key_changes_with_everything_that_matters(context, tmp_path):
    other_file = tmp_path / "other.csv"
    other_file.write_text("2")
    hidden = source_notebook()
    hidden.cells[2].source += " "
    points = source_notebook()
    points.cells[2].metadata["nbgrader"]["points"] = 7
    keys = {
        key(context),
        key(context, hidden),
        key(context, points),
        key(context, engine="docker"),
        key(context, image="sha256:2"),
        *(
            key(dataclasses.replace(context, **change))
            for change in (
                {"seed": "t"},
                {"files": {"data.csv": other_file}},
                {"files": {"other.csv": context.files["data.csv"]}},
                {"timeouts": Timeouts(cell=1)},
                {"distributions": ("numpy",)},
            )
        ),
    }
    assert len(keys) == 10


def test_the_secret_is_made_once_and_private(tmp_path):
    secret = course_secret(tmp_path)
    assert course_secret(tmp_path) == secret and len(secret) == 64
    path = tmp_path / ".emgrader" / "secret"
    assert path.stat().st_mode & 0o777 == 0o600
    assert [p.name for p in path.parent.iterdir()] == ["secret"]
    path.write_text("")
    with pytest.raises(ValueError, match="holds no secret"):
        course_secret(tmp_path)


def test_seeds_differ_by_student_and_assignment():
    seeds = {seed_for("x", a, s) for a in ("a", "b") for s in ("1", "2")} | {seed_for("y", "a", "1")}
    assert len(seeds) == 5 and seed_for("x", "a", "1") in seeds
