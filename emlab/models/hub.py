"""`hf:<id or folder>`: any causal language model that transformers loads.

    hf:EleutherAI/pythia-410m
    hf:/home/me/model,dtype=bfloat16,device=cuda:0
    hf:HuggingFaceTB/SmolLM2-135M-Instruct,chat=true
    hf:/home/me/SmolLM2-135M-Instruct.Q4_1.gguf

Answers are those of lm-evaluation-harness's `hf` model with the same dtype. Generation is greedy and
nothing else: a repetition penalty or the like that a model's own generation_config.json sets is left out.
"""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from transformers import AutoModelForCausalLM, AutoTokenizer
from transformers.utils import cached_file

from emlab.messages import say
from emlab.models.base import Scored, UnknownModel
from emlab.models.chunks import in_chunks
from emlab.models.huggingface import ALL_THREADS, CausalModel, quiet
from emlab.models.options import answers, full_name, parse
from emlab.models.scoring import BATCH_ROWS

PREFIX = "hf:"
DTYPES = {"float32": torch.float32, "float16": torch.float16, "bfloat16": torch.bfloat16}
DEFAULT_MAX_LENGTH = 2048  # lm-evaluation-harness's, for a model that does not say
_SMALL_FILES = (".json", ".txt", ".model", ".jinja")  # configuration, tokenizer, chat template


@dataclass(frozen=True)
class HubOptions:
    """
    dtype       auto: float32 on the CPU, elsewhere that of the weights; or one of DTYPES
    device      auto: cuda where there is one, else cpu; or as torch names it ("cuda:1", "mps")
    revision    branch, tag or commit on the hub
    gguf_file   the GGUF file to read in the folder or repository; its weights are unpacked to the dtype
    chat        put each context into the model's chat template, as the one message of the user
    max_length  most tokens read at once, when it should be fewer than the model's own
    truncation  first cut a long context of generate_until off at the tokenizer's own length, behind
                (lm-evaluation-harness's option); a context always loses its beginning to fit max_length
    batch_size  most texts read at once; fewer need less memory
    """

    dtype: str = answers("auto")
    device: str = "auto"
    revision: str | None = answers(None)
    gguf_file: str | None = answers(None)
    chat: bool = answers(False)
    max_length: int | None = answers(None)
    truncation: bool = answers(False)
    batch_size: int = BATCH_ROWS


class HubModel(CausalModel):
    """A model of the hub or of a folder."""

    shows_progress = True

    def __init__(self, spec: str, **keywords: Any) -> None:
        target, options = parse(HubOptions, spec, keywords)
        path, gguf_file = _place(target, options.gguf_file)
        device = options.device
        if device == "auto":
            device = "cuda" if torch.cuda.is_available() else "cpu"
        if options.dtype not in ("auto", *DTYPES):
            raise ValueError(say("unknown_dtype", got=options.dtype, known=", ".join(["auto", *DTYPES])))
        dtype = DTYPES.get(options.dtype) or (torch.float32 if device == "cpu" else "auto")
        where = {"revision": options.revision or "main", "gguf_file": gguf_file}
        tokenizer, network = _load(spec, path, where, dtype)
        if options.chat and not tokenizer.chat_template:
            raise ValueError(say("no_chat_template", model=spec))
        most = tokenizer.model_max_length if options.truncation else None
        super().__init__(_to(spec, network, device), tokenizer, options.batch_size, most)
        self.name = full_name(PREFIX, target, options)
        self.params = network.num_parameters()
        self.revision = _revision(path, where)
        self.dtype = str(network.dtype).removeprefix("torch.")
        self.max_length = options.max_length or _max_length(network.config, tokenizer)
        self._chat = options.chat

    def compute_loglikelihood(self, requests: list[tuple[str, str]]) -> list[Scored]:
        asked = [(self._in_template(context), continuation) for context, continuation in requests]
        with all_threads():
            return super().compute_loglikelihood(asked)

    def compute_generation(self, requests: list[tuple[str, dict[str, Any]]]) -> list[str]:
        with all_threads():
            return super().compute_generation(
                [(self._in_template(context), how) for context, how in requests]
            )

    def compute_in_parts(self, kind: str, requests: list[Any]) -> Iterator[list[tuple[int, Any]]]:
        compute = self.compute_loglikelihood if kind == "loglikelihood" else self.compute_generation
        return in_chunks(requests, compute)

    def tokenize(self, text: str) -> list[str]:
        """See `CausalModel.tokenize`. NotImplementedError for a tokenizer that can't tell where it cut."""
        if not self._tokenizer.is_fast:
            raise NotImplementedError(say("slow_tokenizer", model=self.name))
        return super().tokenize(text)

    def _in_template(self, context: str) -> str:
        if not self._chat:
            return context
        message = [{"role": "user", "content": context}]
        return self._tokenizer.apply_chat_template(message, tokenize=False, add_generation_prompt=True)


def _place(target: str, gguf_file: str | None) -> tuple[str, str | None]:
    """The folder or the hub's id, and the GGUF file in it; a path to such a file is both."""
    path = Path(target).expanduser()
    if path.suffix == ".gguf" and path.is_file():
        return str(path.parent), path.name
    return (str(path) if path.is_dir() else target), gguf_file


def _load(spec: str, path: str, where: dict[str, Any], dtype: Any) -> tuple[Any, Any]:
    """Tokenizer and weights. UnknownModel with the reason when they can not be had or are not whole."""
    try:
        with quiet(bars=not Path(path).is_dir()):
            tokenizer = AutoTokenizer.from_pretrained(path, **where)
            network, found = AutoModelForCausalLM.from_pretrained(
                path, dtype=dtype, output_loading_info=True, **where
            )
    except ImportError as error:
        if "gguf" in str(error).lower():
            raise ImportError(say("needs_gguf", spec=spec)) from None
        raise
    except (OSError, ValueError, KeyError) as error:
        raise UnknownModel(say("not_loaded", spec=spec, reason=error)) from None
    # transformers fills what is missing with random numbers: a model with another head would talk nonsense
    if missing := sorted(found["missing_keys"]):
        raise UnknownModel(say("weights_missing", spec=spec, names=", ".join(missing[:5])))
    return tokenizer, network


def _to(spec: str, network: Any, device: str) -> Any:
    """The network on that device. ValueError when there is no such device, or too little room on it."""
    try:
        return network.to(device)
    except (RuntimeError, AssertionError) as error:
        reason = str(error).partition("\n")[0]
        raise ValueError(say("no_device", spec=spec, device=device, reason=reason)) from None


def _max_length(config: Any, tokenizer: Any) -> int:
    """Most tokens that the model reads. Source: lm-evaluation-harness 0.4.13, `resolve_max_length`."""
    text = getattr(config, "text_config", None) or config
    for name in ("n_positions", "max_position_embeddings", "n_ctx"):
        if (value := getattr(text, name, None)) is not None:
            return int(value)
    # a tokenizer without a limit says some 1e30
    return tokenizer.model_max_length if tokenizer.model_max_length < 1e9 else DEFAULT_MAX_LENGTH


def _revision(path: str, where: dict[str, Any]) -> str:
    """The hub's commit; of a folder or a GGUF file a hash of what is loaded from it."""
    folder = Path(path)
    if where["gguf_file"] is not None:
        files = [Path(cached_file(path, where["gguf_file"], revision=where["revision"]))]
    elif folder.is_dir():
        weights = sorted(folder.glob("*.safetensors")) or sorted(folder.glob("*.bin"))
        files = weights + sorted(file for file in folder.iterdir() if file.suffix in _SMALL_FILES)
    else:
        # the hub's cache keeps a commit's files in a folder of its name
        return Path(cached_file(path, "config.json", revision=where["revision"])).parent.name[:12]
    whole = hashlib.sha256()
    for file in files:
        with file.open("rb") as opened:
            whole.update(hashlib.file_digest(opened, "sha256").digest())
    return whole.hexdigest()[:12]


@contextmanager
def all_threads() -> Iterator[None]:
    """All of torch's threads for a while; the ladder is faster with one."""
    before = torch.get_num_threads()
    torch.set_num_threads(ALL_THREADS)
    try:
        yield
    finally:
        torch.set_num_threads(before)
