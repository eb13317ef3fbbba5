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
}
