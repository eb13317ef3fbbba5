"""The process that workers are forked from has made ready what they need, wherever it stands."""

import importlib

import pytest

from emgrader import ready
from emgrader.examiner.results import code_version
from emgrader.sandbox.closure import package_folders, site_entries


@pytest.fixture
def made(monkeypatch):
    """A function: a folder → how many answers importing the module there leaves in each cache."""
    caches = (code_version, package_folders, site_entries)

    def made_in(folder):
        monkeypatch.chdir(folder)
        for cache in caches:
            cache.cache_clear()
        importlib.reload(ready)
        return [cache.cache_info().currsize for cache in caches]

    return made_in


def test_in_a_course(made, mini_course):
    assert made(mini_course) == [1, 1, 1]


def test_where_nothing_can_be_made_ready(made, mini_course, tmp_path):
    assert made(tmp_path) == [0, 0, 0], "no course"
    with (mini_course / "nbgrader_config.py").open("a") as file:
        file.write("c.Examiner.distributions = ['no-such-distribution']\n")
    assert made(mini_course) == [0, 0, 0], "a setting that doesn't fit this machine"
