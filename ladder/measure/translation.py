"""Translation to and from Bulgarian: words, held-out phrases, and the agreement of adjective and noun.

The arrow form alone does not say what is asked, so there the number of examples matters. Single words are all
in the corpus and there are 94 of them: each is asked for with WORD_DRAWS sets of examples, and the interval
takes these together (`ladder.measure.clusters`). So words are asked for with examples only.
"""

from emlab.tasks.dictionary import ADJECTIVES, GENDERS, NOUNS
from emlab.tasks.translation import Pair, draw_examples, items, pair, prompt
from ladder.measure.asking import Question, are_right, rng_for
from ladder.measure.clusters import clustered_row
from ladder.measure.common import Loaded, rate_row

PHRASES = 500
CELLS = (*(("arrow", k) for k in (0, 1, 2, 3, 5)), ("labelled", 0), ("labelled back", 0))
WORD_DRAWS = 6
GENERATED = 4  # tokens: two words and the end of the line, and one more

# An answer may be any translation of the word: an adjective alone has three forms.
ACCEPTED = {english: {noun.word} for english, noun in NOUNS.items()}
ACCEPTED |= {english: set(forms.values()) for english, forms in ADJECTIVES.items()}


def translation(rung: Loaded) -> list[dict]:
    """Share of right translations by form and number of examples, and of right gender forms."""
    rows = []
    for form, k in CELLS:
        asked = items(PHRASES, form=form, k=k)
        right = _exact(rung, [item["prompt"] for item in asked], [{item["gold"]} for item in asked])
        extra = {"k": k, "form": form}
        rows.append(_row(rung, "phrases", "exact_match", sum(right), PHRASES, None, extra))
        if form != "labelled back":
            agreeing = are_right(rung, [_gender_question(item) for item in asked])
            rows.append(_row(rung, "phrases", "gender", sum(agreeing), PHRASES, 1 / len(GENDERS), extra))
        if k:
            hits, words = _words(rung, form, k)
            where = (rung, "translation", "words", "exact_match")
            rows.append(clustered_row(*where, hits, words, None, **extra))
    return rows


def _row(rung: Loaded, condition: str, metric: str, successes: float, n: int, chance, extra: dict) -> dict:
    return rate_row(rung, "translation", condition, metric, successes, n, chance, **extra)


def _exact(rung: Loaded, prompts: list[str], accepted: list[set[str]]) -> list[bool]:
    """Whether the greedy answer up to the end of the line is one of those accepted."""
    how = {"until": ["\n"], "max_gen_toks": GENERATED}
    answers = rung.lm.generate_until([(asked, how) for asked in prompts])
    return [answer.strip() in golds for answer, golds in zip(answers, accepted, strict=True)]


def _gender_question(item: Pair) -> Question:
    """Which form of the right adjective comes first in the answer? Its noun, which decides, comes later."""
    adjective, noun = item["source"].split()
    forms = ADJECTIVES[adjective]
    return Question(item["prompt"], [forms[gender] for gender in GENDERS], forms[NOUNS[noun].gender])


def _words(rung: Loaded, form: str, k: int) -> tuple[list[bool], list[str]]:
    """Which requests for a word of the dictionary are answered rightly, and which word each asks for."""
    rng = rng_for("translation", "words", form, k)
    words = list(ACCEPTED) * WORD_DRAWS
    queries = [pair(english) for english in words]
    prompts = [prompt(form, draw_examples(rng, k, query), query) for query in queries]
    return _exact(rung, prompts, [ACCEPTED[english] for english in words]), words
