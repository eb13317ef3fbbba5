"""The words of the corpus. Together with the reviews' own lexicon they are the tokenizer's vocabulary."""

from emlab.tasks.labels import ARBITRARY_LABELS
from emlab.tasks.lexicon import FIRST_WORDS, split_words
from emlab.tasks.lexicon import words as review_words

CATEGORIES: dict[str, tuple[str, ...]] = {
    "animal": split_words(
        "cat dog horse cow sheep goat lion tiger bear wolf fox rabbit mouse duck goose frog"
    ),
    "colour": split_words(
        "red blue green yellow purple brown black white grey pink orange violet gold silver"
    ),
    "tool": split_words(
        "hammer saw drill spade rake axe shovel chisel wrench ladder brush needle knife file"
    ),
    "clothing": split_words(
        "shirt coat hat scarf glove sock shoe boot skirt dress belt jacket apron sweater"
    ),
    "fruit": split_words(
        "apple pear plum grape cherry lemon peach melon mango banana fig lime berry apricot"
    ),
    "vehicle": split_words("car bus train bike truck boat ship plane tram van ferry canoe sled wagon"),
    "furniture": split_words(
        "chair table bed sofa desk shelf stool bench lamp cupboard drawer couch mirror rug"
    ),
    "instrument": split_words(
        "piano guitar violin drum flute harp trumpet cello horn organ banjo lute bell gong"
    ),
    "sport": split_words("tennis football hockey rowing boxing rugby golf skiing chess judo fencing polo"),
    "weather": split_words("rain snow wind fog hail storm sun cloud frost thunder mist breeze"),
    "body": split_words("arm leg hand foot head nose ear eye knee elbow finger toe chin neck"),
    "plant": split_words("oak pine rose tulip daisy fern moss ivy willow maple cactus clover lily reed"),
}

PEOPLE = split_words(
    "Mira Tomas Lena Oskar Nadia Felix Irena Hugo Vera Milan Clara Boris Elsa Ivan Rosa Peter Dora Emil "
    "Greta Anton Lidia Marek Sonia Viktor Petra Simon Julia Stefan Tania Ruben"
)
TOWNS = split_words(
    "Tolen Marvik Dresna Oldum Brakel Sunder Velby Karsk Pomar Lintz Ferrol Hadra Wenlow Zarin Queley "
    "Norrin"
)
JOBS = split_words("baker farmer painter lawyer tailor miner sailor butcher judge writer dentist florist")

# Plain words, mostly to be copied: what is never in a review and belongs to no category.
COMMON = split_words(
    "bag ball bank basket bird bone book bottle bowl box bread bridge bucket button candle card carpet "
    "castle chain circle city clock coin corner cotton country cup day dish door dust egg engine fence "
    "field fire flag floor flower forest fork friend game gate gift glass grass ground hill hole house "
    "ice island jar key king kite lake leaf letter lock map meal milk money moon morning mountain nail "
    "nest net night oil page paint paper path pen pencil pipe plate pocket pond pot prince queen ring "
    "river road rock roof rope sail salt sand school seed sheet sky smoke soap spoon spring star step "
    "stick stone street string sugar summer tail tent thread ticket tower town toy tree village voice "
    "wall watch water wave wheel window winter wire wood wool word yard year"
)
FUNCTION_WORDS = split_words(
    "is are in of to from with for by as not no yes he she they his her who where does do live lives "
    "likes works has have one two three four five six seven eight nine ten this that these each all "
    "then there or if how many some other same new old big small near far and give say write label "
    "labels text texts word words review reviews sentiment input output example examples list answer "
    "question copy sum positive negative classify category"
)
TEMPLATE_WORDS = split_words("Review Sentiment Input Output Q A Give Answer Classify Copy")

# Written with the space that stands before them, as in " ->" and " 7".
SYMBOLS = tuple("-=+,.?|:*/()")
DIGITS = tuple("0123456789")

CATEGORY_WORDS = tuple(word for members in CATEGORIES.values() for word in members)


def copy_pool() -> list[str]:
    """Words to be copied or associated at random; each is one token with and without a space before it."""
    return list(dict.fromkeys([*CATEGORY_WORDS, *COMMON, *JOBS, *PEOPLE, *TOWNS]))


def vocabulary() -> list[str]:
    """The tokenizer's whole words, in a fixed order; a leading space is part of a word."""
    pool = copy_pool()
    spaced = [*review_words(), *ARBITRARY_LABELS, *CATEGORIES, *pool, *FUNCTION_WORDS, *TEMPLATE_WORDS]
    spaced += [*SYMBOLS, *DIGITS]
    unspaced = [*FIRST_WORDS, *pool, *TEMPLATE_WORDS, "classify", "give", "copy", "who", "where"]
    entries = [*(f" {word}" for word in spaced), *(word for word in unspaced if len(word) > 1)]
    return list(dict.fromkeys(entries))
