"""Fetching: from a mirror, by HTTP from a server of the test's own, by `datasets`; and what can go wrong."""

import hashlib
import http.server
import sys
import threading
import types

import pytest

from emlab.benchmarks import fetch, store
from emlab.benchmarks.sources import FILES, SOURCES, File, Hub, Source

CONTENT = b"one\ntwo\r\nthree\nfour\n"


def a_file(url=None, lines=None, content=CONTENT):
    return File("made/data.txt", hashlib.sha256(content).hexdigest(), len(content), url, lines)


@pytest.fixture
def made(monkeypatch, no_data):
    """Puts a source "made" with one file among the sources."""

    def put(file=None, hub=None):
        source = Source("made", "https://example.org", "CC0", (file,) if file else (), hub)
        monkeypatch.setitem(SOURCES, "made", source)
        return source

    return put


@pytest.fixture
def server():
    """A web server on this machine; `server.replies` are (status, body), the last one for good."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self):
            status, body = replies.pop(0) if len(replies) > 1 else replies[0]
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments):
            pass

    replies = [(200, CONTENT)]
    running = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=running.serve_forever, daemon=True).start()
    yield types.SimpleNamespace(url=f"http://127.0.0.1:{running.server_port}/data.txt", replies=replies)
    running.shutdown()
    running.server_close()


def quietly(name, way="auto"):
    lines = []
    fetch.fetch(name, way, tell=lines.append)
    return lines


def test_a_download_is_checked_and_kept(made, server, no_data):
    file = a_file(server.url)
    made(file)
    with pytest.raises(store.NotFetched, match="emlab fetch made"):
        store.read_bytes(file)
    assert file.sha256 in quietly("made")[0]
    assert store.read_bytes(file) == CONTENT
    server.replies[:] = [(500, b"")]  # a second time nothing is asked
    quietly("made")
    assert [path.name for path in (no_data / "made").iterdir()] == ["data.txt"]


def test_the_first_lines_keep_their_ends(made, server):
    file = a_file(server.url, lines=2, content=b"one\ntwo\r\n")
    made(file)
    quietly("made")
    assert store.read_bytes(file) == b"one\ntwo\r\n"


@pytest.mark.parametrize("body", [b"", CONTENT[:-1], b"<html>not found</html>"])
def test_another_content_is_refused_and_leaves_nothing(made, server, no_data, body):
    server.replies[:] = [(200, body)]
    made(a_file(server.url))
    with pytest.raises(ValueError, match="is not the file that was meant"):
        quietly("made")
    assert not list(no_data.rglob("*.txt*"))


def test_a_damaged_file_is_fetched_again(made, server, no_data):
    file = a_file(server.url)
    made(file)
    quietly("made")
    (no_data / file.path).write_bytes(b"damaged")
    with pytest.raises(ValueError, match="is not the file"):
        store.read_bytes(file)
    assert not fetch.is_fetched(SOURCES["made"])
    quietly("made")
    assert store.read_bytes(file) == CONTENT


def test_no_network_has_a_way_out(made, server):
    server.replies[:] = [(404, b"gone")]
    made(a_file(server.url))
    with pytest.raises(fetch.CannotFetch, match="404.*EMLAB_DATA_MIRROR"):
        quietly("made")
    made(a_file("http://127.0.0.1:9/nothing-listens-here"))
    with pytest.raises(fetch.CannotFetch, match="ConnectError.*EMLAB_DATA_MIRROR"):
        quietly("made")


def test_a_mirror_stands_in_for_the_network(made, tmp_path, monkeypatch):
    file = a_file("http://127.0.0.1:9/")
    made(file)
    monkeypatch.setenv(fetch.MIRROR_VARIABLE, str(tmp_path / "mirror"))
    with pytest.raises(fetch.CannotFetch, match="mirror.*No such file"):
        quietly("made")
    place = tmp_path / "mirror" / file.path
    place.parent.mkdir(parents=True)
    place.write_bytes(CONTENT + b"more")
    with pytest.raises(ValueError, match="is not the file that was meant"):
        quietly("made")
    place.write_bytes(CONTENT)
    quietly("made")
    assert store.read_bytes(file) == CONTENT


def test_a_file_without_an_address_comes_from_a_mirror_only(made):
    made(a_file())
    with pytest.raises(fetch.CannotFetch, match="not offered there as one file"):
        quietly("made")


def test_a_package_may_bring_the_file(made, tmp_path, monkeypatch):
    package = tmp_path / "bringing"
    (package / "data").mkdir(parents=True)
    (package / "__init__.py").write_text("raise SystemError('never imported')")
    (package / "data" / "file.txt").write_bytes(CONTENT)
    monkeypatch.syspath_prepend(str(tmp_path))
    digest = hashlib.sha256(CONTENT).hexdigest()
    file = File("made/data.txt", digest, len(CONTENT), package=("bringing", "data/file.txt"))
    made(file)
    assert store.read_bytes(file) == CONTENT
    quietly("made")
    assert fetch.is_fetched(SOURCES["made"])


HUB = Hub("somebody/something", "main", (("test", "test"), ("train", "train")))


@pytest.fixture
def hub(monkeypatch):
    """`datasets` and the hub, as far as fetching sees them."""
    datasets = types.ModuleType("datasets")
    datasets.asked = []

    def load_dataset(path, config, split, revision):
        datasets.asked.append((path, config, split, revision))
        return [{"text": f"{split} {i}", "label": i} for i in range(3)]

    datasets.load_dataset = load_dataset
    api = types.ModuleType("huggingface_hub")
    api.HfApi = lambda: types.SimpleNamespace(dataset_info=lambda path: types.SimpleNamespace(sha="abc123"))
    monkeypatch.setitem(sys.modules, "datasets", datasets)
    monkeypatch.setitem(sys.modules, "huggingface_hub", api)
    return datasets


def test_the_hub_comes_first_at_the_revision_that_it_has(made, hub, no_data, server):
    source = made(a_file(server.url), HUB)
    assert "revision abc123" in quietly("made")[-1]
    assert hub.asked == [("somebody/something", "main", split, "abc123") for split in ("test", "train")]
    assert store.read_hub("made", "test")[2] == {"text": "test 2", "label": 2}
    assert '"revision": "abc123"' in (no_data / "made" / "hub" / "origin.json").read_text()
    assert fetch.is_fetched(source)
    quietly("made", "files")  # what came last is what is used
    assert store.read_hub("made", "test") is None


def test_files_where_the_hub_can_not_be_reached(made, hub, server, monkeypatch):
    def fail(*arguments, **settings):
        raise ConnectionError("no route\nto host")

    monkeypatch.setattr(hub, "load_dataset", fail)
    file = a_file(server.url)
    made(file, HUB)
    lines = quietly("made")
    assert "does not give somebody/something: ConnectionError: no route" in lines[0]
    assert store.read_bytes(file) == CONTENT
    with pytest.raises(fetch.CannotFetch, match="no route"):
        quietly("made", "hub")


def test_without_datasets_it_says_what_to_install(made, monkeypatch):
    monkeypatch.setitem(sys.modules, "datasets", None)
    made(None, HUB)
    with pytest.raises(fetch.CannotFetch, match=r"pip install 'emlab\[benchmarks\]'"):
        quietly("made")


def test_with_a_mirror_the_hub_is_not_asked(made, hub, tmp_path, monkeypatch):
    monkeypatch.setenv(fetch.MIRROR_VARIABLE, str(tmp_path))
    (tmp_path / "made").mkdir()
    (tmp_path / "made" / "data.txt").write_bytes(CONTENT)
    made(a_file(), HUB)
    quietly("made")
    assert hub.asked == []


def test_an_unknown_name_lists_what_there_is():
    with pytest.raises(ValueError, match="'mnist'.*gsm8k, mmlu"):
        fetch.fetch("mnist")


def test_addresses_are_pinned_to_a_commit():
    import re

    for file in FILES.values():
        assert file.url is None or re.search(r"/[0-9a-f]{7,40}/", file.url), file
        assert re.fullmatch("[0-9a-f]{64}", file.sha256) and file.size > 0


def test_the_plan_shows_size_sha256_licence_and_origin(no_data):
    text = "\n".join(fetch.plan(SOURCES["gsm8k"]))
    for shown in (
        "749,738 bytes",
        "3730d312f6e3",
        "licence: MIT",
        "raw.githubusercontent.com",
        "openai/gsm8k",
    ):
        assert shown in text


def test_the_mirror_gives_everything(data):
    for name in ("gsm8k", "mmlu", "mmlu_redux", "mmlu_pro", "bbh", "humaneval"):
        assert fetch.is_fetched(SOURCES[name])
