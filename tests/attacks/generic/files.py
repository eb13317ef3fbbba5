"""Files handed in beside the notebook that stand in for modules and settings."""

from tests.attacks.generic.attack import FULL, Attack
from tests.emgrader.small_course import SOLVED

ATTACKS = [
    Attack(
        "shadow",
        FULL,
        SOLVED,
        files={
            f"{name}.py": "print('GAINED')"
            for name in ("numpy", "json", "ipykernel", "sitecustomize", "usercustomize", "emgrader")
        },
        added=("import numpy, json\nprint('GAINED') if '/work' in (numpy.__file__ or '') else None",),
    ),
    Attack(
        "config_file",
        FULL,
        SOLVED,
        files={
            "nbgrader_config.py": "raise SystemExit",
            "conftest.py": "raise SystemExit",
            "ipython_config.py": "raise SystemExit",
        },
    ),
]
