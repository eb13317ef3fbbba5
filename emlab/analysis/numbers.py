"""Numbers in prose: which of them state a finding, and whether a claim stands behind them."""

import math
import re

# What is no finding, and is put aside before numbers are looked for: the settings of an experiment
# (k = 0, 1 and 3; 5 examples; n = 200; seed 0; a 95 % interval), places (table 2, layer 0), links and code.
_SETTINGS = re.compile(
    r"""
      https?://\S+
    | `[^`\n]*`
    | \b(?:k|n|N|seeds?|p|T)\b [\s=≥≤<>:]{0,4} (?:of|from|in|is|was|at|to|between|or)? [\s{(\[]{0,3}
        \d+(?:\.\d+)? (?:\s?(?:,\s?and|,|;|and|or|to|-|–|…)\s?\d+){0,9}
    | \b\d+ (?:\s?(?:,\s?and|,|and|or|to|-|–)\s?\d+){0,9} [\s-]
        (?:examples?|shots?|demonstrations?|items?|(?:order\s|order-)?seeds?|rungs?|models?|orders?|strateg\w+
          |words?|tokens?|parameters?|labels?|templates?|conditions?|layers?|heads?|tasks?|runs?|prompts?)\b
    | \b\d+\s?%\s(?:confidence|Wilson|interval|CI)
    | \b(?:table|figure|fig\.|section|exercise|part|step|appendix|layer|head|question|version)\s\d+
    | \b(?:19|20)\d\d\b(?![.,]\d)
    """,
    re.VERBOSE | re.IGNORECASE,
)
# Not inside a name (774k, GPT-3, reviews-test-0012, [C1], 3-shot), with a sign only after a space.
_NUMBER = re.compile(r"(?<![\w/.,\-])[-−+]?(\d+(?:[.,]\d+)*)(?![\w/]|[-.,]\w)(\s?%)?")

_THOUSANDS = re.compile(r"[1-9]\d{0,2}(?:,\d{3})+")

MAX_DIGITS = 12


def stated(sentence: str) -> list[str]:
    """The numbers of a sentence that state a finding, as they are written, with their % sign if any."""
    rest = _SETTINGS.sub(" ", sentence)
    found = _NUMBER.finditer(rest)
    return [number[1] + ("%" if number[2] else "") for number in found if len(number[1]) <= MAX_DIGITS]


def supported(written: str, numbers) -> bool:
    """Is `written` one of `numbers`, rounded to the digits written? Shares may be written in per cent."""
    digits = written.rstrip("%")
    digits = digits.replace(",", "") if _THOUSANDS.fullmatch(digits) else digits.replace(",", ".")
    if digits.count(".") > 1:  # a date or a version, no number of a table
        return True
    value, decimals = float(digits), len(digits.partition(".")[2])
    half = 0.5 * 10.0**-decimals * (1 + 1e-6)
    for number in numbers:
        scales = (100.0,) if written.endswith("%") else (1.0, 100.0)
        if any(math.isclose(abs(number) * scale, value, rel_tol=0, abs_tol=half) for scale in scales):
            return True
    return False
