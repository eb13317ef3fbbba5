"""The course's secret, and the seed that each submission's hidden inputs are drawn from."""

import contextlib
import hmac
import os
import secrets
from pathlib import Path


def course_secret(root):
    """The secret in `root`/.emgrader/secret (hex), made on first use and readable by its owner only."""
    path = Path(root) / ".emgrader" / "secret"
    with contextlib.suppress(FileNotFoundError):
        secret = path.read_text().strip()
        if len(secret) >= 32:
            return secret
        raise ValueError(f"{path} holds no secret. Delete it; a new one is made when you grade next.")
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    new = path.with_name(f"secret.{os.getpid()}.{secrets.token_hex(4)}")
    with os.fdopen(os.open(new, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "w") as file:
        file.write(secrets.token_hex(32) + "\n")
    try:
        # Unlike a move, a link fails when another process was first: there is one secret, and it stays.
        with contextlib.suppress(FileExistsError):
            os.link(new, path)
    finally:
        new.unlink()
    return course_secret(root)


def seed_for(secret, assignment, student):
    """The seed (hex) of one student's hidden inputs: the same whenever this work is graded again."""
    return hmac.new(secret.encode(), f"seed\n{assignment}\n{student}".encode(), "sha256").hexdigest()
