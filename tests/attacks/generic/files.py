"""Files handed in beside the notebook that stand in for modules and settings."""

from tests.attacks.generic.attack import FULL, Attack, before
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
    Attack(
        "path_file",
        FULL,
        before(
            "import os, site, sys\nplaces = {*sys.path, *site.getsitepackages(), site.getusersitepackages(), '/site', '/opt/site'}\n"
            "for place in places - {'', '/work'}:\n    for name in ('evil.pth', 'sitecustomize.py'):\n        try:\n"
            "            os.makedirs(place, exist_ok=True)\n            open(os.path.join(place, name), 'w').close()\n"
            "            print('GAINED', place) if not place.startswith('/tmp') else None\n        except OSError:\n            pass",
            "double",
        ),
        files={"evil.pth": "import os; os._exit(1)", "python311.zip": "x", "python313.zip": "x"},
    ),
    Attack(
        "results_file",
        FULL,
        before(
            "import json, os\nfor path in ('results.json', '../results.json', '/work/autograded/small.ipynb', '{root}/.emgrader/results/planted.json'):\n"
            "    try:\n        os.makedirs(os.path.dirname(path) or '.', exist_ok=True)\n"
            "        with open(path, 'w') as file: json.dump({'score': 100, 'passed': True}, file)\n"
            "    except OSError:\n        pass",
            "double",
        ),
        files={"results.json": '{"score": 100}', "small.json": '{"passed": true}'},
    ),
]
