"""Every sentence that emlab says to a student, in one place, so that it can be translated whole.

A template is a full sentence with {fields}; it is never glued together from pieces in the code.
"""

MESSAGES: dict[str, str] = {
    # models
    "unknown_model": "There is no model {spec!r}. The models are: {known}.",
    "not_requests": "{method} takes a list of pairs, for example {example}, but item {index} is {got}.",
    "not_unicode": "The text of request {index} is not valid Unicode: {reason}.",
    "empty_continuation": "Request {index} has an empty continuation: there is nothing to score.",
    "no_continuation_token": (
        "Request {index}: the continuation {continuation!r} melts into the last word of the context, "
        "so no token is left to score. Start the continuation with a space."
    ),
    "long_continuation": (
        "Request {index}: the continuation has {n_tokens} tokens, more than {model} can read ({max_length})."
    ),
    "bad_generation": (
        'Request {index}: the settings must be like {{"until": ["\\n"], "max_gen_toks": 16}}, '
        "with max_gen_toks from 1 to {most}, but they are {got}."
    ),
    "long_text": "The text has {n_tokens} tokens, more than {model} can read at once ({max_length}).",
    "empty_text": "The text is empty: there is no token to look at.",
    "mock_attention": "{name} is a mock: it has no attention. Use one of the ladder's models.",
    "mock_generation": "{name} only compares continuations: it can not write text.",
    "mock_no_review": "{name} found no review with a word of praise or blame in the prompt {end!r}.",
    "no_choices": "multiple_choice() needs at least two different choices, but it got {choices!r}.",
    "rungs_missing": "The folder {folder} holds no ladder of models. Install emlab again.",
    # the model server used in grading
    "broker_unreachable": "The model server does not answer at {path}: {reason}.",
    "broker_closed": "The model server ended the connection in the middle of an answer.",
    "broker_strange": "The model server sent an answer that makes no sense: {reason}.",
    # statistics
    "wilson_n": "n must be at least 1, but it is {n!r}: there is no interval without an observation.",
    "wilson_successes": "successes must be from 0 to n, but it is {successes!r} of {n!r}.",
    "wilson_confidence": "confidence must be between 0 and 1, but it is {confidence!r}.",
    "stderr_n": "A standard error needs at least two values, but there is {n}.",
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
    # published results
    "unknown_published": "There is no published table {name!r}. The tables are: {known}.",
    # checks
    "reask_columns": "The responses lack these columns: {columns}.",
}


def say(key: str, **values: object) -> str:
    """The message `key` with its fields filled in. KeyError for a key or a field that is missing."""
    return MESSAGES[key].format(**values)
