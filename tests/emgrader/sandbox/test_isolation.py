"""What only a sandbox can do, in each engine: nothing of this machine in sight, and no limit passed."""

import json
import os
import socket
import subprocess
import sys

import pytest

from emgrader.sandbox import Limits, Setup
from emgrader.sandbox.kernel import Kernel

from .conftest import CONFINED, engine_named, text

FACTS = """
import json, os, resource, sys
status = dict(l.split(":\\t", 1) for l in open("/proc/self/status").read().splitlines() if ":\\t" in l)
print(json.dumps({
    "ids": [*os.getresuid(), *os.getresgid()], "groups": os.getgroups(), "env": sorted(os.environ),
    "cwd": os.getcwd(), "work": sorted(os.listdir()), "host": os.uname().nodename,
    "pids": len([p for p in os.listdir("/proc") if p.isdigit()]),
    "capabilities": [int(status["Cap" + name], 16) for name in ("Inh", "Prm", "Eff", "Bnd", "Amb")],
    "no_new_privs": int(status["NoNewPrivs"]), "seccomp": int(status["Seccomp"]),
    "memory": resource.getrlimit(resource.RLIMIT_AS), "core": resource.getrlimit(resource.RLIMIT_CORE),
}))
"""
SYSCALLS = """
import ctypes, os, socket
libc = ctypes.CDLL(None, use_errno=True)
user, mount, net = 0x10000000, 0x20000, 0x40000000
tries = {
    "unshare user": lambda: libc.unshare(user), "unshare mount": lambda: libc.unshare(mount),
    "unshare net": lambda: libc.unshare(net),
    "clone": lambda: libc.syscall({"x86_64": 56, "aarch64": 220}[os.uname().machine], user | 17, 0, 0, 0, 0),
    "clone3": lambda: libc.syscall(435, ctypes.create_string_buffer(88), 88),
    "setns": lambda: libc.setns(os.open("/proc/self/ns/net", os.O_RDONLY), 0),
    "mount": lambda: libc.mount(b"none", b"/tmp", b"tmpfs", 0, None),
    "ptrace": lambda: libc.ptrace(16, os.getppid(), 0, 0),
    "keyctl": lambda: libc.syscall({"x86_64": 250, "aarch64": 219}[os.uname().machine], 0, -3, 0),
    "bpf": lambda: libc.syscall({"x86_64": 321, "aarch64": 280}[os.uname().machine], 0, 0, 0),
    "io_uring": lambda: libc.syscall(425, 1, ctypes.create_string_buffer(120)),
    "userfaultfd": lambda: libc.syscall({"x86_64": 323, "aarch64": 282}[os.uname().machine], 0),
    "setuid": lambda: libc.setuid(0), "setgid": lambda: libc.setgid(0),
    "chroot": lambda: libc.chroot(b"/tmp"), "sethostname": lambda: libc.sethostname(b"x", 1),
    "device": lambda: libc.mknod(b"/tmp/device", 0o60666, 2049),
}
for name, act in tries.items():
    result = act()
    if result == 0 and name == "clone" and os.getpid() != parent: os._exit(0)
    if result >= 0: print("GAINED", name)
for family in (socket.AF_PACKET, socket.AF_VSOCK, socket.AF_ALG):
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):
        try:
            socket.socket(family, kind)
            print("GAINED", family)
        except OSError:
            pass
"""
NETWORK = """
import socket
print([name for _, name in socket.if_nameindex()])
for address in (("127.0.0.1", {port}), ("1.1.1.1", 53), ("169.254.169.254", 80)):
    try:
        socket.create_connection(address, 1)
        print("GAINED", address)
    except OSError:
        pass
for name in ("example.org", "localhost.localdomain", {host!r}):
    try:
        socket.getaddrinfo(name, 80)
        print("GAINED", name)
    except OSError:
        pass
abstract = socket.socket(socket.AF_UNIX)
try:
    abstract.connect("\\0{name}")
    print("GAINED abstract")
except OSError:
    pass
"""
WRITES = """
import os
for folder, names, files in os.walk("/"):
    if folder in ("/proc", "/sys", "/work", "/tmp", "/dev", "/run/kernel"):
        names.clear()
        continue
    if folder.count("/") > 4:
        names.clear()
    try:
        open(os.path.join(folder, "mark"), "w").close()
        print("GAINED", folder)
    except OSError:
        pass
for path in ("/etc/passwd", "/run/inside/launcher.py", "/in/data.csv", "/proc/sys/kernel/hostname",
             "/proc/sysrq-trigger", "/proc/1/mem", "/run/connection.json", "/site/emgrader/wire/agent.py"):
    try:
        open(path, "r+b").close()
        print("GAINED", path)
    except OSError:
        pass
"""
SEARCH = """
import os
wanted = {wanted!r}
for folder, names, files in os.walk("/"):
    if folder in ("/proc", "/sys", "/usr", "/opt"):
        names.clear()
    if wanted in files or wanted in names:
        print("GAINED", folder)
for pid in filter(str.isdigit, os.listdir("/proc")):
    for name in ("cmdline", "environ"):
        try:
            if wanted.encode() in open(f"/proc/{{pid}}/{{name}}", "rb").read(): print("GAINED", pid)
        except OSError:
            pass
try:
    os.kill({pid}, 0)
    print("GAINED kill")
except OSError:
    pass
"""
MEMORY = """
import os, time
children = []
for _ in range(8):
    pid = os.fork()
    if pid == 0:
        block = bytearray(b"x") * (100 * 2**20)
        time.sleep(60)
    children.append(pid)
deadline = time.monotonic() + 20
while time.monotonic() < deadline and not os.waitpid(-1, os.WNOHANG)[0]:
    time.sleep(0.1)
time.sleep(1)
alive = 0
for pid in children:
    try:
        alive += os.waitpid(pid, os.WNOHANG) == (0, 0)
        os.kill(pid, 9)
    except OSError:
        pass
print(alive)
"""
FORKS = """
import errno, os, signal
children = []
try:
    while len(children) < 1000:
        pid = os.fork()
        if pid == 0:
            signal.pause()
        children.append(pid)
except OSError as error:
    ended = errno.errorcode[error.errno]
for pid in children:
    os.kill(pid, 9)
    os.waitpid(pid, 0)
print(ended, len(children))
"""
FILL = """
import errno, os
for place in ("/tmp", "/work", "/dev/shm"):
    written = 0
    try:
        for number in range(40):
            with open(f"{place}/fill{number}", "wb") as file:
                for _ in range(16):
                    written += file.write(bytes(2**20))
    except OSError as error:
        print(errno.errorcode[error.errno], written // 2**20)
    for number in range(40):
        if os.path.exists(f"{place}/fill{number}"):
            os.unlink(f"{place}/fill{number}")
try:
    with open("/tmp/large", "wb") as file:
        file.truncate(65 * 2**20)
    print("GAINED")
except OSError as error:
    print(errno.errorcode[error.errno])
"""
BUSY = """
import os, time
children = []
for _ in range(4):
    pid = os.fork()
    if pid == 0:
        end = time.monotonic() + 2
        while time.monotonic() < end: pass
        os._exit(0)
    children.append(pid)
print(sum(sum(os.wait4(pid, 0)[2][:2]) for pid in children))
"""
RAW = """
import os
for number in os.listdir("/proc/self/fd"):
    try:
        for _ in range(100):
            os.write(int(number), bytes(2**20))
    except OSError:
        pass
"""


def test_the_sandbox_is_empty(sandbox):
    facts = json.loads(text(sandbox, FACTS))
    assert min(facts["ids"]) >= 1000 and set(facts["groups"]) <= set(facts["ids"])
    assert facts["capabilities"] == [0] * 5 and facts["no_new_privs"] == 1 and facts["seccomp"] == 2
    assert facts["cwd"] == "/work" and facts["work"] == ["data.csv", "sub"] and facts["host"] == "sandbox"
    ours = ("EMGRADER", "PYTEST", "VIRTUAL_ENV", "SSL_", "PIP_")
    assert not [name for name in facts["env"] if name.startswith(ours)]
    assert facts["pids"] < 10
    assert facts["memory"] == [2**30, 2**30] and facts["core"] == [0, 0]
    for name in ("torch", "nbgrader", "emgrader.examiner"):
        assert sandbox.run_cell(f"import {name}", 20).outputs[0]["ename"] == "ModuleNotFoundError"


def test_system_calls(sandbox):
    assert text(sandbox, "import os; parent = os.getpid()" + SYSCALLS) == ""


def test_no_setuid_program_helps(sandbox):
    source = "import subprocess; print(subprocess.run(['su', '-c', 'id -u'], capture_output=True, text=True))"
    assert "stdout=''" in text(sandbox, source) or "FileNotFoundError" in text(sandbox, source)


def test_network(sandbox, tmp_path):
    name = f"emgrader-test-{os.getpid()}"
    with socket.create_server(("127.0.0.1", 0)) as server, socket.socket(socket.AF_UNIX) as abstract:
        abstract.bind(f"\0{name}")
        abstract.listen()
        port, host = server.getsockname()[1], socket.gethostname() + "."
        assert text(sandbox, NETWORK.format(port=port, host=host, name=name)) == "['lo']\n"


def test_names_and_addresses_of_this_machine(sandbox):
    source = "print([open(p).read() for p in ('/etc/hosts', '/etc/resolv.conf') if os.path.exists(p)])"
    assert set(text(sandbox, "import os; " + source)) <= set("['', '']\n")


def test_writing_elsewhere(sandbox):
    assert text(sandbox, WRITES) == ""


def test_this_machines_processes_and_files(sandbox, tmp_path):
    (tmp_path / "marked-4711").touch()
    command = [sys.executable, "-c", "import time; time.sleep(60)", "marked-4711"]
    with subprocess.Popen(command) as process:
        try:
            assert text(sandbox, SEARCH.format(wanted="marked-4711", pid=process.pid)) == ""
        finally:
            process.kill()


def test_another_submission(sandbox, tmp_path):
    (tmp_path / "classmate-4712").write_text("secret")
    setup = Setup({"classmate-4712": tmp_path / "classmate-4712"}, packages=())
    with Kernel(engine_named(sandbox.engine_name), setup) as other:
        source = "import sys; sys.argv.append('classmate-4712'); open('/tmp/classmate-4712', 'w').close()"
        assert other.run_cell(source, 20).status == "ok"
        assert text(sandbox, SEARCH.format(wanted="classmate-4712", pid=2**22 + 1)) == ""


def test_memory_of_one_process(sandbox):
    assert sandbox.run_cell("bytearray(2 * 2**30)", 30).outputs[0]["ename"] == "MemoryError"


def test_disk(sandbox):
    said = text(sandbox, FILL).split()
    assert said[0::2] == ["ENOSPC", "ENOSPC", "ENOSPC", "EFBIG"]
    assert all(int(size) <= limit for size, limit in zip(said[1::2], (256, 256, 16), strict=True))


def test_time_on_all_cores(sandbox):
    assert float(text(sandbox, BUSY).split()[-1]) < 2 * 1.4


def printed(result):
    """What a cell wrote to standard output; Python's warnings about forks come before it or after it."""
    return "".join(output["text"] for output in result.outputs if output.get("name") == "stdout")


def small(name):
    return Kernel(engine_named(name), Setup(packages=(), limits=Limits(memory=2**29)))


@pytest.mark.parametrize("name", CONFINED)
def test_bombs(name):
    """The deadlier last: each is over soon."""
    with small(name) as kernel:
        error, count = printed(kernel.run_cell(FORKS, 60)).split()
        assert error == "EAGAIN" and int(count) < 64
        # each process fits into the limit, all of them don't
        result = kernel.run_cell(MEMORY, 60)
        assert result.status == "dead" or int(printed(result)) < 6


@pytest.mark.parametrize("name", CONFINED)
def test_a_flood_into_all_open_files(name):
    """It may wedge the kernel, and costs this machine next to nothing."""
    with small(name) as kernel:
        kernel.run_cell(RAW, 20)
        assert sum(p.stat().st_size for p in kernel._launched.folder.path.rglob("*")) < 70 * 2**20
