"""How fast a rung loads and scores, beside lm-evaluation-harness's `hf` model on the same requests.

    python -m ladder.benchmark            the largest rung; writes emlab/rungs/measured/speed.json
    python -m ladder.benchmark FOLDER     another model in Hugging Face format; writes nothing

Two workloads, each of 500 prompts with ten examples and two labels to score:

    shared    the prompts of a seed have the same examples, as in most few-shot evaluations
    own       every prompt has examples of its own, so that hardly anything can be read once for many

Both sides begin with texts, so tokenizing counts; nothing is remembered from an earlier pass. The harness
gets the batch size that suits it best. Scoring is measured in processor time, one thread, the best of several
passes, because a busy machine must not decide. Needs lm-eval, which is in the extra "dev".
"""

import datetime
import logging
import platform
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import torch
import transformers

import emlab
from emlab.models.huggingface import HuggingFaceModel
from emlab.models.ladder import Rung, find_rung, read_rung
from emlab.tasks import load_task
from ladder.export import write_json
from ladder.measure.common import MEASURED
from ladder.prompting import draw_examples, few_shot_prompt

SEEDS = range(5)
QUERIES = 100  # a seed
SHOTS = 10
BATCH_SIZES = (1, 2, 4, 8, 16, 32, 64)  # the harness's
PASSES = 3
TOLERANCE = 1e-4  # how far two log-probabilities of one request may be apart

Requests = list[tuple[str, str]]


def requests(own: bool) -> Requests:
    """Each prompt with each of its two labels; a prompt has examples of its own, or those of its seed."""
    pairs = []
    for seed in SEEDS:
        task = load_task("reviews", labels="arbitrary", seed=seed)
        rng = random.Random(f"benchmark/{seed}")
        examples = draw_examples(task, SHOTS, rng)
        for query in task.test[:QUERIES]:
            if own:
                examples = draw_examples(task, SHOTS, rng)
            prompt = few_shot_prompt("review", examples, query)
            pairs += [(prompt, f" {label}") for label in task.labels]
    return pairs


def compare(rung: Rung, name: str, asked: Requests) -> dict[str, Any]:
    """The seconds of both sides for one workload. Raises SystemExit when their answers differ."""
    model = HuggingFaceModel(rung)
    trials = []
    for size in BATCH_SIZES:
        seconds, expected = timed(harness(rung, asked, size))
        trials.append((seconds, size))
        say(f"{name}: harness, batches of {size}: {seconds:.2f} s")
    _, size = min(trials)
    ours, theirs = [], [min(trials)[0]]
    for n in range(PASSES):  # by turns, so that what else the machine does meets both
        seconds, got = timed(lambda: model.compute_loglikelihood(asked))
        ours.append(seconds)
        theirs.append(timed(harness(rung, asked, size))[0])
        say(f"{name}: pass {n + 1} of {PASSES}: {ours[-1]:.2f} s, harness {theirs[-1]:.2f} s")
    apart = max(abs(a - b) for (a, _), (b, _) in zip(got, expected, strict=True))
    if apart > TOLERANCE or any(a != b for (_, a), (_, b) in zip(got, expected, strict=True)):
        sys.exit(
            f"{name}: the answers differ, log-probabilities by up to {apart:.1e}: no ratio of such times"
        )
    tokens = model.count_tokens(sorted({prompt for prompt, _ in asked}))
    return {
        "workload": name,
        "requests": len(asked),
        "prompts": len(tokens),
        "tokens_per_prompt": round(sum(tokens) / len(tokens), 1),
        "seconds": round(min(ours), 3),
        "harness_seconds": round(min(theirs), 3),
        "harness_batch_size": size,
        "ratio": round(min(theirs) / min(ours), 2),
        "largest_difference": float(f"{apart:.1e}"),
    }


def harness(rung: Rung, asked: Requests, batch_size: int) -> Callable[[], list[tuple[float, bool]]]:
    """What asks lm-evaluation-harness's model; it is loaded already, and remembers nothing."""
    from lm_eval.api.instance import Instance
    from lm_eval.models.huggingface import HFLM

    lm = HFLM(pretrained=str(rung.folder), device="cpu", dtype="float32", batch_size=batch_size)
    instances = [
        Instance(request_type="loglikelihood", doc={}, arguments=pair, idx=i) for i, pair in enumerate(asked)
    ]
    return lambda: lm.loglikelihood(instances, disable_tqdm=True)


def timed(act: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of processor time, and the result."""
    started = time.process_time()
    result = act()
    return time.process_time() - started, result


def load_seconds(rung: Rung) -> float:
    """Seconds by the clock to load a rung, once torch and transformers are imported and after a warm-up."""
    seconds = []
    for _ in range(PASSES + 1):
        started = time.perf_counter()
        HuggingFaceModel(rung)
        seconds.append(time.perf_counter() - started)
    return min(seconds[1:])


def processor() -> str:
    """The name of the processor, where the system tells it."""
    try:
        lines = Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    return next((line.split(": ")[1] for line in lines if line.startswith("model name")), platform.machine())


def say(text: str) -> None:
    print(text, flush=True)


def main() -> None:
    try:
        import lm_eval
    except ImportError:
        sys.exit("The benchmark compares with lm-evaluation-harness: pip install 'emlab[dev]'")
    logging.disable(logging.WARNING)
    transformers.utils.logging.disable_progress_bar()
    torch.set_num_threads(1)
    shipped = len(sys.argv) == 1
    rung = find_rung(emlab.rungs()[-1]) if shipped else read_rung(Path(sys.argv[1]))
    result = {
        "model": rung.name,
        "params": rung.params,
        "revision": rung.revision,
        "load_seconds": round(load_seconds(rung), 3),
        "workloads": [compare(rung, name, requests(own)) for name, own in (("shared", False), ("own", True))],
        "date": datetime.date.today().isoformat(),
        "machine": f"{processor()}, {platform.machine()} {platform.system()}, one thread",
        "python": platform.python_version(),
        "torch": torch.__version__,
        "transformers": transformers.__version__,
        "lm_eval": lm_eval.__version__,
    }
    say(f"{rung.name}, {rung.params:,} parameters: loaded in {result['load_seconds']} s")
    for row in result["workloads"]:
        say(
            f"{row['workload']}: {row['requests']} scorings in {row['seconds']} s; harness"
            f" {row['harness_seconds']} s in batches of {row['harness_batch_size']}; ratio {row['ratio']}"
        )
    if shipped:
        write_json(MEASURED / "speed.json", result)


if __name__ == "__main__":
    main()
