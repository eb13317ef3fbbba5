"""Which side an item belongs to, decided by its content alone, so that the two sides can never overlap."""

import hashlib


def side(content: str, test_share: float) -> str:
    """"test" for about `test_share` of all contents, "train" for the others; the same on every machine."""
    digest = hashlib.sha256(content.encode("utf-8")).digest()
    return "test" if int.from_bytes(digest[:6], "big") < test_share * 2**48 else "train"


def check_split(split: str) -> None:
    """Raises ValueError for anything but "train" and "test"."""
    if split not in ("train", "test"):
        raise ValueError(f'split must be "train" or "test", not {split!r}')
