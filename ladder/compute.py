"""How much arithmetic a training takes."""

from ladder.rungs import Rung
from ladder.tokenizer import MAX_LENGTH, build_tokenizer


def flops_per_token(rung: Rung) -> int:
    """Floating-point operations of training on one token: forward and backward, twice the forward's cost.

    Two for each weight that is multiplied with, the logits' included, and for each of the products with keys
    and values of the average position; times three. Source: Kaplan et al. 2020, "Scaling Laws for Neural
    Language Models", table 1 (which leaves the logits out; here they are much of the whole).
    """
    matrices = rung.layers * (4 * rung.width**2 + 3 * rung.width * rung.hidden)
    logits = rung.width * build_tokenizer().get_vocab_size()
    attention = rung.layers * 2 * rung.width * (MAX_LENGTH // 2)
    return 3 * 2 * (matrices + logits + attention)
