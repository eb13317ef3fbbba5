"""Reaching out of the sandbox: to the gradebook, the course, the network, the machine."""

from tests.attacks.generic.attack import FULL, Attack, before

ATTACKS = [
    Attack(
        "gradebook",
        FULL,
        before(
            "import os, sqlite3\nfor path in ('{root}/gradebook.db', '../gradebook.db', '/gradebook.db'):\n"
            "    try:\n        db = sqlite3.connect('file:' + path + '?mode=rw', uri=True)\n"
            "        db.execute('update grade set manual_score = 99')\n        db.commit()\n        print('GAINED')\n"
            "    except sqlite3.Error:\n        pass"
        ),
    ),
    Attack(
        "course_folder",
        FULL,
        before(
            "import os\nfor name in ('source', 'submitted', 'autograded', 'gradebook.db', '.emgrader/secret'):\n"
            "    if os.path.exists('{root}/' + name): print('GAINED', name)\n"
            "os.makedirs('{root}/autograded/planted', exist_ok=True)\n"
            "with open('{root}/nbgrader_config.py', 'a') as file: file.write('raise SystemExit')",
            "double",
        ),
    ),
    Attack(
        "network",
        FULL,
        before(
            "import socket\nfor address in (('127.0.0.1', {port}), ('1.1.1.1', 53)):\n    try:\n"
            "        socket.create_connection(address, 1)\n        print('GAINED', address)\n    except OSError:\n        pass\n"
            "try:\n    socket.getaddrinfo('example.org', 80)\n    print('GAINED dns')\nexcept OSError:\n    pass",
            "double",
        ),
    ),
    Attack(
        "become_root",
        FULL,
        before(
            "import os, subprocess\nfor act in (lambda: os.setuid(0), lambda: os.setgid(0), lambda: os.chroot('/'),\n"
            "            lambda: os.mknod('/tmp/x', 0o60600, 2049)):\n"
            "    try:\n        act()\n        print('GAINED')\n    except OSError:\n        pass\n"
            "if open('/proc/self/status').read().split('CapEff:')[1].split()[0].strip('0'): print('GAINED')",
            "double",
        ),
    ),
    Attack(
        "write_outside",
        FULL,
        before(
            "import os\nfor place in ('/', '/in', '/site', '/site/numpy', '/usr', '/etc', '/run', '/dev'):\n"
            "    try:\n        open(os.path.join(place, 'mark'), 'w').close()\n        print('GAINED', place)\n"
            "    except OSError:\n        pass",
            "double",
        ),
    ),
]
