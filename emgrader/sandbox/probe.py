"""What a test run of an engine says: the reasons why it can't be used."""

import json

from emgrader.messages import say
from emgrader.sandbox.setup import Limits

# The test run's limits: small, so that it can try quickly whether they hold.
CHECKED = Limits(memory=64 * 2**20, processes=16)


def found_wrong(launched, explained):
    """The reasons that an ended test run gives; `explained` makes one of a log that is no list of them."""
    log = (launched.folder.path / "log").read_text(errors="replace").strip()
    lines = log.splitlines()
    try:
        keys = json.loads(lines[-1]) if launched.process.returncode == 0 else None
    except (ValueError, IndexError):
        keys = None
    if not isinstance(keys, list):
        return [explained(log or say("engine.silent", status=launched.process.returncode))]
    return [say(key) for key in keys]
