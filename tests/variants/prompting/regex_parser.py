# note: Reads answers with regular expressions; a dispatch table.

# %% parse
def parse(text, parser):
    rules = {
        "first_line": lambda: re.match(r"\s*([^\n]*)", text),
        "first_word": lambda: re.search(r"(\S+)", text),
        "last_number": lambda: re.search(r"(\d+)(?!.*\d)", text, re.DOTALL),
        "marked": lambda: re.search(r"Answer:([^\n]*)", text),
    }
    if parser not in rules:
        raise ValueError(parser)
    found = rules[parser]()
    if found is None:
        return None
    answer = found.group(1).strip()
    if answer.endswith("."):
        answer = answer[:-1].strip()
    return answer if answer else None
