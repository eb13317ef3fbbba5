"""Analyses that can be checked: `%%analysis`, its rules, and what an analysis still lacks.

    %load_ext emlab
    %%analysis few_shot
    ## Hypothesis
    …

The checks look at structure and consistency, never at insight: that is for people to judge.
"""

from emlab.analysis.checklist import CHECKS, problems
from emlab.analysis.rules import RULES

__all__ = ["CHECKS", "RULES", "load_ipython_extension", "problems"]


def load_ipython_extension(ipython) -> None:
    """Register `%%analysis`; IPython calls this for `%load_ext emlab`."""
    # Imported here, so that a grader that only asks for problems needs no IPython.
    from emlab.analysis.magic import AnalysisMagics

    ipython.register_magics(AnalysisMagics)
