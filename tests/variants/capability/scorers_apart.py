# note: one function for each checker, in a dictionary

# %% score_item
def _exact(item, response):
    text = response.strip().split("\n")[0].strip()
    return (text, text == item["gold"]) if text else (None, False)


def _numeric(item, response):
    _, found, after = response.rpartition("Answer:")
    text = after if found else response
    while re.search(r"\d,\d", text):
        text = re.sub(r"(\d),(\d)", r"\1\2", text)
    number = None
    for match in re.finditer(r"-?\d+(?:\.\d+)?", text):
        number = match.group()
    return number, number is not None and abs(float(number) - float(item["gold"])) < 1e-9


def _choice(item, response):
    said = response.strip().split("\n")[0].strip()
    if said.endswith("."):
        said = said[:-1].strip()
    names = {choice.lower(): choice for choice in reversed(item["choices"])}
    if said.lower() in names:
        parsed = names[said.lower()]
    else:
        bare = said[said.startswith("("):]
        bare = bare[:-1] if bare.endswith(")") else bare
        letters = dict(zip("abcdefghijklmnopqrstuvwxyz", item["choices"]))
        parsed = letters.get(bare.lower()) if len(bare) == 1 else None
    return parsed, parsed == item["gold"]


def _code(item, response):
    end = min([response.find(stop) for stop in emlab.CODE_STOPS if stop in response], default=len(response))
    program = item["prompt"] + response[:end]
    arguments, wanted = [t[0] for t in item["tests"]], [t[1] for t in item["tests"]]
    outcomes = emlab.run_function(program, arguments)
    if not all(o["ok"] for o in outcomes):
        return None, False
    values = [o["value"] for o in outcomes]
    return program, values == wanted and list(map(type, values)) == list(map(type, wanted))


def score_item(item, response):
    parsed, correct = {"exact": _exact, "numeric": _numeric, "choice": _choice, "code": _code}[item["checker"]](item, response)
    return {"correct": bool(correct), "parsed": parsed}
