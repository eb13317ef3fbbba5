"""The cache of finished results: one file each, named by everything that the result depends on.

A file that can't be read, or that was made for something else, is taken for absent and made anew.
"""

import functools
import hashlib
import hmac
import importlib.util
import json
import os
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import nbformat

from emgrader.examiner.outcome import Outcome
from emgrader.sandbox.closure import version

FORMAT = 3
_CODE = ("wire", "sandbox", "examiner", "messages.py")  # what of emgrader decides about results


def result_key(nb, context, engine):
    """Hex digest over the notebook's cells, the files, the engine, the limits and all code involved.

    What an engine runs in a container is named by the digest of the container's image.
    """
    cells = [[cell.cell_type, cell.source, _graded(cell)] for cell in nb.cells]
    files = {name: _digest(path) for name, path in sorted(context.files.items())}
    rest = [context.submission, context.seed, asdict(context.timeouts), asdict(context.limits)]
    rest += [engine.name, engine.image]
    code = code_version(context.distributions, context.packages)
    text = json.dumps([FORMAT, cells, files, rest, code, context.broker is not None], sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _graded(cell):
    data = cell.metadata.get("nbgrader", {})
    return {name: data.get(name) for name in ("grade_id", "grade", "solution", "points")}


def _digest(path):
    with open(path, "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@functools.cache
def code_version(distributions, packages):
    """What identifies the code and models involved: versions, and sizes and times of this package's files."""
    here = Path(__file__).parents[1]
    roots = [here / name for name in _CODE]
    for package in packages:
        spec = importlib.util.find_spec(package)
        roots += [Path(p) for p in (spec.submodule_search_locations or ())] if spec else []
    digest = hashlib.sha256()
    for root in roots:
        for path in [root] if root.is_file() else sorted(root.rglob("*")):
            if path.is_file() and path.suffix != ".pyc":
                status = path.stat()
                digest.update(f"{path} {status.st_size} {status.st_mtime_ns}\n".encode())
    versions = [(name, version(name)) for name in ("ipykernel", *distributions)]
    return [list(sys.version_info[:3]), versions, digest.hexdigest()]


def load(folder, key, secret):
    """The Outcome stored under `key`, or None. Only what this course's secret signed counts."""
    try:
        text = (Path(folder) / f"{key}.json").read_text()
        signature, _, body = text.partition("\n")
        if not hmac.compare_digest(signature, _sign(secret, key, body)):
            return None
        outcome = Outcome.from_json(json.loads(body))
    except (OSError, ValueError, TypeError, KeyError, AttributeError, nbformat.ValidationError):
        return None
    outcome.cached = True
    return outcome


def store(folder, key, secret, outcome):
    """Keep an Outcome. Written beside and moved into place, so that a reader never sees half a file."""
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    body = json.dumps(outcome.to_json())
    handle, name = tempfile.mkstemp(dir=folder, prefix=".new-")
    try:
        with os.fdopen(handle, "w") as file:
            file.write(f"{_sign(secret, key, body)}\n{body}")
        os.replace(name, folder / f"{key}.json")
    except BaseException:
        os.unlink(name)
        raise


def _sign(secret, key, body):
    return hmac.new(secret.encode(), f"{key}\n{body}".encode("utf-8", "surrogatepass"), "sha256").hexdigest()
