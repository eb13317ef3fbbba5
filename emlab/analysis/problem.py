"""One thing that an analysis lacks, as plain data."""


def problem(id: str, message: str, warning: bool = False) -> dict:
    """What is missing (message), and which check it belongs to (id). A warning costs nothing."""
    return {"id": id, "message": message, "warning": warning}
