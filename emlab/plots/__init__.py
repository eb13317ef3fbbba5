"""The figures of the exercises. Each function takes a table and returns a matplotlib Figure.

Every axis says what it shows and in which unit, every share has its interval, and a caption says how many
items stand behind it. Nothing here imports matplotlib before a figure is asked for.
"""

from emlab.plots.attention import attention_map
from emlab.plots.effects import format_effect, order_effect
from emlab.plots.few_shot import few_shot_curves, label_effect
from emlab.plots.induction import induction_scores
from emlab.plots.published import published_few_shot

__all__ = [
    "attention_map",
    "few_shot_curves",
    "format_effect",
    "induction_scores",
    "label_effect",
    "order_effect",
    "published_few_shot",
]
