"""From a spec such as "ladder/227k" to a model."""

import os
from functools import cache

from emlab.messages import say
from emlab.models import ladder
from emlab.models.base import Model, UnknownModel
from emlab.models.mock import KINDS, load_mock

# Where the model server listens while a notebook is graded; unset everywhere else.
BROKER_VARIABLE = "EMLAB_BROKER"


def load(spec: str) -> Model:
    """The model that `spec` names: a rung of the ladder ("ladder/227k") or a mock ("mock:oracle").

    The same spec gives the same object, so what it remembers is shared. While a notebook is graded, the
    ladder's models live in a server, and what is returned speaks to it; nothing else changes.
    Raises UnknownModel (a ValueError) for a spec that names nothing; it lists what there is.
    """
    if not isinstance(spec, str) or not spec.startswith((ladder.PREFIX, "mock:")):
        raise UnknownModel(say("unknown_model", spec=spec, known=", ".join([*ladder.rungs(), *KINDS])))
    return _load(spec, os.environ.get(BROKER_VARIABLE) or None)


@cache
def _load(spec: str, broker: str | None) -> Model:
    if spec.startswith("mock:"):
        return load_mock(spec)
    if broker is not None:
        from emlab.models.broker import BrokerModel

        return BrokerModel(spec, broker)
    rung = ladder.find_rung(spec)  # before the seconds that torch takes to import
    from emlab.models.huggingface import HuggingFaceModel

    return HuggingFaceModel(rung)
