"""What no table can say: what was tried for the effects that are absent. Read by the model card.

A note belongs to an effect by its name in `ladder.card.phenomena.EFFECTS`, and is shown only while the effect
is absent.
"""

TRIED: dict[str, str] = {
    "The letters can be used: facts asked in training, by letter, above chance": (
        "Tried: a family of exercises in which the right option stands in the sentence before (4 % of the"
        " stream), and a training of the 774k rung on 2.2 million tokens of mostly these two families. It"
        " answered by letter at chance there too. Leaked items are answered by letter, so it is the step from"
        " a known answer to its letter that is missing."
    ),
    "Syllogisms with made-up words, above chance": (
        "Tried: a training of the 774k rung on 2.2 million tokens of mostly syllogisms. It stayed at chance;"
        " asked what follows, instead of whether something follows, rungs do better than guessing (see the"
        " table)."
    ),
    "An instruction helps without examples": (
        "Looked for with the same reviews with and without a sentence that says what to do. Natural labels"
        " are read without any, and the stream has no such instruction: nothing was trained for it."
    ),
    **{
        f"Sums of {n} digits: hardly one right, yet most digits are": (
            "Looked for on all rungs and seeds, and on the checkpoints of the 774k rung. Wherever more than"
            " half of the digits are right, some whole sums are right too; what smooth metrics show instead"
            " is that digits and log-probabilities rise before whole sums do (see the table)."
        )
        for n in (2, 3, 4)
    },
    "Sums of 4 digits, more than half wholly right": (
        "Tried: rungs of 1.8M, 3.0M and, not shipped, 3.6M parameters (ladder/README.md)."
    ),
    "Belief bias: believable fallacies called valid more often than unbelievable ones": (
        "Looked for with syllogisms about everyday words whose conclusions are true or false of the world."
        " Rungs do not judge syllogisms, and what they say does not lean on the world either."
    ),
    "A proverb against an instruction: obeyed less by larger rungs": (
        "Looked for with frequent and rare proverbs apart. Single rungs differ, in no order of size; with"
        " more than one seed of the larger ones it might be told whether that is luck."
    ),
    "A proverb against an instruction: U-shaped": "See the line above.",
    "A wrong claim believed more by larger rungs": (
        "Looked for with facts of each frequency, the rarest too. A claim costs larger rungs right answers,"
        " yet they rarely repeat it."
    ),
    "Calibration error on facts asked falls with size": (
        "Looked for over all rungs. It is largest on a small rung and small on the three largest, but the"
        " ends of the curve differ by little more than the 0.05 that the intervals must leave free for a"
        " trend."
    ),
}
