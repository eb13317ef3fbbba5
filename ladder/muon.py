"""Muon: momentum whose update of each matrix is made nearly orthogonal.

Source: K. Jordan, "Muon: an optimizer for hidden layers in neural networks", 2024 (momentum, Nesterov, five
Newton-Schulz steps, step size scaled by the matrix's shape). In float32 and with matrices of one shape
stacked, because here the matrices are tiny and the overhead of each operation is what costs.
"""

from collections import defaultdict
from collections.abc import Iterable

import torch

_A, _B, _C = 3.4445, -4.7750, 2.0315  # of the quintic iteration
# Matrices with both sides at least this long are iterated in bfloat16, as in the source: twice as fast there.
# Smaller ones are faster as they are.
BFLOAT16_SIDE = 128


def orthogonalize(updates: torch.Tensor, steps: int = 5) -> torch.Tensor:
    """Singular values of each matrix in (n, rows, columns) brought near 1."""
    wide = updates.size(-2) <= updates.size(-1)
    x = updates if wide else updates.mT
    x = x / (x.norm(dim=(-2, -1), keepdim=True) + 1e-7)
    if min(x.shape[-2:]) >= BFLOAT16_SIDE:
        x = x.bfloat16()
    for _ in range(steps):
        gram = x @ x.mT
        x = _A * x + (_B * gram + _C * gram @ gram) @ x
    return (x if wide else x.mT).to(updates.dtype)


class Muon(torch.optim.Optimizer):
    """For matrices only; embeddings and norms want AdamW."""

    def __init__(self, params: Iterable[torch.nn.Parameter], lr: float, momentum: float = 0.95):
        super().__init__(params, {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            by_shape = defaultdict(list)
            for parameter in group["params"]:
                by_shape[parameter.shape].append(parameter)
            for (rows, columns), parameters in by_shape.items():
                self._step_alike(parameters, group["momentum"], group["lr"] * max(1.0, rows / columns) ** 0.5)

    def _step_alike(self, parameters: list[torch.nn.Parameter], momentum: float, lr: float) -> None:
        """One step of matrices of one shape."""
        updates = []
        for parameter in parameters:
            state = self.state[parameter]
            if not state:
                state["momentum"] = torch.zeros_like(parameter)
            state["momentum"].lerp_(parameter.grad, 1 - momentum)
            updates.append(parameter.grad.lerp(state["momentum"], momentum))  # Nesterov
        for parameter, update in zip(parameters, orthogonalize(torch.stack(updates)), strict=True):
            parameter.sub_(update, alpha=lr)
