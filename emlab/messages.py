"""Every sentence that emlab says to a student, in one place, so that it can be translated whole.

A template is a full sentence with {fields}; it is never glued together from pieces in the code.
"""

from emlab.benchmark_messages import BENCHMARKS
from emlab.figure_messages import FIGURES

MESSAGES: dict[str, str] = {
    # models
    "unknown_model": "There is no model {spec!r}. The models are: {known}.",
    "not_requests": "{method} takes a list of pairs, for example {example}, but item {index} is {got}.",
    "not_unicode": "The text {text!a} is not valid Unicode: {reason}.",
    "not_text": "The text must be a string, but it is {got}.",
    "empty_continuation": "Request {index} has an empty continuation: there is nothing to score.",
    "no_continuation_token": (
        "The continuation {continuation!r} melts into the last word of the context that ends in {end!r}, "
        "so no token is left to score. Start the continuation with a space."
    ),
    "long_continuation": (
        "The continuation that begins with {start!r} has {n_tokens} tokens, more than {model} can read "
        "({max_length})."
    ),
    "bad_generation": (
        'Request {index}: the settings must be like {{"until": ["\\n"], "max_gen_toks": 16}}, '
        "with max_gen_toks from 1 to {most}, but they are {got}. A temperature is from 0 to 2."
    ),
    "no_sampling": (
        "Request {index} has a temperature above 0, and this model only answers greedily. Leave it out."
    ),
    "long_text": "The text has {n_tokens} tokens, more than {model} can read at once ({max_length}).",
    "empty_text": "The text is empty: there is no token to look at.",
    "mock_attention": "{name} is a mock: it has no attention. Use one of the ladder's models.",
    "mock_generation": "{name} only compares continuations: it can not write text.",
    "mock_no_review": "{name} found no review with a word of praise or blame in the prompt {end!r}.",
    "no_choices": "multiple_choice() needs at least two different choices, but it got {choices!r}.",
    "rungs_missing": "The folder {folder} holds no ladder of models. Install emlab again.",
    "no_options": "{spec} takes no options, but it got {names}.",
    "unknown_option": "{spec}: there is no option {name!r}. The options are: {known}.",
    "bad_option": "{spec}: the option {name} must be {expected}, but it is {got!r}.",
    "not_while_grading": (
        "{spec} is not available while a notebook is graded: there is no network, and only the ladder's models "
        "run. Keep its responses with save_responses() and play them back with load('recorded:<file>')."
    ),
    # models of Hugging Face
    "unknown_dtype": "There is no dtype {got!r}. The dtypes are: {known}.",
    "no_device": "{spec} can not be put on the device {device!r}: {reason}",
    "no_chat_template": "{model} has no chat template. Leave chat=true out.",
    "not_loaded": "{spec} can not be loaded: {reason}",
    "needs_gguf": "{spec} is a GGUF file, and reading it needs a package: pip install gguf",
    "weights_missing": (
        "{spec} is not a whole causal language model. These weights are missing in it: {names}."
    ),
    "slow_tokenizer": "The tokenizer of {model} can not tell where it cuts a text.",
    "no_generation": "{kind} keeps no cache of what it has read, so it can only compare continuations here.",
    # models on a server
    "api_no_key": (
        "{name} needs a key. Put it into the environment variable {variable}; for a server that needs none, "
        "set {url_variable} to its address, such as http://127.0.0.1:8000/v1."
    ),
    "api_refused": "{name}: the server refused a request (HTTP {status}): {reason}",
    "api_failed": (
        "{name}: no answer after {tries} tries, the last of which failed so: {reason}. The answers so far are "
        "kept: run it again to go on."
    ),
    "api_unreachable": (
        "{name}: there is no server at {url} ({reason}). Is the address right (base_url), and does the server run?"
    ),
    "api_address": "{name}: base_url must begin with http:// or https://, but it is {got!r}.",
    "api_strange": "{name}: the server sent an answer that makes no sense: {reason}",
    "api_endpoint": "The endpoint must be chat or completions, not {got!r}.",
    "api_wait": (
        "{name}: the server asks to wait {seconds} seconds, longer than max_wait={limit}. The answers so far are "
        "kept: run it again later."
    ),
    "api_no_logprobs": (
        "{name} can not compare continuations: that needs the log-probabilities of a text that is given, and the "
        "server does not say them ({reason}). Use a task that has the model write its answer (generate_until)."
    ),
    "api_no_first": (
        "{name} gives no log-probability for the first token of a text. Give a context that is not empty."
    ),
    "api_estimate": (
        "{name}: {requests} requests, about {prompt_tokens} tokens to read and at most {completion_tokens} to "
        "write; {money}."
    ),
    "api_money": "at most about {cost} at the prices given",
    "api_no_price": "no price given (price_in, price_out), so no cost is known",
    "api_too_dear": (
        "{estimate} That is more than max_cost={limit}, so nothing was asked. Ask for less, or allow more."
    ),
    # a recording
    "recorded_models": (
        "{path} holds the answers of these models: {known}. Say which one: recorded:<file>,model=<name>."
    ),
    "recorded_logprobs": (
        "{name} is a recording of texts: it holds no log-probabilities. Use generate_until, or multiple_choice "
        "with the choices that were recorded."
    ),
    "not_recorded": "{name} has no answer to the prompt (sha256 {sha}, {n} characters) that ends in {end!r}.",
    "recorded_no_score": (
        "{name} does not say how likely {continuation!r} is after the prompt that ends in {end!r}."
    ),
    "recorded_several": "{name} has {n} different answers to the prompt that ends in {end!r}: they were sampled.",
    "recorded_no_more": "{name} has only {n} answers to the prompt that ends in {end!r}.",
    "recorded_no_choice": (
        "The answer recorded to the prompt that ends in {prompt!r} is {response!r}, which is none of {choices}."
    ),
    "no_weights": (
        "{name} can not be looked into: only a model that runs here (ladder/… or hf:…) shows its tokens and its "
        "attention."
    ),
    # the model server used in grading
    "broker_unreachable": "The model server does not answer at {path}: {reason}.",
    "broker_not_sent": "The requests can not be sent to the model server: {reason}.",
    "broker_strange": "The model server sent an answer that makes no sense: {reason}.",
    # statistics
    "wilson_n": "n must be at least 1, but it is {n!r}: there is no interval without an observation.",
    "wilson_successes": "successes must be from 0 to n, but it is {successes!r} of {n!r}.",
    "wilson_confidence": "confidence must be between 0 and 1, but it is {confidence!r}.",
    "stderr_n": "A standard error needs at least two values, but there is {n}.",
    # tasks
    "unknown_task": "There is no task {name!r}. The tasks are: {known}.",
    "unknown_problem": "There is no problem {name!r}. The problems are: {known}.",
    "too_few_items": "There are not {n} different questions for the part {part}.",
    "unknown_condition": "labels must be one of {known}, not {condition!r}.",
    "unclear_review": "The review {text!r} has as many words of praise as of blame: it has no clear sentiment.",
    "unclear_topic": "The sentence {text!r} has no clear topic: it must speak of exactly one of the three.",
    # evaluation sets
    "unknown_capability": "There is no capability {name!r}. There are: {known}.",
    "unknown_difficulty": "The difficulty must be 1, 2 or 3, not {got!r}.",
    "most_comparisons": "There are {most} commonsense items of each difficulty, not {got}.",
    "wordings": "A program of two operations has 1 to 9 wordings, not {got!r}.",
    # things to play with
    "playground_gold": "The label that belongs here is: {label}",
    "read_wrong": "wrong answers",
    "read_right": "right answers",
    "read_count": "{count} {kind} in all",
    "read_gold": "right: {gold!r} · read off the response: {parsed!r}",
    "widget_none": "Above {least:.2f}: on no size, or not from some size on.",
    "widget_below": "Above {least:.2f}: already on the smallest size tested, {high:,} parameters.",
    "widget_bracket": "Above {least:.2f}: appears between {low:,} and {high:,} parameters.",
    # the log of responses
    "record_missing": "make_record() needs {fields}.",
    "record_unknown": "make_record() does not know {fields}. It takes: {known}.",
    "record_example_ids": "example_ids must be a list of strings (it may be empty), but it is {got!r}.",
    "log_columns": "The responses lack these columns: {columns}.",
    "log_value": (
        "The column {column} holds {got!r}, which can not be saved. "
        "Use text, numbers, True, False, None and lists of them."
    ),
    "log_unreadable": "{path} is not a file that save_responses() wrote: {reason}.",
    "log_too_large": "{path} holds more than {limit} MB of responses.",
    # the benchmark deep dive
    "unknown_deep_dive": "There is no benchmark {name!r} here. The benchmarks are: {known}.",
    # published results
    "unknown_published": "There is no published table {name!r}. The tables are: {known}.",
    "unknown_measured": "There is no measured table {name!r}. The tables are: {known}.",
    # checks
    "reask_rows": "Asked again, the models say something else in {wrong} of {drawn} responses: rows {rows}, counted from 0.",
    "reask_columns": "The responses lack these columns: {columns}.",
    # claims
    "claim_a_value": "a value of type {kind}",
    "claim_none": "none",
    "claim_and_more": "{values} and {count} more",
    "claim_holds": "{id} holds (True): {cell} = {value} in {table}, claimed {relation}.",
    "claim_fails": "{id} does not hold (False): {cell} = {value} in {table}, claimed {relation}.",
    "claim_error": "Claim {id} cannot be checked. {message}",
    "claim_not_a_dict": "A claim must be a dict, as claim(…) records it; this one is a {kind}.",
    "claim_id": 'id: a claim\'s id must look like "C1" or "C12"; this one is {id}.',
    "claim_field_unknown": "{name}: a claim has no such field. Its fields are: {known}.",
    "claim_comparator_unknown": "{name}: there is no such comparator. Use one of: {known}.",
    "claim_comparator_count": (
        "Claim {id} cannot be checked. A claim needs exactly one comparator of {known}; "
        "this one has: {given}."
    ),
    "claim_string": "{field}: this must be a short name; it is {value}.",
    "claim_number": "{field}: this must be a finite number; it is {value}.",
    "claim_text": "text: this must be a text of at most {limit} characters.",
    "claim_where": (
        '{field}: this must be a dict such as {{"k": 5}} with 1 to {limit} conditions; it is {value}.'
    ),
    "claim_equals_pair": "equals: give a pair (value, tolerance); this is {value}.",
    "claim_between_pair": "between: give a pair (low, high); this is {value}.",
    "claim_between_order": "between: the low end {low} is above the high end {high}. Swap them.",
    "claim_tolerance": "equals: the tolerance must not be negative; it is {value}.",
    "claim_by": "by: the margin must not be negative; it is {value}.",
    "claim_table_missing": "table: there is no table named {table}. The tables are: {known}.",
    "claim_table_kind": (
        "Claim {id} cannot be checked. table: give a DataFrame of the notebook or its name; this is a {kind}."
    ),
    "claim_table_nameless": (
        "Claim {id} cannot be checked. table: this DataFrame is no variable of the notebook. "
        "Give it a name first (results = …) and then make the claim about that name."
    ),
    "claim_column_missing": "column: {table} must have one column {column}. Its columns are: {known}.",
    "claim_no_value": (
        "where: no row of {table} has {column} = {value}. The values in column {column} are: {known}."
    ),
    "claim_no_row": "where: no row of {table} has {conditions} together.",
    "claim_several_rows": (
        "where: {count} rows of {table} match {conditions}, and a claim is about one row. "
        "Add a condition on one of the columns in which they differ: {columns}."
    ),
    "claim_cell_not_number": (
        "column: the cell in column {column} of {table} is no finite number but {value}."
    ),
    # the checklist under an analysis
    "analysis_unknown": "%%analysis {name}: there is no such analysis. Write %%analysis and one of: {known}.",
    "analysis_summary": "Checklist of the analysis {name}: {done} of {all} done",
    "analysis_state_done": "done",
    "analysis_state_to_do": "to do",
    "analysis_state_look_again": "done, but look again",
    "analysis_title_headings": "A text of your own under each heading: {headings}",
    "analysis_title_words": "At least {words} words in all",
    "analysis_title_claims": "At least {claims} different claims that hold, each cited as in [C1]",
    "analysis_title_quotes": "At least {quotes} items that a model got wrong, quoted word for word",
    "analysis_title_numbers": "Every sentence that reports a number cites a claim",
    "analysis_malformed": (
        "The analysis is missing or is not as %%analysis stores it. Run the analysis cell again, "
        "and do not assign to analyses yourself."
    ),
    "analysis_too_long": "The analysis is longer than {limit} characters. Shorten it.",
    "analysis_no_text": "There is no text yet.",
    "analysis_heading_missing": "The heading {heading} is missing. Write it on its own line: ## {heading}",
    "analysis_section_empty": (
        "There is no text under {heading} yet. Replace the italic line there by your own text; "
        "a line that is wholly in italics does not count."
    ),
    "analysis_words": (
        "Words so far: {count}. At least {least} are needed. Quotes, code and headings do not count."
    ),
    "analysis_claims_flood": "There are more than {limit} claims. Keep those that the text needs.",
    "analysis_claim_undefined": (
        "[{id}] is cited, but there is no claim {id}. Define it with claim(…) in a cell above and run this "
        "cell again."
    ),
    "analysis_claim_fails": "[{id}] is cited, but it cannot stand. {message}",
    "analysis_claims_few": "Different claims that are cited and hold: {count}. At least {least} are needed.",
    "analysis_claims_elsewhere": (
        "These claims are about tables that are not recomputed, so they do not count: {ids}. "
        "Claims that count are about: {tables}."
    ),
    "analysis_no_responses": (
        "There is no log of responses to look the quoted items up in. Make responses, a DataFrame with the "
        "columns item_id, prompt and correct, before this cell runs."
    ),
    "analysis_quote_unknown": "The item {item} is quoted, but it is not in responses. Check its id.",
    "analysis_quote_differs": (
        "The text quoted for {item} is not the text of this item. Copy it word for word, on one line with "
        "nothing added, and put your remark on another line."
    ),
    "analysis_quotes_few": (
        "Quoted items that a model got wrong: {count}. At least {least} are needed. Quote an item on a "
        "line of its own, as in > reviews-test-0012: its text, word for word"
    ),
    "analysis_quotes_right": "These quoted items have no wrong answer in responses: {items}.",
    "analysis_number_unclaimed": (
        "This sentence reports a number but cites no claim: “{sentence}” State the number with claim(…) and "
        "cite it in the sentence, or say it without the number."
    ),
    "analysis_number_odd": (
        "{numbers}: not found in what the sentence cites ({ids}): “{sentence}” Compare it with the table."
    ),
    "analysis_numbers_more": "More sentences like these: {count}.",
    **BENCHMARKS,
    **FIGURES,
}


def say(key: str, **values: object) -> str:
    """The message `key` with its fields filled in. KeyError for a key or a field that is missing."""
    return MESSAGES[key].format(**values)
