"""The evidence of an analysis: claims that hold, failing items quoted word for word, numbers with a claim."""

import json
import re

from emlab.analysis.numbers import stated, supported
from emlab.analysis.problem import problem
from emlab.analysis.text import Quote, citations, quotes, sentences, words
from emlab.claims import evaluate
from emlab.claims.cells import is_table
from emlab.claims.words import join, plain, shown
from emlab.messages import say

MAX_CLAIMS = 100
MAX_QUOTES = 50
MAX_WARNINGS = 5
MAX_SENTENCE = 120


def claim_problems(lines, claims: list, tables: dict, rules) -> list[dict]:
    """Cited claims must exist and hold, and enough different ones must stand on a recomputed table."""
    if len(claims) > MAX_CLAIMS:
        return [problem("claims", say("analysis_claims_flood", limit=MAX_CLAIMS))]
    defined = _by_id(claims)
    found, holding, elsewhere = [], set(), []
    for id in citations("\n".join(lines)):
        claim = defined.get(id)
        if claim is None:
            found.append(problem("claims", say("analysis_claim_undefined", id=id)))
        elif claim.get("table") not in rules["tables"]:
            elsewhere.append(id)
        elif (result := evaluate(claim, tables)).holds:
            holding.add(_content(claim))
        else:
            found.append(problem("claims", say("analysis_claim_fails", id=id, message=result.message)))
    least = rules["min_claims"]
    if len(holding) < least:
        found.append(problem("claims", say("analysis_claims_few", count=len(holding), least=least)))
        if elsewhere:
            message = say("analysis_claims_elsewhere", ids=join(elsewhere), tables=join(rules["tables"]))
            found.append(problem("claims", message))
    return found


def quote_problems(lines, responses, rules) -> list[dict]:
    """Quoted items must be in the log, word for word, and enough of them must have a wrong answer."""
    least = rules["min_quotes"]
    quoted = quotes(lines)[:MAX_QUOTES]
    log = _log_of({quote.item_id for quote in quoted}, responses)
    if log is None:
        return [problem("quotes", say("analysis_no_responses"))]
    found, failing, right = [], set(), []
    for quote in quoted:
        answers = log.get(quote.item_id)
        if not answers:
            found.append(problem("quotes", say("analysis_quote_unknown", item=quote.item_id)))
        elif not _verbatim(quote, [prompt for prompt, _ in answers], rules["min_quoted_words"]):
            found.append(problem("quotes", say("analysis_quote_differs", item=quote.item_id)))
        elif any(isinstance(correct, bool | int) and not correct for _, correct in answers):
            failing.add(quote.item_id)
        else:
            right.append(quote.item_id)
    if len(failing) < least:
        found.append(problem("quotes", say("analysis_quotes_few", count=len(failing), least=least)))
        if right:
            found.append(problem("quotes", say("analysis_quotes_right", items=join(right))))
    return found


def number_problems(lines, findings, claims: list, tables: dict) -> list[dict]:
    """Warnings about sentences whose numbers no cited claim supports; a real problem only without any text.

    findings: (heading, lines) of the sections that report something.
    """
    if not words(lines):
        return [problem("numbers", say("analysis_no_text"))]
    defined = _by_id(claims[:MAX_CLAIMS])
    cited = [id for id in citations("\n".join(lines)) if id in defined]
    support = {id: evaluate(defined[id], tables).numbers for id in cited}
    found = []
    for sentence in (sentence for _, part in findings for sentence in sentences(part)):
        numbers, cited = stated(sentence), citations(sentence)
        if numbers and not cited:
            found.append(say("analysis_number_unclaimed", sentence=shown(sentence, MAX_SENTENCE)))
        elif numbers and all(support.get(id) for id in cited):
            values = [value for id in cited for value in support[id]]
            odd = [number for number in numbers if not supported(number, values)]
            if odd:
                text = shown(sentence, MAX_SENTENCE)
                found.append(say("analysis_number_odd", numbers=join(odd), ids=join(cited), sentence=text))
    if len(found) > MAX_WARNINGS:
        found[MAX_WARNINGS:] = [say("analysis_numbers_more", count=len(found) - MAX_WARNINGS)]
    return [problem("numbers", message, warning=True) for message in found]


def _by_id(claims: list) -> dict[str, dict]:
    """The claims that have an id at all, by it."""
    return {
        claim["id"]: claim for claim in claims if isinstance(claim, dict) and isinstance(claim.get("id"), str)
    }


def _content(claim: dict) -> str:
    """What a claim that holds says, without its name: the same claim twice is one claim."""
    fields = ("table", "where", "column", "comparator", "target")
    return json.dumps([claim[field] for field in fields], sort_keys=True)


def _log_of(item_ids: set[str], responses) -> dict[str, list[tuple]] | None:
    """item_id → its (prompt, correct) in the log, for these items; None where there is no usable log."""
    columns = ("item_id", "prompt", "correct")
    if not is_table(responses) or any(list(responses.columns).count(column) != 1 for column in columns):
        return None
    log = {}
    for item_id, prompt, correct in zip(*(responses[column].tolist() for column in columns), strict=True):
        if isinstance(item_id, str) and item_id in item_ids:
            log.setdefault(item_id, []).append((prompt, plain(correct)))
    return log


def _verbatim(quote: Quote, prompts: list, least: int) -> bool:
    """Is the text in every prompt that asks about the item? Only the item itself is in all of them."""
    if len(quote.text.split()) < least:
        return False
    wanted = re.compile(rf"(?<!\w){re.escape(quote.text)}(?!\w)")
    return all(isinstance(p, str) and wanted.search(" ".join(p.split())) for p in prompts)
