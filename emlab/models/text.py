"""Where a written text ends."""


def cut(text: str, until: list[str]) -> tuple[str, bool]:
    """`text` up to the first stop, and whether there was one."""
    found = [place for stop in until if (place := text.find(stop)) >= 0]
    return (text[: min(found)], True) if found else (text, False)
