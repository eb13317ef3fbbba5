"""Getting out of the sandbox, past each thing that an engine holds back."""

from tests.attacks.generic.attack import FULL, Attack, before

# `call(number, ...)` is a system call by its number on x86-64, and `tried(what, result)` says if it worked.
_CALL = """
import ctypes, os
libc = ctypes.CDLL(None, use_errno=True)
libc.syscall.restype = ctypes.c_long
def call(number, *arguments):
    return libc.syscall(ctypes.c_long(number), *(ctypes.c_long(a) if isinstance(a, int) else a for a in arguments))
def tried(what, result):
    if result >= 0: print("GAINED", what, result)
"""
# `opened(path)` opens it for writing, and says if that worked.
_OPEN = """
import os
def opened(*paths):
    for path in paths:
        try:
            os.close(os.open(path, os.O_WRONLY))
            print("GAINED", path)
        except OSError:
            pass
"""


def _escape(name, text):
    return Attack(f"engine_{name}", FULL, before(text, "double"))


ATTACKS = [
    _escape(
        "namespaces",
        _CALL
        + "for flag in (0x10000000, 0x20000, 0x40000000, 0x20000000, 0x8000000, 0x2000000):\n"
        + "    tried(f'unshare {flag:#x}', call(272, flag))\n"
        + "for name in ('user', 'mnt', 'net', 'pid', 'ipc', 'uts', 'cgroup'):\n"
        + "    try: tried('setns', call(308, os.open('/proc/1/ns/' + name, os.O_RDONLY), 0))\n"
        + "    except OSError: pass\n"
        + "pid = call(56, 0x10000000 | 17, 0, 0, 0, 0)\n"
        + "if pid == 0: os._exit(0)\n"
        + "tried('clone', pid)",
    ),
    _escape(
        "mounts",
        _CALL + "tried('mount', libc.mount(b'none', b'/tmp', b'tmpfs', 0, None))\n"
        "tried('remount', libc.mount(None, b'/', None, 0x20, None))\n"
        "tried('umount', libc.umount2(b'/in', 2))\n"
        "tried('pivot_root', call(155, b'/tmp', b'/tmp'))\ntried('chroot', libc.chroot(b'/tmp'))\n"
        "tried('open_tree', call(428, -100, b'/', 1))\ntried('fsopen', call(430, b'tmpfs', 0))\n"
        "tried('move_mount', call(429, -100, b'/in', -100, b'/tmp', 0))",
    ),
    _escape(
        "system_calls",
        _CALL + "buffer = ctypes.create_string_buffer(256)\n"
        "for what, number, *arguments in (\n"
        "    ('ptrace', 101, 16, 1, 0, 0), ('process_vm_readv', 310, 1, buffer, 1, buffer, 1, 0),\n"
        "    ('add_key', 248, b'user', b'a', b'b', 1, -4), ('request_key', 249, b'user', b'a', None, -4),\n"
        "    ('keyctl', 250, 0, -4, 1), ('bpf', 321, 0, buffer, 72), ('perf_event_open', 298, buffer, 0, -1, -1, 0),\n"
        "    ('userfaultfd', 323, 0), ('io_uring_setup', 425, 8, buffer), ('kexec_load', 246, 0, 0, 0, 0),\n"
        "    ('init_module', 175, buffer, 256, b''), ('open_by_handle_at', 304, -100, buffer, 0),\n"
        "    ('swapon', 167, b'/tmp/x', 0), ('settimeofday', 164, buffer, None), ('sethostname', 170, b'x', 1),\n"
        "    ('syslog', 103, 3, buffer, 200), ('acct', 163, b'/tmp/x'), ('quotactl', 179, 0, b'/', 0, buffer),\n"
        "    ('pidfd_getfd', 438, 0, 0, 0), ('kcmp', 312, 1, 1, 0, 0, 0), ('fanotify_init', 300, 0, 0)):\n"
        "    tried(what, call(number, *arguments))",
    ),
    _escape(
        "devices",
        _OPEN
        + "kept = {'null', 'zero', 'full', 'random', 'urandom', 'tty', 'console', 'ptmx', 'core', 'stdin', 'stdout', 'stderr'}\n"
        "for folder, _, names in os.walk('/dev'):\n"
        "    opened(*(os.path.join(folder, n) for n in names if n not in kept and 'pts' not in folder))\n"
        "opened('/dev/mem', '/dev/kmsg', '/dev/kvm', '/dev/fuse', '/dev/net/tun', '/dev/vsock', '/dev/loop-control')",
    ),
    _escape(
        "kernel_files",
        _OPEN
        + "opened('/proc/sys/kernel/core_pattern', '/proc/sys/kernel/modprobe', '/proc/sysrq-trigger',\n"
        "       '/proc/sys/vm/overcommit_memory', '/proc/1/mem', '/proc/1/oom_score_adj', '/proc/kcore',\n"
        "       '/sys/kernel/uevent_helper', '/sys/kernel/mm/ksm/run', '/proc/sys/kernel/randomize_va_space')\n"
        "for folder, _, names in os.walk('/sys/fs/cgroup'):\n"
        "    opened(*(os.path.join(folder, name) for name in names))\n"
        "try:\n    with open('/proc/self/oom_score_adj', 'w') as file: file.write('-900')\n    print('GAINED oom')\n"
        "except OSError:\n    pass",
    ),
    _escape(
        "first_process",
        "import os, signal, socket, time\n"
        "for number in (signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM, signal.SIGCHLD, signal.SIGHUP):\n"
        "    try: os.kill(1, number)\n    except OSError: pass\n"
        "lines = []\n"
        "for _ in range(50):\n    line = socket.socket(socket.AF_UNIX)\n    line.settimeout(0.1)\n"
        "    try: line.connect('/run/alive'); lines.append(line)\n    except OSError: break\n"
        "time.sleep(0.2)",
    ),
    _escape(
        "terminal",
        "import fcntl, os, termios\nplaces = [0, 1, 2]\n"
        "for path in ('/dev/tty', '/dev/console', '/proc/1/fd/0', '/proc/1/fd/2'):\n"
        "    try: places.append(os.open(path, os.O_RDWR))\n    except OSError: pass\n"
        "for place in places:\n    try:\n        fcntl.ioctl(place, termios.TIOCSTI, b'x')\n        print('GAINED', place)\n"
        "    except OSError: pass",
    ),
    _escape(
        "open_files",
        "import os\nfor name in os.listdir('/proc/self/fd'):\n    try:\n        path = os.readlink('/proc/self/fd/' + name)\n"
        "        outside = os.path.isdir('/proc/self/fd/' + name) and not path.startswith(('/proc', '/work', '/site', '/usr'))\n"
        "        if outside or '{root}' in path: print('GAINED', path)\n    except OSError: pass",
    ),
    _escape(
        "other_programs",
        "import os, subprocess\n"
        "for command in (['su', '-c', 'id'], ['sudo', '-n', 'id'], ['unshare', '-Ur', 'id'], ['pkexec', 'id'],\n"
        "                ['newgrp', 'root'], ['mount', '-t', 'tmpfs', 'x', '/tmp'], ['podman', 'ps'], ['docker', 'ps']):\n"
        "    try:\n        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=5)\n"
        "        if done.returncode == 0 and command[0] != 'newgrp' or 'uid=0' in done.stdout: print('GAINED', command)\n"
        "    except (OSError, subprocess.TimeoutExpired): pass",
    ),
    _escape(
        "raised_limits",
        "import os, resource\n"
        "for name in ('AS', 'NPROC', 'NOFILE', 'FSIZE', 'CPU', 'CORE'):\n    kind = getattr(resource, 'RLIMIT_' + name)\n"
        "    _, hard = resource.getrlimit(kind)\n    if hard == resource.RLIM_INFINITY: continue\n    try:\n"
        "        resource.setrlimit(kind, (hard + 1, hard + 1))\n        print('GAINED', name)\n"
        "    except (OSError, ValueError): pass\n"
        "for act in (lambda: os.nice(-5), lambda: os.sched_setscheduler(0, os.SCHED_FIFO, os.sched_param(5))):\n"
        "    try:\n        act()\n        print('GAINED', 'priority')\n    except OSError: pass",
    ),
    _escape(
        "other_networks",
        "import os, socket\n"
        "for name in ('AF_PACKET', 'AF_VSOCK', 'AF_BLUETOOTH', 'AF_ALG', 'AF_TIPC'):\n"
        "    family = getattr(socket, name, None)\n    if family is None: continue\n"
        "    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_RAW, socket.SOCK_SEQPACKET):\n        try:\n"
        "            socket.socket(family, kind).close()\n            print('GAINED', name)\n        except OSError: pass\n"
        "for folder, _, names in os.walk('/run'):\n    for name in names:\n"
        "        if 'docker' in name or 'podman' in name or 'containerd' in name: print('GAINED', folder, name)",
    ),
]
