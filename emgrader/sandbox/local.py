"""The local engine: an ordinary kernel on this machine, with no protection at all.

For trying out an assignment of one's own. It is never chosen by itself. Hidden tests still run outside the
student's kernel, but the student's code can read and change whatever the person who grades can.
"""

import json
import os
import shutil
import subprocess
import sys
import warnings
from pathlib import Path

from emgrader.sandbox.engine import Launched, connection, kernel_environment, new_key, resource_limits
from emgrader.sandbox.folder import PrivateFolder

WARNING = (
    "The engine 'local' protects nothing: submitted code runs as you, on this machine. "
    "Use it only for notebooks that you trust."
)


class Local:
    """See the module."""

    name = "local"
    image = ""
    notes = (WARNING,)

    def probe(self):
        """Can be used wherever a process can be started."""
        return []

    def launch(self, setup):
        """Start a kernel in a temporary folder."""
        warnings.warn(WARNING, stacklevel=2)
        folder = PrivateFolder()
        try:
            work, home, sockets = (folder.path / name for name in ("work", "home", "kernel"))
            for path in (work, home, sockets):
                path.mkdir(mode=0o700)
            for name, source in setup.files.items():
                (work / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copyfile(source, work / name, follow_symlinks=False)
            key = new_key()
            (folder.path / "connection.json").write_text(json.dumps(connection(key, f"{sockets}/s")))
            limits = resource_limits(setup.limits)
            # Counted per user here, together with everything else that the user runs.
            del limits["NPROC"]
            root = Path(__file__).parents[2]
            settings = {
                "uid": None,
                "limits": limits,
                "copies": {},
                "work": str(work),
                "path": [str(root), *(p for p in sys.path if p.endswith(("site-packages", "dist-packages")))],
                "connection": str(folder.path / "connection.json"),
            }
            environment = {**kernel_environment(str(home)), "PATH": os.environ.get("PATH", "")}
            if setup.socket is not None:
                environment["EMLAB_BROKER"] = str(setup.socket)
            launcher = Path(__file__).parent / "inside" / "launcher.py"
            with open(folder.path / "log", "wb") as log:
                process = subprocess.Popen(
                    [sys.executable, "-I", "-S", str(launcher), json.dumps(settings)],
                    stdin=subprocess.DEVNULL,
                    stdout=log,
                    stderr=log,
                    env=environment,
                    start_new_session=True,
                )
        except BaseException:
            folder.close()
            raise
        return Launched(process, folder, sockets, key)
