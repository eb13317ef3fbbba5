"""From a spec such as "ladder/774k" to a model."""

import os
from functools import cache
from pathlib import Path
from typing import Any

from emlab.messages import say
from emlab.models import ladder
from emlab.models.base import Model, ModelUnavailable, UnknownModel
from emlab.models.cache import Cache, default_path
from emlab.models.mock import KINDS, load_mock

# Where the model server listens while a notebook is graded; unset everywhere else.
BROKER_VARIABLE = "EMLAB_BROKER"

_OTHERS = ("hf:<id or folder>", "api:<model>", "recorded:<file>")
_SLOW = ("hf:", "api:")  # what takes time or money, and is not there while grading


def load(spec: str, *, cache: bool | str | os.PathLike | None = None, **options: Any) -> Model:
    """The model that `spec` names.

        ladder/774k              a rung of the ladder
        hf:<id or folder>        any causal language model that transformers loads (see `HubOptions`)
        api:<model>              a server that speaks OpenAI's protocol (see `ApiOptions`)
        recorded:<file>          what `save_responses` wrote, played back (see `RecordedOptions`)
        mock:oracle              a rule of one line

    Options follow the name, as in "hf:<id>,dtype=bfloat16,chat=true", or are given by keyword.
    cache: the file in which greedy answers are kept. True is the one in the user's cache folder, or in the
    folder that EMLAB_CACHE names; False is none. Left out, it is True for hf: and api: (unless
    EMLAB_CACHE=off) and False for the others, which answer faster than a file does.

    The same spec and options give the same object, so what it remembers is shared. While a notebook is
    graded, the ladder's models live in a server, and what is returned speaks to it; nothing else changes.
    Raises UnknownModel (a ValueError) for a spec that names nothing; it lists what there is. Raises
    ModelUnavailable for hf: and api: while a notebook is graded.
    """
    if not isinstance(spec, str) or not spec.startswith((ladder.PREFIX, "mock:", "recorded:", *_SLOW)):
        known = ", ".join([*ladder.rungs(), *KINDS, *_OTHERS])
        raise UnknownModel(say("unknown_model", spec=spec, known=known))
    if options and spec.startswith((ladder.PREFIX, "mock:")):
        raise ValueError(say("no_options", spec=spec, names=", ".join(options)))
    broker = os.environ.get(BROKER_VARIABLE) or None
    if broker is not None and spec.startswith(_SLOW):
        raise ModelUnavailable(say("not_while_grading", spec=spec))
    if cache is None:
        cache = spec.startswith(_SLOW)
    path = default_path() if cache is True else Path(cache) if cache else None
    return _load(spec, broker, path, tuple(sorted(options.items())))


@cache
def _load(spec: str, broker: str | None, path: Path | None, options: tuple[tuple[str, Any], ...]) -> Model:
    model = _make(spec, broker, dict(options))
    if path is not None:
        model.cache = _open(path)
    return model


@cache
def _open(path: Path) -> Cache:
    return Cache(path)


def _make(spec: str, broker: str | None, options: dict[str, Any]) -> Model:
    if spec.startswith("mock:"):
        return load_mock(spec)
    if spec.startswith("recorded:"):
        from emlab.models.recorded import Recorded

        return Recorded(spec, **options)
    if spec.startswith("api:"):
        from emlab.models.api import ApiModel

        return ApiModel(spec, **options)
    if spec.startswith("hf:"):
        from emlab.models.hub import HubModel

        return HubModel(spec, **options)
    if broker is not None:
        from emlab.models.broker import BrokerModel

        return BrokerModel(spec, broker)
    rung = ladder.find_rung(spec)  # before the seconds that torch takes to import
    from emlab.models.huggingface import HuggingFaceModel

    return HuggingFaceModel(rung)
