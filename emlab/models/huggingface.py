"""A model of the ladder, run here with transformers.

Importing this module imports torch and transformers, which takes seconds: `load` does it at the last moment.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import Any

# Threads inside the tokenizer make it slower at these sizes, and warn when a process is forked later.
os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")

import torch  # noqa: E402
from transformers import AutoModelForCausalLM, AutoTokenizer  # noqa: E402
from transformers.utils import logging as transformers_logging  # noqa: E402

from emlab.messages import say  # noqa: E402
from emlab.models import decoding, scoring  # noqa: E402
from emlab.models.base import Attention, Model, Scored, check_text  # noqa: E402
from emlab.models.encoding import encode, encode_pairs  # noqa: E402
from emlab.models.ladder import Rung  # noqa: E402

# On models this small a second thread costs more than it gives, and on a busy machine far more.
if "OMP_NUM_THREADS" not in os.environ:
    torch.set_num_threads(1)


class HuggingFaceModel(Model):
    """A rung of the ladder in this process: float32, on the CPU, from local files only."""

    def __init__(self, rung: Rung) -> None:
        super().__init__()
        self.name = rung.name
        self.params = rung.params
        self.revision = rung.revision
        self.dtype = rung.dtype
        self.max_length = rung.max_length
        self._folder = rung.folder
        with _quiet():
            self._tokenizer = AutoTokenizer.from_pretrained(rung.folder, local_files_only=True)
        self._model = self._load()

    def compute_loglikelihood(self, requests: list[tuple[str, str]]) -> list[Scored]:
        return scoring.score(self._model, encode_pairs(self._tokenizer, requests, self.name, self.max_length))

    def compute_generation(self, requests: list[tuple[str, dict[str, Any]]]) -> list[str]:
        alike = defaultdict(list)  # a batch stops by one rule
        for index, (_, how) in enumerate(requests):
            alike[tuple(how["until"]), how["max_gen_toks"]].append(index)
        texts = [""] * len(requests)
        for (until, max_gen_toks), indices in alike.items():
            contexts = [requests[index][0] for index in indices]
            written = decoding.generate(
                self._model, self._tokenizer, contexts, list(until), max_gen_toks, self.max_length
            )
            for index, text in zip(indices, written, strict=True):
                texts[index] = text
        return texts

    def attention(self, text: str) -> Attention:
        """The weights of every layer and head. Raises ValueError for an empty or a too long text."""
        tokens = self.tokenize(text)
        if not tokens:
            raise ValueError(say("empty_text"))
        if len(tokens) > self.max_length:
            raise ValueError(
                say("long_text", n_tokens=len(tokens), model=self.name, max_length=self.max_length)
            )
        ids = torch.tensor(encode(self._tokenizer, [text]))  # (1, T)
        with torch.inference_mode():
            layers = self._eager(input_ids=ids, use_cache=False, output_attentions=True).attentions
        return Attention(tokens, torch.cat(layers).numpy())  # (layers, heads, T, T)

    def tokenize(self, text: str) -> list[str]:
        """Each piece reaches from the end of the one before to its own end, so that no character is lost.

        Of a character that the tokenizer takes byte by byte, the first byte shows it and the others are "".
        """
        offsets = self._tokenizer(check_text(text), return_offsets_mapping=True, verbose=False)[
            "offset_mapping"
        ]
        pieces, done = [], 0
        for _, end in offsets:
            end = max(end, done)
            pieces.append(text[done:end])
            done = end
        return pieces

    def count_tokens(self, texts: list[str]) -> list[int]:
        """The number of tokens of each text."""
        return [len(ids) for ids in encode(self._tokenizer, texts)]

    @cached_property
    def _eager(self) -> Any:
        """The same weights once more: the fast attention never writes its weights down."""
        return self._load(attn_implementation="eager")

    def _load(self, **how: str) -> Any:
        with _quiet():
            model = AutoModelForCausalLM.from_pretrained(
                self._folder, dtype=torch.float32, local_files_only=True, **how
            )
        return model.eval()


@contextmanager
def _quiet() -> Iterator[None]:
    """No progress bar and no advice while a rung is loaded; what the student set is restored afterwards."""
    verbosity = transformers_logging.get_verbosity()
    bars = transformers_logging.is_progress_bar_enabled()
    transformers_logging.set_verbosity_error()
    transformers_logging.disable_progress_bar()
    try:
        yield
    finally:
        transformers_logging.set_verbosity(verbosity)
        if bars:
            transformers_logging.enable_progress_bar()
