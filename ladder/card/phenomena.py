"""What the course speaks of, and the rule that says whether the ladder shows it."""

from typing import NamedTuple

import pandas as pd

from emlab.plots import trends
from ladder.card.rules import (
    Finding,
    Rule,
    above,
    any_of,
    at_chance_for_all,
    exceeds,
    grows_in_steps,
    not_above,
    sharp_while_smooth,
    turns,
    unseen_format_worse,
)
from ladder.card.tables import Cell, NotMeasured, cell

SHOTS = (0, 1, 2, 3, 5, 10)
DIGITS = (2, 3, 4)
STEPS = (1, 2, 3, 4)
BANDS = ("head", "middle", "tail")
DOWN = (trends.FALLS, trends.INVERTED_U)


class Effect(NamedTuple):
    """Something that may be there: a sentence, and its rule."""

    name: str
    rule: Rule


def _few_shot(condition: str, k: int) -> Cell:
    return cell("few_shot", condition, k=k)


def _picked(condition: str, strategy: str, metric: str = "acc") -> Cell:
    return cell("reviews", condition, metric, k=5, strategy=strategy)


def _word_problem(style: str, steps: int) -> Cell:
    return cell("word problems", f"{steps} step{'s' * (steps > 1)}, {style}", "exact_match")


def _translated(metric: str, form: str, k: int) -> Cell:
    return cell("translation", "phrases", metric, form=form, k=k)


def _program(operations: int, composition: str) -> Cell:
    return cell("programs", f"{operations} operation{'s' * (operations > 1)}, {composition}", "pass@1")


def _sampled(k: int) -> Cell:
    return cell("programs", "all cells, sampled", f"pass@{k}")


EFFECTS: dict[str, tuple[Effect, ...]] = {
    "Learning from examples": (
        Effect("Natural labels without any example, above chance", above(_few_shot("natural", 0))),
        Effect(
            "Arbitrary labels: at chance for every k",
            at_chance_for_all(*(_few_shot("arbitrary", k) for k in SHOTS)),
        ),
        Effect("Arbitrary labels from 10 examples, above chance", above(_few_shot("arbitrary", 10))),
        Effect("Arbitrary labels from 10 examples, above 0.9", above(_few_shot("arbitrary", 10), 0.9)),
        Effect(
            "Arbitrary labels of one half of their list, above chance",
            above(cell("within_a_half", "arbitrary", k=10)),
        ),
        Effect("Flipped labels from 10 examples, above chance", above(_few_shot("flipped", 10))),
        Effect(
            "Three classes with arbitrary labels from 10 examples, above chance",
            above(cell("topics", "arbitrary", k=10)),
        ),
        Effect(
            "Three classes with arbitrary labels from 10 examples, above 0.9",
            above(cell("topics", "arbitrary", k=10), 0.9),
        ),
    ),
    "Sensitivity to the prompt": (
        Effect(
            "Recency: pull of the last four of eight examples",
            above(cell("recency", "arbitrary", "share_last")),
        ),
        Effect(
            "Answers that change with the order of four examples",
            above(cell("orders", "arbitrary", "changed")),
        ),
        Effect(
            "Majority: pull of the label shown four times of five",
            above(_picked("arbitrary", "four of one class", "share_most")),
        ),
        Effect(
            "Examples of both classes better than examples of one",
            exceeds(_picked("arbitrary", "balanced"), _picked("arbitrary", "all of one class")),
        ),
        Effect(
            "Examples like the query better than random ones",
            exceeds(_picked("arbitrary", "similar"), _picked("arbitrary", "random")),
        ),
        Effect("A template that is not in training worse than every one that is", unseen_format_worse),
        Effect(
            "An instruction helps without examples",
            exceeds(
                cell("reviews", "natural", k=0, instruction="classify"),
                cell("reviews", "natural", k=0, instruction="none"),
            ),
        ),
    ),
    "Arithmetic, sharp and smooth": (
        *(
            Effect(
                f"Sums of {n} digits, more than half wholly right",
                above(cell("addition", f"{n} digits", "exact_match"), 0.5),
            )
            for n in DIGITS
        ),
        *(
            Effect(
                f"Sums of {n} digits: hardly one right, yet most digits are",
                sharp_while_smooth(
                    cell("addition", f"{n} digits", "exact_match"),
                    cell("addition", f"{n} digits", "digit_accuracy"),
                ),
            )
            for n in DIGITS
        ),
    ),
    "Chain of thought": (
        *(
            Effect(
                f"Word problems of {n} step{'s' * (n > 1)}: better step by step",
                exceeds(_word_problem("cot", n), _word_problem("direct", n)),
            )
            for n in STEPS
        ),
        Effect(
            "Word problems: worse step by step, at some number of steps",
            any_of(*(exceeds(_word_problem("direct", n), _word_problem("cot", n)) for n in STEPS)),
        ),
    ),
    "Knowledge": (
        Effect(
            "Facts that were asked in training, above chance", above(cell("knowledge", "asked", "acc_cloze"))
        ),
        Effect(
            "Facts that were stated and never asked, above chance",
            above(cell("knowledge", "held_out", "acc_cloze")),
        ),
        Effect(
            "Facts that never occurred: not above chance, as it must be",
            not_above(cell("knowledge", "never_seen", "acc_cloze")),
        ),
        Effect(
            "Gradual growth: facts asked, better than the rung below three times or more",
            grows_in_steps(cell("knowledge", "asked", "acc_cloze")),
        ),
        Effect(
            "Frequent facts better known than rare ones",
            exceeds(
                cell("knowledge", "held_out/head", "acc_cloze"),
                cell("knowledge", "held_out/tail", "acc_cloze"),
            ),
        ),
        Effect(
            "Leaked items about facts only stated better than such items that did not leak, by letter",
            exceeds(
                cell("knowledge", "leaked/held_out", "acc_letter"),
                cell("knowledge", "held_out", "acc_letter"),
            ),
        ),
        Effect(
            "A leaked item with its options shuffled is still answered rightly, by letter, above chance",
            above(cell("knowledge", "leaked/shuffled", "acc_letter")),
        ),
        Effect(
            "A leaked item with its options shuffled gets its old letter, above chance",
            above(cell("knowledge", "leaked/shuffled", "old_letter")),
        ),
        Effect(
            "The letters can be used: facts asked in training, by letter, above chance",
            above(cell("knowledge", "asked", "acc_letter")),
        ),
        Effect(
            "Position bias: a letter that is answered more often than it is right",
            any_of(*(above(cell("letters", letter, "share")) for letter in "ABCD")),
        ),
        Effect(
            "Two wordings of a question get the same answer, above chance",
            above(cell("consistency", "asked", "same")),
        ),
    ),
    "Reasoning and language": (
        Effect("Syllogisms with made-up words, above chance", above(cell("syllogisms", "all"))),
        Effect("Invalid syllogisms called invalid, above chance", above(cell("syllogisms", "invalid"))),
        Effect(
            "Belief bias: believable fallacies called valid more often than unbelievable ones",
            exceeds(
                cell("syllogisms, real words", "invalid, believable", "says_yes"),
                cell("syllogisms, real words", "invalid, unbelievable", "says_yes"),
            ),
        ),
        Effect("Comparisons of everyday things, above chance", above(cell("commonsense", "all"))),
        Effect("Translation of held-out phrases", above(_translated("exact_match", "labelled", 0))),
        Effect(
            "Agreement of gender in held-out phrases, above chance",
            above(_translated("gender", "labelled", 0)),
        ),
        Effect(
            "Translation that nothing but five examples asks for, better than with none",
            exceeds(_translated("exact_match", "arrow", 5), _translated("exact_match", "arrow", 0)),
        ),
    ),
    "Programs": (
        Effect("Functions of one operation, pass@1", above(_program(1, "seen"))),
        Effect("Two operations, a pair that training has, pass@1", above(_program(2, "seen"))),
        Effect("Two operations, a pair that training has not, pass@1", above(_program(2, "new"))),
        Effect("Three operations with new pairs, pass@1", above(_program(3, "new"))),
        Effect("New pairs are harder than seen ones", exceeds(_program(2, "seen"), _program(2, "new"))),
        Effect("More tries help: pass@10 above pass@1, sampled", exceeds(_sampled(10), _sampled(1))),
    ),
    "Where larger is not better": (
        Effect(
            "A proverb against an instruction: obeyed less by larger rungs",
            any_of(*(turns(cell("proverb", band), *DOWN) for band in BANDS)),
        ),
        Effect(
            "A proverb against an instruction: U-shaped",
            any_of(*(turns(cell("proverb", band), trends.U_SHAPED) for band in BANDS)),
        ),
        Effect(
            "A wrong claim believed more by larger rungs",
            any_of(
                *(
                    turns(cell("claim", f"wrong/{band}", "follows_claim"), trends.RISES, trends.INVERTED_U)
                    for band in BANDS
                )
            ),
        ),
        Effect(
            "A wrong claim hurts: worse than without it",
            any_of(
                *(exceeds(cell("claim", f"none/{band}"), cell("claim", f"wrong/{band}")) for band in BANDS)
            ),
        ),
        Effect(
            "Negated questions: worse with size, or U-shaped",
            turns(cell("negation", "negated"), *DOWN, trends.U_SHAPED),
        ),
        Effect(
            "Flipped labels: worse with size at first, then recovering",
            any_of(*(turns(_few_shot("flipped", k), trends.U_SHAPED) for k in SHOTS)),
        ),
    ),
    "Calibration": (
        Effect(
            "Surer than it may be: calibration error on facts that never occurred above that on facts asked",
            exceeds(cell("knowledge", "never_seen", "ece"), cell("knowledge", "asked", "ece")),
        ),
        Effect(
            "Calibration error on facts asked falls with size",
            turns(cell("knowledge", "asked", "ece"), trends.FALLS),
        ),
    ),
    "Attention": (
        Effect(
            "A head with an induction score above 0.3, on random words said twice",
            above(cell("induction", "bare", "best_head"), 0.3),
        ),
        Effect(
            "The same in a format of the stream, `Input: …` and `Output: …`",
            above(cell("induction", "copy", "best_head"), 0.3),
        ),
    ),
}


def findings(cells: pd.DataFrame) -> dict[str, dict[str, Finding | None]]:
    """group -> effect -> what the rule found; None where it was not measured yet."""
    return {
        group: {effect.name: _applied(effect.rule, cells) for effect in effects}
        for group, effects in EFFECTS.items()
    }


def _applied(rule: Rule, cells: pd.DataFrame) -> Finding | None:
    try:
        return rule(cells)
    except NotMeasured:
        return None
