"""Runs inside the sandbox, before any student code: gives up rights, sets the limits, becomes the kernel.

Started as `python -I -S launcher.py '<settings as JSON>'`, so nothing outside the standard library and the
folders named in the settings can be imported, and no file of the student can stand in for a module of the
kernel. Uses the standard library only: in the sandbox there is nothing else of emgrader but the wire.
"""

import ctypes
import json
import os
import resource
import runpy
import shutil
import site
import sys

PR_CAPBSET_DROP = 24
CAPABILITY_VERSION = 0x20080522
CAPABILITIES = 64  # more than there are


def drop_rights(uid):
    """Become the user `uid`, for good. bwrap has set no_new_privs and taken what isn't needed for this."""
    libc = ctypes.CDLL(None)
    for capability in range(CAPABILITIES):
        libc.prctl(PR_CAPBSET_DROP, capability, 0, 0, 0)
    os.setgroups([])
    os.setresgid(uid, uid, uid)
    os.setresuid(uid, uid, uid)
    # The sets of what it may do are empty now, but for those that it could hand on.
    libc.capset((ctypes.c_uint32 * 2)(CAPABILITY_VERSION, 0), (ctypes.c_uint32 * 6)())


def set_limits(limits):
    """Set each limit, soft and hard."""
    for name, value in limits.items():
        kind = getattr(resource, f"RLIMIT_{name}")
        _, hard = resource.getrlimit(kind)
        if hard != resource.RLIM_INFINITY:
            value = min(value, hard)
        resource.setrlimit(kind, (value, value))


def copy_tree(source, target):
    """Copy the files under `source`, which may belong to another user, to `target`."""
    for folder, _, names in os.walk(source):
        there = os.path.join(target, os.path.relpath(folder, source))
        os.makedirs(there, exist_ok=True)
        for name in names:
            shutil.copyfile(os.path.join(folder, name), os.path.join(there, name))


def main(settings):
    """Prepare the sandbox and run the kernel until it's told to stop, or the check."""
    if settings["uid"] is not None:
        drop_rights(settings["uid"])
    set_limits(settings["limits"])
    os.umask(0o077)
    if "check" in settings:
        sys.argv[1:] = [json.dumps(settings["check"])]
        runpy.run_path(os.path.join(os.path.dirname(__file__), "check.py"), run_name="__main__")
        return
    for source, target in settings["copies"].items():
        copy_tree(source, target)
    os.chdir(settings["work"])
    site.sethelper()
    # The student's own modules come last: a numpy.py beside the notebook must not become numpy.
    sys.path[:] = [*sys.path, *settings["path"], settings["work"]]
    sys.argv[:] = ["kernel"]

    from ipykernel.kernelapp import IPKernelApp

    options = ["--InteractiveShellApp.ignore_cwd=True", "--HistoryManager.enabled=False"]
    IPKernelApp.launch_instance(argv=["-f", settings["connection"], *options])


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
