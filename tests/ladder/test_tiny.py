"""The recipe, run on a tiny rung, gives what it gave when it was written down."""

import json

from ladder import tiny


def test_the_recipe_still_trains_the_tiny_rung_to_the_same_loss():
    written = json.loads(tiny.FIGURES.read_text(encoding="utf-8"))
    again = tiny.figures()
    for part in ("corpus", "rung", "settings"):
        assert json.loads(json.dumps(again[part])) == written[part], "run python -m ladder.tiny"
    assert written["lo"] <= again["loss"] <= written["hi"]
