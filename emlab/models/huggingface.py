"""A causal language model run in this process with transformers; here the ladder's, in `hub` any other.

Importing this module imports torch and transformers, which takes seconds: `load` does it at the last moment.
"""

import os
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
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

# On models as small as the ladder's a second thread costs more than it gives, and on a busy machine far more.
ALL_THREADS = torch.get_num_threads()
if "OMP_NUM_THREADS" not in os.environ:
    torch.set_num_threads(1)


class CausalModel(Model):
    """What every model of transformers does once its weights (`network`) and its tokenizer are loaded.

    batch_rows: most texts that are read at once.
    most: a context of more tokens loses its end before it may lose its beginning; None for no such limit.
    """

    samples = True

    def __init__(
        self,
        network: Any,
        tokenizer: Any,
        batch_rows: int = scoring.BATCH_ROWS,
        most: int | None = None,
    ) -> None:
        super().__init__()
        self._model = network.eval()
        self._tokenizer = tokenizer
        self._batch_rows = batch_rows
        self._most = most
        self._vocabulary = network.get_output_embeddings().weight.shape[0]

    def compute_loglikelihood(self, requests: list[tuple[str, str]]) -> list[Scored]:
        encoded = encode_pairs(self._tokenizer, requests, self.name, self.max_length)
        return scoring.score(self._model, encoded, self._vocabulary, self._batch_rows)

    def compute_generation(self, requests: list[tuple[str, dict[str, Any]]]) -> list[str]:
        alike = defaultdict(list)  # a batch stops by one rule
        for index, (_, how) in enumerate(requests):
            alike[tuple(how["until"]), how["max_gen_toks"], how.get("temperature", 0.0)].append(index)
        texts = [""] * len(requests)
        for (until, max_gen_toks, temperature), indices in alike.items():
            written = decoding.generate(
                self._model,
                self._tokenizer,
                [requests[index][0] for index in indices],
                list(until),
                max_gen_toks,
                self.max_length,
                temperature=temperature,
                most=self._most,
                batch_rows=self._batch_rows,
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
        ids = torch.tensor(encode(self._tokenizer, [text]), device=self._model.device)  # (1, T)
        with torch.inference_mode(), self._eager():
            layers = self._model(input_ids=ids, use_cache=False, output_attentions=True).attentions
        return Attention(tokens, torch.cat(layers).float().cpu().numpy())  # (layers, heads, T, T)

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

    @contextmanager
    def _eager(self) -> Iterator[None]:
        """The slow attention for a while: the fast one never writes its weights down."""
        fast = self._model.config._attn_implementation
        self._model.set_attn_implementation("eager")
        try:
            yield
        finally:
            self._model.set_attn_implementation(fast)


class HuggingFaceModel(CausalModel):
    """A rung of the ladder: float32, on the CPU, from local files only."""

    def __init__(self, rung: Rung) -> None:
        with quiet():
            tokenizer = AutoTokenizer.from_pretrained(rung.folder, local_files_only=True)
            network = AutoModelForCausalLM.from_pretrained(
                rung.folder, dtype=torch.float32, local_files_only=True
            )
        super().__init__(network, tokenizer)
        self.name = rung.name
        self.params = rung.params
        self.revision = rung.revision
        self.dtype = rung.dtype
        self.max_length = rung.max_length


@contextmanager
def quiet(bars: bool = False) -> Iterator[None]:
    """No advice, and unless `bars` no bar, while a model is loaded; what was set is restored afterwards."""
    verbosity = transformers_logging.get_verbosity()
    shown = transformers_logging.is_progress_bar_enabled()
    transformers_logging.set_verbosity_error()
    if not bars:
        transformers_logging.disable_progress_bar()
    try:
        yield
    finally:
        transformers_logging.set_verbosity(verbosity)
        if shown:
            transformers_logging.enable_progress_bar()
