"""The rungs of the ladder: which there are, and what their files say without loading anything heavy.

    emlab/rungs/ladder.json       the list of rungs
    emlab/rungs/<rung>/           config.json, model.safetensors, tokenizer.json, ...

Number of parameters and revision are read from the weights themselves, so they can not disagree with them.
"""

import hashlib
import json
import math
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from emlab.messages import say
from emlab.models.base import UnknownModel

PREFIX = "ladder/"
FOLDER = Path(__file__).parent.parent / "rungs"
DTYPE = "float32"  # the weights are stored as float16 and computed with in float32


@dataclass(frozen=True)
class Rung:
    """One model of the ladder on disk; the fields are those of `Model`."""

    name: str
    folder: Path
    params: int
    revision: str
    max_length: int
    dtype: str = DTYPE


def rungs() -> list[str]:
    """The names of the ladder's models, smallest first: ["ladder/24k", ...]."""
    return [rung.name for rung in _ladder()]


def find_rung(spec: str) -> Rung:
    """The rung that `spec` names. Raises UnknownModel, which lists the rungs."""
    for rung in _ladder():
        if rung.name == spec:
            return rung
    raise UnknownModel(say("unknown_model", spec=spec, known=", ".join(rungs())))


@cache
def _ladder() -> tuple[Rung, ...]:
    """Every rung, smallest first. Raises FileNotFoundError when the package has no rungs."""
    try:
        ladder = json.loads((FOLDER / "ladder.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileNotFoundError(say("rungs_missing", folder=FOLDER)) from None
    return tuple(sorted((read_rung(FOLDER / r["name"]) for r in ladder["rungs"]), key=lambda r: r.params))


def read_rung(folder: Path) -> Rung:
    """The rung in `folder`."""
    weights = folder / "model.safetensors"
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    return Rung(
        name=PREFIX + folder.name,
        folder=folder,
        params=_count_parameters(weights),
        revision=hashlib.sha256(weights.read_bytes()).hexdigest()[:12],
        max_length=config["max_position_embeddings"],
    )


def _count_parameters(weights: Path) -> int:
    """Parameters in a safetensors file; tied weights are stored, and counted, once.

    The file begins with the length of its header (8 bytes, little-endian), then the header as JSON.
    """
    with weights.open("rb") as file:
        header = json.loads(file.read(int.from_bytes(file.read(8), "little")))
    return sum(math.prod(tensor["shape"]) for key, tensor in header.items() if key != "__metadata__")
