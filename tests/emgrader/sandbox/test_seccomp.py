"""The filter of system calls: one profile, for programs that read it and for those that want it compiled."""

import ctypes
import json
import struct

import pytest

from emgrader.sandbox import SandboxError, seccomp

PROFILE = json.loads(seccomp.PROFILE.read_text())
NAMESPACES = "clone3 setns unshare"
DANGEROUS = "bpf io_uring_setup keyctl mount perf_event_open pivot_root ptrace userfaultfd process_vm_writev"


def allowed():
    """Name → the conditions on its arguments."""
    found = {}
    for rule in PROFILE["syscalls"]:
        if rule["action"] == "SCMP_ACT_ALLOW":
            for name in rule["names"]:
                found.setdefault(name, []).extend(rule.get("args", []))
    return found


def test_what_is_not_listed_is_refused():
    assert PROFILE["defaultAction"] == "SCMP_ACT_ERRNO"
    assert not set(f"{NAMESPACES} {DANGEROUS}".split()) & set(allowed())
    assert {"execve", "futex", "mmap", "openat", "read", "write"} <= set(allowed())


def test_no_process_is_made_in_a_new_namespace():
    (condition,) = allowed()["clone"]
    new = (0x00020000, 0x02000000, 0x04000000, 0x08000000, 0x10000000, 0x20000000, 0x40000000)
    assert condition["op"] == "SCMP_CMP_MASKED_EQ" and condition["valueTwo"] == 0
    assert condition["value"] == sum(new)


def test_sockets_of_other_families_are_refused():
    assert sorted(condition["value"] for condition in allowed()["socket"]) == [1, 2, 10, 16]


def test_compiled():
    program = seccomp.compiled()
    instructions = list(struct.iter_unpack("HBBI", program))
    assert 100 < len(instructions) < 4096
    # the first thing looked at is the kind of machine (offset 4), which decides what the numbers mean
    assert instructions[0] == (0x20, 0, 0, 4)


def test_a_missing_library_is_named(monkeypatch):
    def missing(name):
        raise OSError(name)

    monkeypatch.setattr(ctypes, "CDLL", missing)
    seccomp.compiled.cache_clear()
    try:
        with pytest.raises(SandboxError, match="libseccomp2"):
            seccomp.compiled()
    finally:
        seccomp.compiled.cache_clear()
