"""The figures of the exercises. Each function takes a table and returns a matplotlib Figure.

Every axis says what it shows and in which unit, every share has its interval, and a caption says how many
items stand behind it. Nothing here imports matplotlib before a figure is asked for.
"""

from emlab.plots.attention import attention_map
from emlab.plots.benchmark import contamination, letter_shares, score_by_compute
from emlab.plots.capability import capability_map
from emlab.plots.effects import format_effect, order_effect
from emlab.plots.emergence import emergence_curves
from emlab.plots.few_shot import few_shot_curves, label_effect
from emlab.plots.forecasts import forecast_intervals
from emlab.plots.induction import induction_scores
from emlab.plots.induction_few_shot import induction_and_few_shot
from emlab.plots.inverse import inverse_scaling
from emlab.plots.prompting import chain_of_thought_by_size, prompt_control, prompt_trajectory
from emlab.plots.published import published_curves, published_few_shot
from emlab.plots.reliability import reliability_diagram
from emlab.plots.sharp import sharp_and_smooth
from emlab.plots.tidy import shipped
from emlab.plots.training import training_curves

__all__ = [
    "attention_map",
    "capability_map",
    "chain_of_thought_by_size",
    "contamination",
    "emergence_curves",
    "few_shot_curves",
    "forecast_intervals",
    "format_effect",
    "induction_and_few_shot",
    "induction_scores",
    "inverse_scaling",
    "label_effect",
    "letter_shares",
    "order_effect",
    "prompt_control",
    "prompt_trajectory",
    "published_curves",
    "published_few_shot",
    "reliability_diagram",
    "score_by_compute",
    "sharp_and_smooth",
    "shipped",
    "training_curves",
]
