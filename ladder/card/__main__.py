"""Write the model card and its figures."""

from emlab.files import write_text
from ladder.card.figures import draw_all
from ladder.card.page import CARD, card
from ladder.card.tables import Measured


def main() -> None:
    measured = Measured()
    draw_all(measured)
    write_text(CARD, card(measured))


if __name__ == "__main__":
    main()
