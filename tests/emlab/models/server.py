"""A server on 127.0.0.1 that does what it is told, and first the faults it is told."""

import http.server
import json
import threading
import time
from contextlib import contextmanager

import httpx
import torch

SLOW = 1.0  # seconds of the fault "slow"


class Server(http.server.ThreadingHTTPServer):
    """`answer(path, body)` gives (status, JSON value); `faults` are used up one by one, one a request."""

    daemon_threads = True

    def __init__(self, answer):
        super().__init__(("127.0.0.1", 0), Handler)
        self.answer = answer
        self.faults = []
        self.seen = []  # (path, body, headers) of every request
        self.lock = threading.Lock()

    @property
    def url(self):
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    def handle_error(self, request, client_address):
        """A client that went away is no news."""


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_POST(self):  # noqa: N802
        body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        with self.server.lock:
            self.server.seen.append((self.path, body, dict(self.headers)))
            fault = self.server.faults.pop(0) if self.server.faults else None
        if fault == "cut":  # in the middle of an answer
            self.wfile.write(b'HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n{"choices": [')
            self.close_connection = True
        elif fault == "gone":  # before an answer
            self.close_connection = True
        elif fault == "malformed":
            self.send(200, b'{"choices": [{"mess')
        elif fault == "page":
            self.send(200, b"<html>Please log in to the network</html>")
        elif isinstance(fault, tuple):  # status, headers
            self.send(fault[0], b'{"error": {"message": "a fault"}}', fault[1])
        elif isinstance(fault, int):
            self.send(fault, b'{"error": {"message": "a fault"}}')
        else:
            if fault == "slow":
                time.sleep(SLOW)
            status, value = self.server.answer(self.path, body)
            self.send(status, json.dumps(value).encode())

    def send(self, status, data, headers=()):
        self.send_response(status)
        for name, value in dict(headers).items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def serve(answer):
    server = Server(answer)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def forward_to(url):
    """An `answer` that asks another server: what stands between is only the faults."""

    def answer(path, body):
        response = httpx.post(url.removesuffix("/v1") + path, json=body, timeout=120)
        return response.status_code, response.json()

    return answer


def completions_of(network, tokenizer):
    """An `answer` to /v1/completions from a causal model, with echo and logprobs as OpenAI's had them."""

    @torch.inference_mode()
    def answer(path, body):
        if path != "/v1/completions":
            return 404, {"error": {"message": f"no {path} here"}}
        (given,) = body["prompt"] if isinstance(body["prompt"], list) else [body["prompt"]]
        ids = tokenizer(given)["input_ids"]
        prompt = len(ids)
        for _ in range(body["max_tokens"]):
            ids.append(int(network(torch.tensor([ids])).logits[0, -1].argmax()))
        written = tokenizer.decode(ids[prompt:])
        usage = {"prompt_tokens": prompt, "completion_tokens": len(ids) - prompt}
        choice = {"index": 0, "text": written, "logprobs": None, "finish_reason": "length"}
        if body.get("echo") and body.get("logprobs"):
            all_logprobs = torch.log_softmax(network(torch.tensor([ids])).logits[0], dim=-1)
            tops, logprobs = [None], [None]
            for i, token in enumerate(ids[1:]):
                best = int(all_logprobs[i].argmax())
                logprobs.append(float(all_logprobs[i, token]))
                tops.append({tokenizer.decode([best]): float(all_logprobs[i, best])})
            tokens = [tokenizer.decode([token]) for token in ids]
            choice["logprobs"] = {"tokens": tokens, "token_logprobs": logprobs, "top_logprobs": tops}
            choice["text"] = given + written
        return 200, {"choices": [choice], "usage": usage}

    return answer
