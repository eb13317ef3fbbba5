"""The sandbox's end of the wire: answers the examiner's requests inside the student's kernel.

A request is JSON: {"do": "get", "name"} or {"do": "call", "name", "args", "kwargs", "after"}. The answer is
{"ok": value}; with "after" also what the arguments are like after the call; {"raised": {"type", "bases",
"message"}} for an exception of the student's code; or {"refused": reason}. The student's code could change
all of this; what it answers is still only data.
"""

import json

from emgrader.wire.decoder import Decoder
from emgrader.wire.encoder import Encoder, as_text
from emgrader.wire.errors import CannotCross, WireError
from emgrader.wire.limits import fits
from emgrader.wire.marks import Function, Module

MIME = "application/vnd.emgrader.wire"
MESSAGE_LENGTH = 2000  # characters of an exception's message


class Answer:
    """Carries the answer through IPython's display machinery, which knows this method."""

    def __init__(self, text):
        self.text = text

    def _repr_mimebundle_(self, include=None, exclude=None):
        return {MIME: self.text, "text/plain": ""}


def handle(text):
    """The Answer to one request."""
    from IPython import get_ipython

    return Answer(reply(json.loads(text), get_ipython().user_ns))


def reply(request, namespace):
    """The answer to one request, as text that the other end takes."""
    text = as_text(respond(request, namespace))
    return text if fits(text) else as_text({"ok": {"t": "opaque", "type": "object", "why": "size"}})


def respond(request, namespace):
    """The answer (a dict for JSON) to one request, with the student's `namespace`."""
    name = request["name"]
    if name not in namespace:
        return {"refused": "missing"}
    value = namespace[name]
    if request["do"] == "get":
        return {"ok": _plain(value, name)}
    try:
        decoder = _Arguments(namespace)
        args = decoder.decode(request["args"])
        kwargs = decoder.decode(request["kwargs"])
    except WireError:
        return {"refused": "arguments"}
    try:
        result = value(*args, **kwargs)
    except KeyboardInterrupt:
        return {"refused": "interrupted"}
    except BaseException as error:  # SystemExit too: the student's function said it, the kernel goes on
        return {"raised": _described(error)}
    answer = {"ok": _plain(result, None)}
    if request["after"]:
        answer["after"] = _plain([args, kwargs], None)
    return answer


def _plain(value, name):
    """Data for `value`; a callable found under a `name` becomes that function."""
    if name is not None and callable(value) and not issubclass(type(value), type):
        return {"t": "function", "name": name}
    try:
        return Encoder().message(value)
    except CannotCross as error:
        return {"t": "opaque", "type": error.type_name, "why": error.why}
    except (RecursionError, MemoryError):
        return _behind(value, "size")
    except Exception:
        return _behind(value, "error")


def _behind(value, why):
    return {"t": "opaque", "type": type(value).__name__, "why": why}


def _described(error):
    bases = [base.__name__ for base in type(error).__mro__ if base.__module__ == "builtins"]
    try:
        message = str(error)[:MESSAGE_LENGTH]
    except Exception:
        message = ""
    return {"type": type(error).__name__, "bases": bases, "message": message}


class _Arguments(Decoder):
    """Decodes a call's arguments: a function or module among them is the student's own again."""

    def __init__(self, namespace):
        super().__init__()
        self.namespace = namespace

    def decode(self, data, depth=0):
        value = super().decode(data, depth)
        if isinstance(value, Function):
            if value.name not in self.namespace:
                raise WireError(f"there is no function {value.name}")
            return self.namespace[value.name]
        if isinstance(value, Module):
            raise WireError("a module can't be an argument")
        return value
