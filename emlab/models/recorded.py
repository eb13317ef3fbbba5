"""`recorded:<file>`: plays back the answers in a log of responses.

    recorded:responses.jsonl.gz
    recorded:responses.jsonl.gz,model=ladder/774k      where the log holds several models

A prompt that is not in the log is an error. Log-probabilities are there where the log has the columns
choices, logprobs and greedy, as that of `emlab eval` has for tasks which compare choices.
"""

import hashlib
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from emlab.log import prompt_sha256, read_responses
from emlab.messages import say
from emlab.models.base import TARGET_DELIMITER, Attention, Model, Scored, UnknownModel
from emlab.models.options import answers, full_name, parse
from emlab.models.text import cut

PREFIX = "recorded:"
_SHOWN = 120  # characters of a prompt that an error quotes


class NotRecorded(LookupError):
    """The recording has no answer to this."""


@dataclass(frozen=True)
class RecordedOptions:
    """model: whose answers, when the log holds those of several."""

    model: str | None = answers(None)


class Recorded(Model):
    """The answers of one model in a log; params is what the log says, revision a hash of the answers."""

    dtype = "recorded"
    max_length = 1_000_000
    samples = True

    def __init__(self, spec: str, **keywords: Any) -> None:
        super().__init__()
        target, options = parse(RecordedOptions, spec, keywords)
        rows = read_responses(target)
        models = list(rows["model"].unique())
        if options.model is None and len(models) == 1:
            (wanted,) = models
        else:
            wanted = options.model
        if wanted not in models:
            raise UnknownModel(say("recorded_models", path=target, known=", ".join(map(str, models))))
        own = rows[rows["model"] == wanted]
        self.name = full_name(PREFIX, target, options)
        self.params = next((int(n) for n in own["params"] if n is not None and n == n), None)
        self._responses: dict[str, list[str]] = defaultdict(list)
        self._scored: dict[tuple[str, str], Scored] = {}  # by prompt and choice
        hashed = hashlib.sha256()
        for row in own.to_dict("records"):
            prompt, response = row["prompt"], row["response"]
            self._responses[prompt].append(response)
            scored = [row.get(column) for column in ("choices", "logprobs", "greedy")]
            if all(isinstance(values, list) for values in scored):
                for choice, *answer in zip(*scored, strict=True):
                    self._scored[prompt, choice] = tuple(answer)
            hashed.update(f"{prompt}\0{response}\0".encode())
        self.revision = hashed.hexdigest()[:12]
        self._played: dict[str, int] = defaultdict(int)  # of each prompt, how many samples were given out

    def compute_loglikelihood(self, requests: list[tuple[str, str]]) -> list[Scored]:
        if not self._scored:
            raise NotRecorded(say("recorded_logprobs", name=self.name))
        return [self._score(prompt, continuation) for prompt, continuation in requests]

    def compute_generation(self, requests: list[tuple[str, dict[str, Any]]]) -> list[str]:
        """A sampled request gets the prompt's answers one after the other, in the order of the log."""
        return [
            cut(self._next(prompt) if how.get("temperature") else self._only(prompt), how["until"])[0]
            for prompt, how in requests
        ]

    def choose(self, prompts: list[str], choices: list[str]) -> list[dict[str, Any]]:
        """See `multiple_choice`; the log-probabilities are None."""
        responses = [self._only(prompt) for prompt in prompts]
        for prompt, response in zip(prompts, responses, strict=True):
            if response not in choices:
                raise NotRecorded(
                    say("recorded_no_choice", prompt=prompt[-_SHOWN:], response=response, choices=choices)
                )
        return [{"response": response, "logprobs": None} for response in responses]

    def attention(self, text: str) -> Attention:
        raise NotImplementedError(say("no_weights", name=self.name))

    def tokenize(self, text: str) -> list[str]:
        raise NotImplementedError(say("no_weights", name=self.name))

    def _score(self, prompt: str, continuation: str) -> Scored:
        # a choice is written down without the delimiter that parts it from the prompt
        for choice in (continuation, continuation.removeprefix(TARGET_DELIMITER)):
            if (prompt, choice) in self._scored:
                return self._scored[prompt, choice]
        self._known(prompt)
        raise NotRecorded(
            say("recorded_no_score", name=self.name, continuation=continuation, end=prompt[-_SHOWN:])
        )

    def _only(self, prompt: str) -> str:
        found = set(self._known(prompt))
        if len(found) > 1:
            raise NotRecorded(say("recorded_several", name=self.name, n=len(found), end=prompt[-_SHOWN:]))
        return found.pop()

    def _next(self, prompt: str) -> str:
        known, n = self._known(prompt), self._played[prompt]
        if n == len(known):
            raise NotRecorded(say("recorded_no_more", name=self.name, n=n, end=prompt[-_SHOWN:]))
        self._played[prompt] += 1
        return known[n]

    def _known(self, prompt: str) -> list[str]:
        if prompt not in self._responses:
            raise NotRecorded(
                say(
                    "not_recorded",
                    name=self.name,
                    end=prompt[-_SHOWN:],
                    n=len(prompt),
                    sha=prompt_sha256(prompt)[:12],
                )
            )
        return self._responses[prompt]
