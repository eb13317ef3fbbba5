"""The rungs of the ladder: which there are, and what their files say without loading anything heavy.

    emlab/rungs/ladder.json       the list of rungs
    emlab/rungs/<rung>/           config.json, model.safetensors, tokenizer.json, ...
    emlab/rungs/<rung>@<tokens>/  the same rung on the way, after so many tokens of its training

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
    """The names of the ladder's finished models, smallest first: ["ladder/22k", ...]."""
    return [rung.name for rung in _ladder()["rungs"]]


def train_flops(spec: str) -> float:
    """The training compute of a rung in FLOP, as the ladder's list has it; nan for any other model."""
    ladder = _listed()
    flops = {PREFIX + entry["name"]: entry["flops"] for entry in (*ladder["rungs"], *ladder["checkpoints"])}
    return float(flops.get(spec, math.nan))


def checkpoints() -> list[str]:
    """The names of one rung's models on the way, earliest first: ["ladder/774k@0.3m", ...]."""
    return [rung.name for rung in _ladder()["checkpoints"]]


def find_rung(spec: str) -> Rung:
    """The rung or checkpoint that `spec` names. Raises UnknownModel, which lists them."""
    for rung in (*_ladder()["rungs"], *_ladder()["checkpoints"]):
        if rung.name == spec:
            return rung
    raise UnknownModel(say("unknown_model", spec=spec, known=", ".join(rungs() + checkpoints())))


def _listed() -> dict[str, list[dict]]:
    """What ladder.json says. Raises FileNotFoundError when the package has no rungs."""
    try:
        return json.loads((FOLDER / "ladder.json").read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise FileNotFoundError(say("rungs_missing", folder=FOLDER)) from None


@cache
def _ladder() -> dict[str, tuple[Rung, ...]]:
    """The rungs and the checkpoints, in their order."""
    ladder = _listed()
    return {
        kind: tuple(read_rung(FOLDER / entry["name"]) for entry in ladder[kind])
        for kind in ("rungs", "checkpoints")
    }


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
