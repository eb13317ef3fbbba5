"""The system calls that a sandbox may make, for engines that take no profile but a compiled filter.

podman and docker read seccomp.json themselves. bwrap wants the program that the kernel runs, so libseccomp,
the library that those two use as well, compiles the same file here.
"""

import ctypes
import functools
import json
import os
from pathlib import Path

from emgrader.sandbox.setup import SandboxError

PROFILE = Path(__file__).with_name("seccomp.json")
_ALLOW = 0x7FFF0000
_ERRNO = 0x00050000
_OPERATORS = {"SCMP_CMP_EQ": 4, "SCMP_CMP_MASKED_EQ": 7}


class _Comparison(ctypes.Structure):
    _fields_ = [
        ("argument", ctypes.c_uint),
        ("operator", ctypes.c_int),
        ("first", ctypes.c_uint64),
        ("second", ctypes.c_uint64),
    ]


@functools.cache
def compiled():
    """The profile as a program for this machine's kernel. Raises SandboxError without libseccomp."""
    library = _library()
    profile = json.loads(PROFILE.read_text())
    default = _action(profile["defaultAction"], profile["defaultErrnoRet"])
    filter_ = ctypes.c_void_p(library.seccomp_init(ctypes.c_uint32(default)))
    try:
        for rule in profile["syscalls"]:
            action = _action(rule["action"], rule.get("errnoRet", 0))
            for name in rule["names"] if action != default else ():
                _add(library, filter_, action, name, rule.get("args", ()))
        handle = os.memfd_create("seccomp")
        try:
            _check(library.seccomp_export_bpf(filter_, handle), "export")
            os.lseek(handle, 0, os.SEEK_SET)
            with open(handle, "rb", closefd=False) as file:
                return file.read()
        finally:
            os.close(handle)
    finally:
        library.seccomp_release(filter_)


def _add(library, filter_, action, name, arguments):
    number = library.seccomp_syscall_resolve_name(name.encode())
    if number < 0:
        return  # not known to this kind of machine, or to this libseccomp: then the default holds
    comparisons = (_Comparison * len(arguments))(
        *(
            _Comparison(a["index"], _OPERATORS[a["op"]], a["value"], a.get("valueTwo", 0))
            for a in arguments
        )
    )
    done = library.seccomp_rule_add_array(
        filter_, ctypes.c_uint32(action), number, len(arguments), comparisons
    )
    _check(done, name)


def _library():
    try:
        library = ctypes.CDLL("libseccomp.so.2")
    except OSError:
        raise SandboxError(
            "the library libseccomp.so.2 is missing (Debian, Ubuntu: libseccomp2; Fedora: libseccomp)"
        ) from None
    library.seccomp_init.restype = ctypes.c_void_p
    return library


def _action(name, errno):
    return {"SCMP_ACT_ALLOW": _ALLOW, "SCMP_ACT_ERRNO": _ERRNO | errno}[name]


def _check(result, what):
    if result < 0:
        raise SandboxError(f"the filter of system calls could not be made: {what}: {os.strerror(-result)}")
