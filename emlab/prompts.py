"""Prompt templates, as plain dicts so that a student's own template is made the same way.

A prompt is the instruction (left out when it is empty), then the examples, then the query, joined with the
template's delimiter; it ends without a space, because continuations begin with one (" positive").

"review", "input" and "arrow" occur in the ladder's training stream. "quiz" and "pipe" never do: they are
there to measure how much a model depends on the format that it knows.
"""

TEMPLATES: dict[str, dict[str, str]] = {
    template["template_id"]: template
    for template in (
        {
            "template_id": "review",
            "instruction": "",
            "example": "Review: {text}\nSentiment: {label}",
            "query": "Review: {text}\nSentiment:",
            "delimiter": "\n\n",
        },
        {
            "template_id": "input",
            "instruction": "",
            "example": "Input: {text}\nOutput: {label}",
            "query": "Input: {text}\nOutput:",
            "delimiter": "\n\n",
        },
        {
            "template_id": "arrow",
            "instruction": "",
            "example": "{text} -> {label}",
            "query": "{text} ->",
            "delimiter": "\n",
        },
        {
            "template_id": "quiz",
            "instruction": "",
            "example": "Q: {text} ?\nA: {label}",
            "query": "Q: {text} ?\nA:",
            "delimiter": "\n\n",
        },
        {
            "template_id": "pipe",
            "instruction": "",
            "example": "{text} | {label}",
            "query": "{text} |",
            "delimiter": "\n",
        },
    )
}
