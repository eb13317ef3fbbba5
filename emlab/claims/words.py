"""Values as plain data and as text, for claims and the messages about them."""

from emlab.messages import say

MAX_SHOWN = 10


def plain(value):
    """numpy's scalars, tuples and dicts as plain data; what has no plain form stays as it is."""
    if isinstance(value, dict):
        return {plain(key): plain(part) for key, part in value.items()}
    if isinstance(value, list | tuple):
        return [plain(part) for part in value]
    if type(value).__module__ == "numpy" and getattr(value, "shape", None) == ():
        return value.item()
    return value


def shown(value, limit: int = 60) -> str:
    """Any value in a few printable characters; a huge number is not written out, no foreign repr is run."""
    if isinstance(value, str):
        text = value if len(value) <= limit else value[: limit - 1] + "…"
        return "".join(character if character.isprintable() else "�" for character in text)
    if value is None or isinstance(value, bool):
        return str(value)
    if isinstance(value, float):
        return f"{value:.6g}"
    if isinstance(value, int) and abs(value) < 10**15:
        return str(value)
    return say("claim_a_value", kind=shown(type(value).__name__))


def join(values) -> str:
    """A list in one line, cut after ten."""
    values = [shown(value) for value in values]
    if not values:
        return say("claim_none")
    if len(values) > MAX_SHOWN:
        return say("claim_and_more", values=", ".join(values[:MAX_SHOWN]), count=len(values) - MAX_SHOWN)
    return ", ".join(values)


def conditions_text(where: dict) -> str:
    """{"k": 5, "model": "a"} as "k = 5, model = a"."""
    return ", ".join(f"{shown(column)} = {shown(value)}" for column, value in where.items())
