"""The models, and the one thread that runs them.

Questions of several submissions that wait at the same time for the same model are computed as one batch.
Whoever has used least of the models comes first, so that one who asks without end makes nobody else wait for
more than the batch that is being computed.
torch is imported when the first answer is computed, not before: with everything in the cache it never is.
"""

import asyncio
import logging
import threading
import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from emgrader.broker.cache import Answer
from emgrader.broker.meter import Meter
from emgrader.broker.protocol import Refused
from emgrader.messages import say
from emlab.models.frames import pack_array
from emlab.models.ladder import Rung

if TYPE_CHECKING:
    from emlab.models.huggingface import HuggingFaceModel

MAX_MERGED = 2048  # requests computed at once

log = logging.getLogger(__name__)


@dataclass
class Job:
    """Requests of one submission, the future that waits for their answers, and who pays for the time."""

    op: str
    rung: Rung
    items: list[Any]
    future: asyncio.Future
    meter: Meter


class Engine:
    """Computes answers in a thread of its own; made and used in a running event loop."""

    def __init__(self) -> None:
        self._loop = asyncio.get_running_loop()
        self._waiting: deque[Job] = deque()
        self._something = threading.Condition()
        self._models: dict[str, HuggingFaceModel] = {}
        threading.Thread(target=self._run, name="models", daemon=True).start()

    async def answer(self, op: str, rung: Rung, items: list[Any], meter: Meter) -> list[Answer]:
        """The answers to `items`; the seconds that they took are charged to `meter`.

        Raises Refused when the model can not take one of them.
        """
        future = self._loop.create_future()
        with self._something:
            self._waiting.append(Job(op, rung, items, future, meter))
            self._something.notify()
        return await future

    def _run(self) -> None:
        while True:
            with self._something:
                while not self._waiting:
                    self._something.wait()
                jobs = self._take()
            self._compute(jobs)

    def _take(self) -> list[Job]:
        """The job whose turn it is, and those behind it that can be computed with it."""
        in_turn = sorted(self._waiting, key=lambda job: job.meter.seconds)  # of equals, who came first
        first = in_turn[0]
        taken, size = [], 0
        for job in in_turn:
            alike = (job.op, job.rung.name) == (first.op, first.rung.name)
            if alike and (job is first or size + len(job.items) <= MAX_MERGED):
                taken.append(job)
                size += len(job.items)
        chosen = set(map(id, taken))
        self._waiting = deque(job for job in self._waiting if id(job) not in chosen)
        return taken

    def _compute(self, jobs: list[Job]) -> None:
        """Compute the jobs as one batch; when that fails, each alone, so that only the culprit fails.

        Time is this thread's own, so that nobody pays for a busy machine.
        """
        started = time.thread_time()
        try:
            model = self._model(jobs[0].rung)
            started = time.thread_time()  # loading the model is on the house
            answers = compute(model, jobs[0].op, [item for job in jobs for item in job.items])
        except Exception as error:
            if len(jobs) > 1:
                for job in jobs:
                    self._compute([job])
            else:
                self._deliver(jobs[0], _refusal(error), time.thread_time() - started)
            return
        seconds = time.thread_time() - started
        total = sum(answer.tokens for answer in answers) or 1
        for job in jobs:
            own, answers = answers[: len(job.items)], answers[len(job.items) :]
            self._deliver(job, own, seconds * sum(answer.tokens for answer in own) / total)

    def _model(self, rung: Rung) -> "HuggingFaceModel":
        if rung.name not in self._models:
            from emlab.models.huggingface import HuggingFaceModel

            self._models[rung.name] = HuggingFaceModel(rung)
        return self._models[rung.name]

    def _deliver(self, job: Job, outcome: list[Answer] | Refused, seconds: float) -> None:
        def settle() -> None:
            job.meter.charge(seconds)
            if job.future.done():  # the submission was closed meanwhile
                return
            if isinstance(outcome, Refused):
                job.future.set_exception(outcome)
            else:
                job.future.set_result(outcome)

        self._loop.call_soon_threadsafe(settle)


def compute(model: "HuggingFaceModel", op: str, items: list[Any]) -> list[Answer]:
    """What the model says to each item, as plain JSON values."""
    if op == "loglikelihood":
        values = [[logprob, greedy] for logprob, greedy in model.compute_loglikelihood(items)]
    elif op == "generate_until":
        values = model.compute_generation(items)
    elif op == "tokenize":
        values = [model.tokenize(text) for text in items]
    else:
        values = []
        for text in items:
            attention = model.attention(text)
            values.append({"tokens": attention.tokens, "weights": pack_array(attention.weights)})
    prompts = [item if isinstance(item, str) else item[0] for item in items]
    return [Answer(value, n) for value, n in zip(values, model.count_tokens(prompts), strict=True)]


def _refusal(error: Exception) -> Refused:
    """A ValueError speaks to the student; anything else is ours, and goes to the log only."""
    if isinstance(error, ValueError):
        return Refused("request", str(error))
    log.error("a model failed", exc_info=error)
    return Refused("server", say("broker.failed"))
