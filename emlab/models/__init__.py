"""Language models behind one interface: the ladder's rungs, any other, servers, recordings and mocks."""

from emlab.models.base import Attention, Model, ModelUnavailable, UnknownModel
from emlab.models.choice import multiple_choice
from emlab.models.ladder import rungs, train_flops
from emlab.models.load import load

__all__ = [
    "Attention",
    "Model",
    "ModelUnavailable",
    "UnknownModel",
    "load",
    "multiple_choice",
    "rungs",
    "train_flops",
]
