"""Fetch a benchmark's data: from a mirror, by `datasets` from the hub, or file by file from their homes.

Whichever way a file comes, its SHA-256 is checked before it takes its place in the cache.
"""

import json
import os
import shutil
from collections.abc import Callable
from itertools import islice
from pathlib import Path

from emlab.benchmarks import store
from emlab.benchmarks.sources import SOURCES, File, Source
from emlab.messages import say

MIRROR_VARIABLE = "EMLAB_DATA_MIRROR"
WAYS = ("auto", "hub", "files")
TIMEOUT = 60  # seconds without a byte

Tell = Callable[[str], None]


class CannotFetch(OSError):
    """The data can't be had; the message says why, and what else can be done."""


def find_source(name: str) -> Source:
    """The source of that name. Raises ValueError that lists the sources."""
    if name not in SOURCES:
        raise ValueError(say("unknown_benchmark_data", name=name, known=", ".join(SOURCES)))
    return SOURCES[name]


def mirror() -> Path | None:
    """The folder that stands in for the network, if EMLAB_DATA_MIRROR names one."""
    chosen = os.environ.get(MIRROR_VARIABLE)
    return Path(chosen) if chosen else None


def fetch(name: str, way: str = "auto", tell: Tell = print) -> None:
    """Fetch the data of a benchmark into the cache.

    way: "hub" or "files"; "auto" takes the hub where `datasets` is installed, the hub can be reached and no
    mirror is set, else the files. What came last is what the benchmark uses. `tell` gets lines of progress.
    Raises CannotFetch.
    """
    source = find_source(name)
    if way == "hub" or (way == "auto" and mirror() is None and source.hub is not None):
        try:
            _fetch_hub(source, tell)
            return
        except CannotFetch as error:
            if way == "hub" or not source.files:
                raise
            tell(str(error))
    _fetch_files(source, tell)


def plan(source: Source, way: str = "auto") -> list[str]:
    """What would be fetched, line by line: home, licence, sizes, SHA-256 and origins."""
    lines = [say("fetch_plan", benchmark=source.name, home=source.home, licence=source.licence)]
    for file in source.files if way != "hub" else ():
        if mirror() is not None:
            origin = say("fetch_from_mirror", folder=mirror() / file.path)
        else:
            origin = file.url or say("fetch_from_nowhere", path=file.path)
        lines.append(say("fetch_plan_file", size=file.size, sha256=file.sha256, origin=origin))
    if len(lines) > 2:
        lines.append(say("fetch_plan_total", size=sum(file.size for file in source.files)))
    if source.hub is not None and way != "files" and mirror() is None:
        key = "fetch_plan_hub" if len(lines) > 1 else "fetch_plan_hub_only"
        lines.append(say(key, dataset=source.hub.path))
    return lines


def is_fetched(source: Source) -> bool:
    """Whether the data are on this machine already, whole."""
    if source.hub and all(store.read_hub(source.name, split) is not None for split, _ in source.hub.splits):
        return True
    try:
        for file in source.files:
            store.read_bytes(file)
    except (OSError, ValueError):
        return False
    return bool(source.files)


def _fetch_files(source: Source, tell: Tell) -> None:
    if not source.files:
        raise CannotFetch(say("fetch_no_files", benchmark=source.name, home=source.home))
    for file in source.files:
        path = store.folder() / file.path
        try:
            store.check(file, path.read_bytes(), path)
        except (OSError, ValueError):
            data = _get(file, source)
            store.check(file, data, file.url or file.path)
            store.write(path, data)
        tell(f"{path}  {file.size:,} bytes  sha256 {file.sha256}")
    shutil.rmtree(store.hub_folder(source.name), ignore_errors=True)


def _get(file: File, source: Source) -> bytes:
    """The bytes of a file: from the mirror if one is set, else from a package, else from its address."""
    if (place := mirror()) is not None:
        try:
            return (place / file.path).read_bytes()
        except OSError as error:
            raise CannotFetch(say("fetch_mirror", path=place / file.path, reason=error.strerror)) from None
    if (path := store.packaged(file)) is not None and path.is_file():
        return path.read_bytes()
    if file.url is None:
        raise CannotFetch(say("fetch_no_address", file=file.path, home=source.home))
    return _download(file.url, file.lines)


def _download(url: str, lines: int | None) -> bytes:
    """What is at `url`, or its first lines. Raises CannotFetch."""
    import httpx

    try:
        with httpx.stream("GET", url, timeout=TIMEOUT, follow_redirects=True) as response:
            response.raise_for_status()
            if lines is None:
                return response.read()
            # iter_lines would drop the line ends, which count in the SHA-256
            data = b"".join(response.iter_bytes())
            return b"".join(islice(data.splitlines(keepends=True), lines))
    except httpx.HTTPError as error:
        reason = f"{type(error).__name__}: {error}"
        raise CannotFetch(say("fetch_network", url=url, reason=reason)) from None


def _fetch_hub(source: Source, tell: Tell) -> None:
    """All splits of the source's dataset, at the revision that the hub has now, which is noted."""
    if source.hub is None:
        raise CannotFetch(say("fetch_no_hub", benchmark=source.name))
    try:
        import datasets
        import huggingface_hub
    except ImportError:
        raise CannotFetch(say("fetch_needs_datasets", benchmark=source.name)) from None
    hub = source.hub
    try:
        revision = huggingface_hub.HfApi().dataset_info(hub.path).sha
        splits = {
            split: datasets.load_dataset(hub.path, hub.config, split=theirs, revision=revision)
            for split, theirs in hub.splits
        }
    except (
        Exception
    ) as error:  # the hub's own, its HTTP client's, the data format's: all mean "not to be had"
        reason = f"{type(error).__name__}: {error}".splitlines()[0]
        raise CannotFetch(say("fetch_hub", dataset=hub.path, reason=reason)) from None
    for split, rows in splits.items():
        lines = [json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows]
        store.write(store.hub_folder(source.name) / f"{split}.jsonl", b"".join(lines))
        tell(f"{hub.path} {hub.config or ''} {split}: {len(lines):,}")
    origin = {"dataset": hub.path, "config": hub.config, "revision": revision}
    store.write(store.hub_folder(source.name) / "origin.json", json.dumps(origin, indent=2).encode())
    tell(f"{hub.path} revision {revision}")
