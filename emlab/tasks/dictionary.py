"""A small English-Bulgarian dictionary: nouns with their gender, adjectives with a form for each gender.

Nouns stand in the order of how often the ladder's corpus uses them.
"""

from typing import NamedTuple

GENDERS = ("m", "f", "n")


class Noun(NamedTuple):
    """A Bulgarian noun; gender is one of GENDERS."""

    word: str
    gender: str


def _nouns(text: str) -> dict[str, Noun]:
    rows = (row.split() for row in text.strip().splitlines())
    return {english: Noun(bulgarian, gender) for english, bulgarian, gender in rows}


NOUNS = _nouns(
    """
    dog куче n
    apple ябълка f
    chair стол m
    cat котка f
    book книга f
    house къща f
    horse кон m
    bed легло n
    car кола f
    train влак m
    river река f
    tree дърво n
    coat палто n
    hat шапка f
    ship кораб m
    bread хляб m
    egg яйце n
    key ключ m
    star звезда f
    cow крава f
    village село n
    letter писмо n
    knife нож m
    door врата f
    lion лъв m
    table маса f
    flower цвете n
    bus автобус m
    piano пиано n
    banana банан m
    goat коза f
    wolf вълк m
    bird птица f
    desk бюро n
    street улица f
    lake езеро n
    city град m
    pear круша f
    jacket яке n
    plane самолет m
    sheep овца f
    mirror огледало n
    tiger тигър m
    fox лисица f
    king крал m
    wheel колело n
    bear мечка f
    lemon лимон m
    school училище n
    plate чиния f
    belt колан m
    button копче n
    mouse мишка f
    rabbit заек m
    guitar китара f
    nest гнездо n
    bridge мост m
    shirt риза f
    field поле n
    pencil молив m
    spoon лъжица f
    flag знаме n
    cloud облак m
    duck патица f
    drawer чекмедже n
    window прозорец m
    frog жаба f
    sun слънце n
    island остров m
    bottle бутилка f
    stone камък m
    milk мляко n
    plum слива f
    drum барабан m
    boat лодка f
    sky небе n
    ticket билет m
    lamp лампа f
    truck камион m
    tower кула f
    """
)

# Each with its masculine, feminine and neuter form.
ADJECTIVES: dict[str, dict[str, str]] = {
    english: dict(zip(GENDERS, forms, strict=True))
    for english, *forms in map(
        str.split,
        """
        red червен червена червено
        big голям голяма голямо
        white бял бяла бяло
        old стар стара старо
        black черен черна черно
        small малък малка малко
        green зелен зелена зелено
        new нов нова ново
        blue син синя синьо
        good добър добра добро
        yellow жълт жълта жълто
        clean чист чиста чисто
        brown кафяв кафява кафяво
        grey сив сива сиво
        """.strip().splitlines(),
    )
}
