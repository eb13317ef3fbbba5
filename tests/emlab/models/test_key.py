"""The key of a server is in no file and on no screen, whatever the server sends back."""

import gzip
import itertools

import pytest

from tests.emlab import command
from tests.emlab.models.server import serve

pytestmark = pytest.mark.timeout(3600)

KEY = "sk-proj-a-secret-of-mine-0123456789"


def contents(folder):
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            data = path.read_bytes()
            yield path, gzip.decompress(data) if path.suffix == ".gz" else data


@pytest.mark.parametrize("refused", [False, True])
def test_the_key_is_written_nowhere(tmp_path, refused):
    """A server that says the key in its answers, in errors that pass, and in one that does not."""
    number = itertools.count()

    def answer(path, body):
        n = next(number)
        if n % 3 == 1:
            return 500, {"error": {"message": f"trouble with Bearer {KEY}"}}
        if refused and n > 20:
            return 401, {"error": f"Incorrect API key provided: {KEY}"}
        text = f"Answer: 7, by {KEY}"
        choice = {"message": {"content": text}} if path.endswith("/chat/completions") else {"text": text}
        return 200, {"choices": [choice], "model": KEY}

    home = tmp_path / "home"
    with serve(answer) as server:
        for endpoint in ("chat", "completions"):
            model = f"api:some-model,base_url={server.url},endpoint={endpoint}"
            settings = ("--task", "ladder_word_problems_cot_2", "--limit", "15")
            evaluation = ("eval", "--model", model, *settings)
            status, out, err = command.run(home, *evaluation, OPENAI_API_KEY=f"{KEY}\n")
            assert status == (1 if refused else 0)
            assert KEY not in out + err
            assert ("Incorrect API key provided: ***" in err) == refused
    assert {dict(headers)["Authorization"] for *_, headers in server.seen} == {f"Bearer {KEY}"}
    found = list(contents(home))
    names = {path.name for path, _ in found}
    assert "answers.db" in names and any(name.endswith(".jsonl.gz") for name in names) != refused
    for path, data in found:
        assert KEY.encode() not in data, path
    if not refused:
        assert any(b"Answer: 7, by ***" in data for _, data in found)
