"""What everybody knows about everyday things: which of two is larger, heavier, or costs more.

    Which is heavier, a key or a car?
    Answer: car

Every thing has typical measures, and only things that clearly differ are compared, so there is no doubt about
the answer. A fifth of the pairs are held out: whoever knows how the two compare with other things can answer.
"""

import random
from typing import NamedTuple

from emlab.tasks.splits import check_split, side


class Measures(NamedTuple):
    """A thing's typical measures; what is not sold has no price."""

    size: float  # its longest side in cm
    weight: float  # kg
    price: float | None  # euros


def _things(text: str) -> dict[str, Measures]:
    things = {}
    for name, size, weight, price in (row.split() for row in text.strip().splitlines()):
        things[name] = Measures(float(size), float(weight), None if price == "-" else float(price))
    return things


THINGS = _things(
    """
    mouse 8 .02 -
    frog 8 .03 -
    duck 50 1.2 -
    goose 85 5 -
    rabbit 40 2 -
    cat 46 4 -
    fox 70 7 -
    dog 90 25 -
    goat 130 50 -
    sheep 130 70 -
    wolf 140 45 -
    lion 190 190 -
    tiger 210 200 -
    bear 200 250 -
    cow 240 650 -
    horse 240 500 -
    canoe 450 30 900
    sled 110 5 50
    bike 170 13 400
    car 430 1400 20000
    boat 600 900 15000
    van 550 2200 35000
    truck 1000 12000 100000
    bus 1200 13000 250000
    tram 3000 40000 2500000
    plane 4000 50000 60000000
    train 20000 400000 9000000
    ferry 10000 3000000 30000000
    ship 20000 30000000 80000000
    chair 90 6 60
    stool 50 3 25
    bench 150 20 120
    table 160 30 250
    desk 140 35 200
    bed 200 60 500
    sofa 210 70 900
    cupboard 180 80 400
    lamp 45 1.5 30
    mirror 100 9 80
    piano 150 250 6000
    guitar 100 2 250
    violin 60 .5 500
    cello 120 3 1500
    harp 170 35 15000
    drum 50 6 200
    flute 67 .45 400
    trumpet 48 1.1 350
    hammer 32 .7 15
    axe 70 1.8 35
    shovel 120 2 20
    rake 150 1.5 18
    ladder 300 9 90
    needle 4 .001 .2
    knife 25 .12 8
    chisel 25 .25 10
    wrench 22 .4 14
    coat 110 1.5 120
    jacket 70 .9 70
    sweater 65 .5 40
    shirt 72 .2 25
    sock 28 .04 3
    glove 24 .05 10
    shoe 29 .4 60
    boot 35 .7 90
    hat 30 .1 20
    belt 110 .25 25
    scarf 170 .15 18
    apple 8 .18 .4
    pear 10 .18 .5
    plum 5 .05 .2
    cherry 2 .008 .05
    grape 2 .005 .03
    lemon 8 .1 .4
    melon 22 2.2 3
    banana 19 .12 .25
    berry 1 .002 .03
    button 1.5 .001 .3
    coin 2.3 .006 -
    key 6 .015 5
    pencil 18 .005 .8
    pen 14 .012 2
    book 23 .4 15
    bottle 28 .5 1
    cup 10 .3 6
    spoon 19 .05 3
    plate 26 .6 7
    bucket 32 .8 6
    candle 20 .15 4
    ring 2 .004 300
    egg 6 .06 .3
    leaf 8 .001 -
    nail 6 .005 .05
    castle 6000 50000000 5000000
    bridge 15000 20000000 10000000
    house 1200 150000 300000
    tower 4000 10000000 -
    tent 250 6 150
    mountain 300000 1e12 -
    island 900000 1e13 -
    """
)


class Scale(NamedTuple):
    """How to ask about one measure: for the thing that has more of it, and for the one that has less."""

    measure: str
    more: str
    less: str


SCALES: dict[str, Scale] = {
    "size": Scale("size", "is larger", "is smaller"),
    "weight": Scale("weight", "is heavier", "is lighter"),
    "price": Scale("price", "costs more", "costs less"),
}
CLEARLY = 2.5  # the larger measure is at least so many times the smaller one

_TEST_SHARE = 0.2


class Comparison(NamedTuple):
    """Two things to compare on a scale, in the order in which they are named."""

    scale: str
    first: str
    second: str
    more: bool  # ask for the thing that has more, or for the one that has less

    @property
    def answer(self) -> str:
        """The thing that is asked for."""
        first, second = (getattr(THINGS[thing], self.scale) for thing in (self.first, self.second))
        return self.first if (first > second) == self.more else self.second

    def verb(self) -> str:
        return SCALES[self.scale].more if self.more else SCALES[self.scale].less

    def prompt(self) -> str:
        """The question, up to where its answer begins."""
        return f"Which {self.verb()}, {_a(self.first)} or {_a(self.second)}?\nAnswer:"

    def statement(self) -> str:
        """The same as a plain sentence about the thing that is asked for."""
        other = self.second if self.answer == self.first else self.first
        sentence = f"{_a(self.answer)} {self.verb()} than {_a(other)}."
        return sentence[0].upper() + sentence[1:]


def pairs(scale: str) -> list[tuple[str, str]]:
    """All pairs of things that clearly differ on a scale."""
    known = [(thing, getattr(measures, scale)) for thing, measures in THINGS.items()]
    known = [(thing, value) for thing, value in known if value is not None]
    return [
        (a, b)
        for i, (a, x) in enumerate(known)
        for b, y in known[i + 1 :]
        if max(x, y) >= CLEARLY * min(x, y)
    ]


def split_of(comparison: Comparison) -> str:
    """ "train" or "test": the side that two things on a scale belong to, whatever their order, for good."""
    things = "/".join(sorted((comparison.first, comparison.second)))
    return side(f"{comparison.scale}/{things}", _TEST_SHARE)


def generate(rng: random.Random, split: str, scale: str | None = None) -> Comparison:
    """One comparison that belongs to `split`, on a scale drawn evenly when it is None."""
    check_split(split)
    while True:
        name = scale or rng.choice(list(SCALES))
        first, second = rng.sample(rng.choice(_PAIRS[name]), 2)
        comparison = Comparison(name, first, second, rng.random() < 0.5)
        if split_of(comparison) == split:
            return comparison


def items(n: int, seed: int = 0, scale: str | None = None) -> list[dict]:
    """n test items, no two about the same things on the same scale.

    Raises ValueError when a scale has not so many held-out pairs.
    """
    scales = [scale] if scale else list(SCALES)
    rng = random.Random(f"commonsense/{scale}/{seed}")
    found = [Comparison(name, a, b, True) for name in scales for a, b in _PAIRS[name]]
    held_out = [comparison for comparison in found if split_of(comparison) == "test"]
    if n > len(held_out):
        raise ValueError(f"there are {len(held_out)} held-out pairs, not {n}")
    made = []
    for number, comparison in enumerate(rng.sample(held_out, n), start=1):
        first, second = rng.sample((comparison.first, comparison.second), 2)
        asked = Comparison(comparison.scale, first, second, rng.random() < 0.5)
        made.append(
            {
                "item_id": f"commonsense-{scale or 'all'}-{number:04d}",
                "prompt": asked.prompt(),
                "gold": asked.answer,
                "choices": [first, second],
                "scale": asked.scale,
                "more": asked.more,
            }
        )
    return made


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


_PAIRS = {scale: pairs(scale) for scale in SCALES}
