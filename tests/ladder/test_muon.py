import torch

from ladder.muon import Muon, orthogonalize


def test_singular_values_come_near_one_whatever_the_shape():
    torch.manual_seed(0)
    for shape in ((3, 8, 16), (2, 16, 8), (1, 8, 8)):
        values = torch.linalg.svdvals(orthogonalize(torch.randn(shape)))
        # The iteration trades exactness for speed: its source gives 0.7 to 1.2.
        assert values.median() > 0.65 and values.max() < 1.25


def test_it_agrees_with_the_optimizer_of_torch():
    torch.manual_seed(0)
    ours, theirs = (torch.nn.Parameter(torch.ones(12, 6)) for _ in range(2))
    steps = [
        (ours, Muon([ours], lr=0.02)),
        (theirs, torch.optim.Muon([theirs], lr=0.02, momentum=0.95, weight_decay=0.0)),
    ]
    for _ in range(5):
        gradient = torch.randn(12, 6)
        for parameter, optimizer in steps:
            parameter.grad = gradient.clone()
            optimizer.step()
    # That one computes in bfloat16.
    assert torch.allclose(ours, theirs, atol=2e-3)
