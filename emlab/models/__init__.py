"""Language models behind one interface: the ladder's rungs, the server used in grading, and mocks."""

from emlab.models.base import Attention, Model, UnknownModel
from emlab.models.choice import multiple_choice
from emlab.models.ladder import rungs
from emlab.models.load import load

__all__ = ["Attention", "Model", "UnknownModel", "load", "multiple_choice", "rungs"]
