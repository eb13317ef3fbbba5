"""Hugging Face's hub on 127.0.0.1, as far as its own libraries ask it: repositories that are folders here.

Point HF_ENDPOINT at it before the libraries are imported, that is in another process.
"""

import hashlib
import http.server
import json
import threading
import urllib.parse
from contextlib import contextmanager

COMMIT = "0123456789abcdef0123456789abcdef01234567"
REVISIONS = ("main", COMMIT)


class Handler(http.server.BaseHTTPRequestHandler):
    """`server.repositories`: "models/org/name" or "datasets/org/name", and its folder."""

    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_HEAD(self):  # noqa: N802
        self.do_GET()

    def do_POST(self):  # noqa: N802
        length = int(self.headers.get("Content-Length", 0))
        asked = urllib.parse.parse_qs(self.rfile.read(length).decode())
        self.server.asked.append(self.path)
        folder, what = self.find()
        if folder is None or not what.startswith("paths-info/"):
            return self.send(404)
        known = {entry["path"]: entry for entry in entries(folder)}
        return self.send_json([known[path] for path in asked.get("paths", []) if path in known])

    def do_GET(self):  # noqa: N802
        self.server.asked.append(self.path)
        folder, what = self.find()
        if folder is None:
            return self.send(404, {"X-Error-Code": "RepoNotFound"})
        kind, _, rest = what.partition("/")
        revision, _, path = rest.partition("/")
        if kind in ("", "revision"):
            siblings = [{"rfilename": entry["path"]} for entry in entries(folder)]
            return self.send_json({"id": "org/name", "sha": COMMIT, "siblings": siblings, "private": False})
        if kind == "tree" and revision in REVISIONS:
            found = [e for e in entries(folder) if e["path"].startswith(path)]
            return self.send_json(found) if found else self.send(404, {"X-Error-Code": "EntryNotFound"})
        file = folder / path
        if kind != "resolve" or revision not in REVISIONS or not file.is_file():
            return self.send(404, {"X-Error-Code": "EntryNotFound", "X-Repo-Commit": COMMIT})
        data = file.read_bytes()
        return self.send(200, {"ETag": f'"{oid(data)}"', "X-Repo-Commit": COMMIT}, data)

    def find(self):
        """The folder of the repository that is asked for, and what is asked about it."""
        path = urllib.parse.unquote(urllib.parse.urlparse(self.path).path).strip("/").removeprefix("api/")
        for name, folder in self.server.repositories.items():
            for prefix in (name, name.removeprefix("models/")):
                if path == prefix or path.startswith(prefix + "/"):
                    return folder, path.removeprefix(prefix).strip("/")
        return None, ""

    def send_json(self, value):
        self.send(200, {"Content-Type": "application/json"}, json.dumps(value).encode())

    def send(self, status, headers=(), data=b""):
        self.send_response(status)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)


def oid(data):
    return hashlib.sha1(data).hexdigest()


def entries(folder):
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [
        {
            "type": "file",
            "path": str(path.relative_to(folder)),
            "size": path.stat().st_size,
            "oid": oid(path.read_bytes()),
        }
        for path in files
    ]


@contextmanager
def serve(repositories):
    """The address of a hub with these repositories; `.asked` are the paths that were asked for."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    server.repositories, server.asked = repositories, []
    server.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
