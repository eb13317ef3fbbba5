"""Why something doesn't cross the wire."""

# A reply names one of these, never a text of its own.
REASONS = {
    "type": "values of this type can't cross",
    "dtype": "its column or array type can't cross",
    "depth": "it is nested too deeply",
    "size": "it is too large",
    "int": "it is an integer with too many digits",
    "hash": "too many of its keys share one hash",
    "error": "reading it raised an error",
    "figure": "of a figure only the description crosses, which emlab.checks.describe_figure gives",
}


class WireError(ValueError):
    """A value can't cross, or a message is not what the wire's format allows. The text says which and why."""


class OverLimit(WireError):
    """A message is larger than it may be. `why` is a key of REASONS."""

    def __init__(self, why):
        super().__init__(f"the message can't cross the wire: {REASONS[why]}")
        self.why = why


class _Stays(WireError):
    def __init__(self, why, type_name):
        super().__init__(f"a value of type {type_name} can't cross the wire: {REASONS[why]}")
        self.why = why
        self.type_name = type_name


class CannotCross(_Stays):
    """What was to be sent can't be: `why` is a key of REASONS, `type_name` the type that was met."""


class Unusable(_Stays):
    """Something was done with a value that had stayed on the other side."""
