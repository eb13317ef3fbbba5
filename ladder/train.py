"""Train one rung of the ladder on the generated corpus.

    python -m ladder.train 248k

A training has two parts. The main one is most of it. The late one begins with the weights as they would be
shipped, in float16, and with fresh optimizers; it has smaller steps, and a benchmark in its data that leaked.

Writes ladder/runs/<rung>-seed<seed>/checkpoint.pt every few minutes and at the end. Cut off, it goes on from
there when the same command is given again, with the same result as if it had not been cut off. It uses one
thread. `python -m ladder.export` makes the shipped files from the runs.
"""

import argparse
import time
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.nn.functional as F

from ladder import checkpoint
from ladder.corpus import stored
from ladder.corpus.stream import batch, split
from ladder.muon import Muon
from ladder.probe import probe
from ladder.rungs import RUNGS, Rung, build_model
from ladder.tokenizer import MAX_LENGTH

RUNS = Path(__file__).parent / "runs"


@dataclass(frozen=True)
class Settings:
    tokens: int = 8_000_000  # of the main part; the same for every rung
    late: float = 0.1  # as many tokens more in the late part, as a share of `tokens`
    seed: int = 0  # of the weights and of the stream
    rows: int = 16  # sequences a batch; 8 and 32 were worse at equal tokens
    length: int = MAX_LENGTH  # tokens a sequence
    adamw_lr: float = 3e-3  # embeddings and norms
    muon_lr: float = 0.01  # matrices; at 0.02 copying came later, at 0.005 and width 256 everything
    clip: float = 1.0  # largest norm of the gradient
    constant: float = 0.3  # share of the steps at full step size, before it falls linearly
    floor: float = 0.03  # step size at the end of a part, as a share of the one at its beginning
    late_scale: float = 0.3  # step size at the beginning of the late part, as a share of the full one
    compile: bool = True  # a quarter faster and more at these sizes, after a minute of waiting
    probe_every: int = 500  # steps between two looks at what it can do
    checkpoint_seconds: float = 120.0  # wall time between two checkpoints
    milestones: int = 6  # weights kept on the way, after all, 1/2, 1/4, ... of the main part

    @property
    def main_steps(self) -> int:
        return self.tokens // (self.rows * self.length)

    @property
    def late_steps(self) -> int:
        return int(self.late * self.main_steps)

    @property
    def steps(self) -> int:
        return self.main_steps + self.late_steps

    @property
    def milestone_steps(self) -> list[int]:
        return [self.main_steps >> n for n in reversed(range(self.milestones))]


def scale(step: int, settings: Settings) -> float:
    """The share of the full step size at one step.

    Constant, then linear down to the floor; in the late part linear from `late_scale` to its floor.
    """
    if step >= settings.main_steps:
        done = (step - settings.main_steps) / settings.late_steps
        return settings.late_scale * (1.0 - (1.0 - settings.floor) * done)
    start = settings.constant * settings.main_steps
    if step < start:
        return 1.0
    done = (step - start) / (settings.main_steps - start)
    return 1.0 - (1.0 - settings.floor) * done


def loss_of(model, inputs, targets, weights):  # (B, T) each -> scalar
    """Mean cross-entropy, weighted: answers count more than the text around them."""
    hidden = model.model(input_ids=inputs, use_cache=False).last_hidden_state  # (B, T, width)
    logits = F.linear(hidden, model.lm_head.weight)  # (B, T, vocabulary)
    losses = F.cross_entropy(logits.flatten(0, 1), targets.flatten(), reduction="none")
    return (losses * weights.flatten()).sum() / weights.sum()


def optimizers_of(model, settings: Settings) -> list[torch.optim.Optimizer]:
    matrices = [p for name, p in model.named_parameters() if p.ndim == 2 and "embed" not in name]
    others = [p for name, p in model.named_parameters() if p.ndim < 2 or "embed" in name]
    return [
        Muon(matrices, lr=settings.muon_lr),
        torch.optim.AdamW(others, lr=settings.adamw_lr, betas=(0.9, 0.95), weight_decay=0.0),
    ]


def batches_of(settings: Settings):
    """A function from a step to its batch: read from the disk where `ladder.corpus.stored` wrote them."""
    main = _batches_of_part(settings, settings.main_steps, late=False)
    late = _batches_of_part(settings, settings.late_steps, late=True)
    return lambda step: main(step) if step < settings.main_steps else late(step - settings.main_steps)


def _batches_of_part(settings: Settings, steps: int, late: bool):
    written = stored.batches(settings.seed, settings.rows, late)
    if written is None or len(written) < steps or settings.length != MAX_LENGTH:
        return lambda step: batch(settings.seed, step, settings.rows, settings.length, late)

    def read(step: int):
        rows = written[step]
        return split(torch.from_numpy(rows["id"].astype("int64")), torch.from_numpy(rows["weight"].copy()))

    return read


@torch.no_grad()
def begin_late_part(model, settings: Settings) -> list[torch.optim.Optimizer]:
    """Round the weights to those that would be shipped, and make fresh optimizers."""
    for parameter in model.parameters():
        parameter.copy_(parameter.half())
    return optimizers_of(model, settings)


def train(rung: Rung, settings: Settings, folder: Path):
    """Train the rung to the end of its steps, or on from the checkpoint in `folder`; returns the model."""
    torch.set_num_threads(1)
    model = build_model(rung, settings.seed)
    optimizers = optimizers_of(model, settings)
    full = [group["lr"] for optimizer in optimizers for group in optimizer.param_groups]
    step, cpu_before = checkpoint.load(folder / "checkpoint.pt", model, optimizers, rung, settings)
    compute_loss = torch.compile(loss_of) if settings.compile else loss_of
    next_batch = batches_of(settings)
    started, saved, first = time.time(), time.time(), step
    cpu_before -= time.process_time()
    while step < settings.steps:
        if step == settings.main_steps:
            optimizers = begin_late_part(model, settings)
        inputs, targets, weights = next_batch(step)
        loss = compute_loss(model, inputs, targets, weights)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), settings.clip)
        groups = (group for optimizer in optimizers for group in optimizer.param_groups)
        for group, lr in zip(groups, full, strict=True):
            group["lr"] = lr * scale(step, settings)
        for optimizer in optimizers:
            optimizer.step()
            optimizer.zero_grad()
        step += 1
        if step % 50 == 0:
            speed = (step - first) * settings.rows * settings.length / (time.time() - started)
            left = (settings.steps - step) * settings.rows * settings.length / speed / 60
            print(
                f"{rung.name} step {step}/{settings.steps} loss {loss.item():.3f}"
                f" {speed / 1000:.1f}K tokens/s {left:.0f} min left",
                flush=True,
            )
        if step % settings.probe_every == 0:
            print(f"{rung.name} step {step} {probe(model)}", flush=True)
        if step in settings.milestone_steps:
            path = folder / f"step-{step}.pt"
            checkpoint.save(path, model, [], step, cpu_before + time.process_time(), rung, settings)
        if time.time() - saved > settings.checkpoint_seconds or step == settings.steps:
            path = folder / "checkpoint.pt"
            checkpoint.save(path, model, optimizers, step, cpu_before + time.process_time(), rung, settings)
            saved = time.time()
    return model


def run_folder(rung: str, seed: int) -> Path:
    return RUNS / f"{rung}-seed{seed}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Train one rung of the ladder.")
    parser.add_argument("rung", choices=RUNGS)
    parser.add_argument("--tokens", type=lambda text: int(float(text)), default=Settings.tokens)
    parser.add_argument("--seed", type=int, default=Settings.seed)
    arguments = parser.parse_args()
    settings = Settings(tokens=arguments.tokens, seed=arguments.seed)
    rung = RUNGS[arguments.rung]
    train(rung, settings, run_folder(rung.name, settings.seed))


if __name__ == "__main__":
    main()
