"""The options of a model: after its name, as in lm-evaluation-harness's --model_args, or by keyword.

    hf:HuggingFaceTB/SmolLM2-135M-Instruct,dtype=bfloat16,chat=true
    load("hf:HuggingFaceTB/SmolLM2-135M-Instruct", dtype="bfloat16", chat=True)

The options of a kind of model are the fields of a dataclass. A field whose metadata says `answers=True`
decides what the model answers, so it becomes part of the model's name; the others (device, batch size,
speed) do not.
"""

import dataclasses
import re
from typing import Any, TypeVar, get_args

from emlab.messages import say

T = TypeVar("T")


def answers(default: Any) -> Any:
    """A field that decides what the model answers."""
    return dataclasses.field(default=default, metadata={"answers": True})


def parse(kind: type[T], spec: str, keywords: dict[str, Any]) -> tuple[str, T]:
    """What stands between the prefix of `spec` and its first option, and the options.

    An option by keyword wins over the same one in the spec. Raises ValueError for an option that there is
    not, or whose value is of another type; it lists those that there are.
    """
    target, *written = re.split(r",(?=\w+=)", spec.partition(":")[2])
    fields = {field.name: field for field in dataclasses.fields(kind)}
    values: dict[str, Any] = {}
    for name, value in [*(part.split("=", 1) for part in written), *keywords.items()]:
        if name not in fields:
            raise ValueError(say("unknown_option", spec=spec, name=name, known=", ".join(fields)))
        values[name] = _convert(spec, fields[name], value)
    return target, kind(**values)


def full_name(prefix: str, target: str, options: Any) -> str:
    """The spec that loads this model again: the target, and each option that decides its answers."""
    parts = [prefix + target]
    for field in dataclasses.fields(options):
        value = getattr(options, field.name)
        if field.metadata.get("answers") and value != field.default:
            text = str(value).lower() if isinstance(value, bool) else str(value)
            parts.append(f"{field.name}={text}")
    return ",".join(parts)


def _convert(spec: str, field: dataclasses.Field, value: Any) -> Any:
    """`value` as the field's type has it; text is read."""
    types = get_args(field.type) or (field.type,)
    if value is None and type(None) in types:
        return None
    if bool in types:
        if isinstance(value, bool):
            return value
        if str(value).lower() in ("true", "false"):
            return str(value).lower() == "true"
    elif not isinstance(value, bool):
        for wanted in (int, float, str):
            try:
                if wanted in types and (wanted is not str or isinstance(value, str)):
                    return wanted(value)
            except (TypeError, ValueError):
                continue
    expected = " or ".join(t.__name__ for t in types if t is not type(None))
    raise ValueError(say("bad_option", spec=spec, name=field.name, got=value, expected=expected))
