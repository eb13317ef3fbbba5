# note: extract by iteration

# %% +after extract_answer
def extract_answer(text, pattern, which):
    matches = list(re.finditer(pattern, text))
    try:
        match = matches[which]
    except IndexError:
        return "[invalid]"
    if match.re.groups == 0:
        return match.group(0).strip()
    if match.re.groups == 1:
        return (match.group(1) or "").strip()
    return next((part.strip() for part in match.groups() if part), "[invalid]")


def same_answer(answer, gold):
    cleaned = []
    for text in (answer, gold):
        text = text.replace(",", "").replace("$", "").split("#### ")[-1]
        cleaned.append((text[:-1] if text.endswith(".") else text).casefold())
    return cleaned[0] == cleaned[1]
