"""The user's cache folder with the benchmarks' data. Nothing here asks a network."""

import hashlib
import importlib.util
import json
import os
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

from emlab.benchmarks.sources import SOURCES, File
from emlab.messages import say

FOLDER_VARIABLE = "EMLAB_DATA"


class NotFetched(FileNotFoundError):
    """A benchmark's data are not on this machine; the message says how to get them."""


def folder() -> Path:
    """Where the data are: the folder that EMLAB_DATA names, else one in the user's cache."""
    if chosen := os.environ.get(FOLDER_VARIABLE):
        return Path(chosen)
    from platformdirs import user_cache_path

    return user_cache_path("emlab") / "data"


def read_bytes(file: File) -> bytes:
    """The content of a file that was fetched, or that an installed package brings along.

    Raises NotFetched when there is none, ValueError when it is not what it should be.
    """
    for path in (folder() / file.path, packaged(file)):
        if path is not None and path.is_file():
            data = path.read_bytes()
            check(file, data, path)
            return data
    name = next(source.name for source in SOURCES.values() if file in source.files)
    raise NotFetched(say("data_not_fetched", file=file.path, benchmark=name))


def read_text(file: File) -> str:
    """The content as text, with the line ends that it has."""
    return read_bytes(file).decode("utf-8")


def read_jsonl(file: File) -> list[dict[str, Any]]:
    """The rows of a file of JSON lines."""
    return [json.loads(line) for line in read_bytes(file).splitlines()]


def read_hub(name: str, split: str) -> list[dict[str, Any]] | None:
    """The rows of a split that was fetched from the hub; None when it was not."""
    path = hub_folder(name) / f"{split}.jsonl"
    if not path.is_file():
        return None
    return _rows(path, path.stat().st_mtime_ns)


@cache
def _rows(path: Path, changed: int) -> list[dict[str, Any]]:
    """The rows of a file as it was when it was changed last: MMLU's 57 subjects are in one file."""
    return [json.loads(line) for line in path.read_bytes().splitlines()]


def hub_folder(name: str) -> Path:
    """Where what came from the hub is kept, as JSON lines for each split and origin.json."""
    return folder() / name / "hub"


def packaged(file: File) -> Path | None:
    """The file within an installed package, which is found without being imported."""
    if file.package is None:
        return None
    module, inside = file.package
    spec = importlib.util.find_spec(module)
    if spec is None or spec.origin is None:
        return None
    return Path(spec.origin).parent / inside


def check(file: File, data: bytes, where: object) -> None:
    """Raises ValueError when the content is not that of the file."""
    digest = hashlib.sha256(data).hexdigest()
    if digest != file.sha256:
        raise ValueError(
            say(
                "data_sha256",
                where=where,
                size=len(data),
                digest=digest,
                wanted_size=file.size,
                wanted=file.sha256,
            )
        )


def write(path: Path, data: bytes) -> None:
    """Write a file all or nothing: it is made beside its place and moved there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=path.name, suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as unfinished:
            unfinished.write(data)
        os.replace(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise
