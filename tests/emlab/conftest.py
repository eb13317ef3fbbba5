"""The benchmarks' data, fetched from the mirror by the command's own code into a folder of the tests."""

import os

import pytest

from emlab.benchmarks import fetch, store
from tests.conftest import require

FETCHED = ("gsm8k", "mmlu", "mmlu_redux", "mmlu_pro", "bbh", "humaneval")


@pytest.fixture(scope="session")
def _data_folder(tmp_path_factory):
    place = os.environ.get(fetch.MIRROR_VARIABLE, "")
    require(
        os.path.isdir(place), f"{fetch.MIRROR_VARIABLE} names no folder with the benchmarks' data: {place!r}"
    )
    folder = tmp_path_factory.mktemp("data")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(store.FOLDER_VARIABLE, str(folder))
        for name in FETCHED:
            fetch.fetch(name, tell=lambda line: None)
    return folder


@pytest.fixture
def data(_data_folder, monkeypatch):
    """The folder with all data that the mirror has; the benchmarks use it."""
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(_data_folder))
    return _data_folder


@pytest.fixture
def no_data(tmp_path, monkeypatch):
    """An empty folder for data, and no mirror."""
    monkeypatch.setenv(store.FOLDER_VARIABLE, str(tmp_path / "cache"))
    monkeypatch.delenv(fetch.MIRROR_VARIABLE, raising=False)
    return tmp_path / "cache"
