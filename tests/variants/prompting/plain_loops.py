# note: Plain loops, no comprehension, replace by splitting the template.

# %% render
def render(prompt, item, pool):
    def fill(text, source):
        out = ""
        i = 0
        while i < len(text):
            for key in ("question", "answer", "steps"):
                hole = "{" + key + "}"
                if text.startswith(hole, i):
                    out += source[key]
                    i += len(hole)
                    break
            else:
                out += text[i]
                i += 1
        return out

    if prompt["query"].find("{question}") < 0:
        raise ValueError("no question")
    for hole in ("{answer}", "{steps}"):
        if hole in prompt["query"]:
            raise ValueError("leak")
    parts = []
    if prompt["instruction"] != "":
        parts.append(prompt["instruction"])
    for wanted in prompt["examples"]:
        for other in pool:
            if other["item_id"] == wanted:
                break
        else:
            raise ValueError(wanted)
        if wanted == item["item_id"] or other["question"] == item["question"]:
            raise ValueError("itself")
        parts.append(fill(prompt["example"], other))
    parts.append(fill(prompt["query"], item))
    text = parts[0]
    for part in parts[1:]:
        text += prompt["delimiter"] + part
    return text

# %% best_of_k_noise
def best_of_k_noise(p, n, k):
    if k < 1 or n < 1 or p < 0 or p > 1:
        raise ValueError
    if p == 0 or p == 1:
        return p
    total, below = 0.0, 0.0
    for x in range(n):
        below += math.exp(math.lgamma(n + 1) - math.lgamma(x + 1) - math.lgamma(n - x + 1) + x * math.log(p) + (n - x) * math.log1p(-p))
        total += 1 - min(below, 1.0) ** k
    return total / n
