# note: render with a compiled pattern and early checks by sets.

# %% render
_HOLE = re.compile("{(question|answer|steps)}")


def render(prompt, item, pool):
    by_id = {p["item_id"]: p for p in pool}
    holes = set(_HOLE.findall(prompt["query"]))
    if holes != {"question"}:
        raise ValueError("the query must have the hole {question} and no other")
    try:
        shown = list(map(by_id.__getitem__, prompt["examples"]))
    except KeyError as error:
        raise ValueError(f"no example {error}") from error
    same = [e for e in shown if item["item_id"] == e["item_id"] or item["question"] == e["question"]]
    if same:
        raise ValueError("the item is an example")
    lines = [_HOLE.sub(lambda m: e[m.group(1)], prompt["example"]) for e in shown]
    lines = [prompt["instruction"]] * (prompt["instruction"] != "") + lines
    return prompt["delimiter"].join(lines + [_HOLE.sub(lambda m: item[m.group(1)], prompt["query"])])

# %% parse
def parse(text, parser):
    match parser:
        case "first_line":
            lines = [line for line in text.split("\n") if line.strip()]
            answer = lines[0] if lines else ""
        case "first_word":
            answer = next(iter(text.split()), "")
        case "last_number":
            answer = (re.findall("[0-9]+", text) or [""])[-1]
        case "marked":
            answer = text.split("Answer:", 1)[1].split("\n", 1)[0] if "Answer:" in text else ""
        case _:
            raise ValueError(parser)
    answer = answer.strip()
    answer = (answer[:-1] if answer[-1:] == "." else answer).strip()
    return answer or None
