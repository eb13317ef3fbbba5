"""The small world outside the reviews: things by category, people, towns, and plain words.

Every word here is one token of the ladder's tokenizer, with and without a space before it.
"""

from emlab.tasks.lexicon import split_words

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
