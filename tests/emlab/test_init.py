import json
import subprocess
import sys

import pytest

import emlab

HEAVY = ("torch", "transformers", "pandas", "matplotlib", "numpy")


def test_importing_emlab_is_cheap():
    code = f"""
import json, sys, time
started = time.perf_counter()
import emlab
seconds = time.perf_counter() - started
print(json.dumps([seconds, [name for name in {HEAVY!r} if name in sys.modules]]))
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    seconds, imported = json.loads(done.stdout)
    assert imported == []
    assert seconds < 0.3


def test_mocks_and_tasks_need_no_heavy_import():
    code = f"""
import sys
import emlab
emlab.multiple_choice(emlab.load("mock:oracle"), [emlab.load_task("reviews").test[0]["text"]], ["x", "y"])
emlab.rungs(), emlab.wilson_interval(1, 2), emlab.TEMPLATES
assert not [name for name in {HEAVY!r} if name in sys.modules]
"""
    subprocess.run([sys.executable, "-c", code], check=True)


@pytest.mark.parametrize("name", emlab.__all__)
def test_every_public_name_is_there(name):
    assert getattr(emlab, name) is not None
    assert name in dir(emlab)


def test_modules_need_no_import_of_their_own():
    code = "import emlab; emlab.checks.rng, emlab.tasks.reviews, emlab.stats.wilson_interval"
    subprocess.run([sys.executable, "-c", code], check=True)


def test_an_unknown_name_is_an_attribute_error():
    with pytest.raises(AttributeError, match="no attribute 'lod'"):
        emlab.lod  # noqa: B018
