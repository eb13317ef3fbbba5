# note: no comprehension anywhere, early returns

# %% validate_evalset
def validate_evalset(items):
    result = []
    for i in range(len(items)):
        item = items[i]
        def filled(name):
            if name not in item or item[name] is None:
                return False
            if isinstance(item[name], str) and item[name].strip() == "":
                return False
            return True
        for name in emlab.EVALSET_FIELDS:
            if not filled(name):
                result.append((i, "missing"))
                break
        for j in range(i):
            if filled("item_id") and items[j].get("item_id") == item["item_id"]:
                result.append((i, "id"))
                break
        for j in range(i):
            other = items[j].get("prompt")
            if filled("prompt") and other and other.lower().split() == item["prompt"].lower().split():
                result.append((i, "prompt"))
                break
        if filled("prompt"):
            if item["prompt"][-1].isspace():
                result.append((i, "space"))
            if filled("gold") and (" " + " ".join(item["prompt"].split())).endswith(" " + " ".join(item["gold"].split())):
                result.append((i, "leak"))
        if filled("difficulty"):
            if isinstance(item["difficulty"], bool) or not isinstance(item["difficulty"], int) or item["difficulty"] not in (1, 2, 3):
                result.append((i, "difficulty"))
        if not filled("checker"):
            continue
        if item["checker"] == "numeric":
            if filled("gold"):
                try:
                    float(item["gold"])
                except ValueError:
                    result.append((i, "gold"))
        elif item["checker"] == "choice":
            choices = item.get("choices", [])
            if filled("gold") and item["gold"] not in choices:
                result.append((i, "gold"))
            if len(set(choices)) < 2:
                result.append((i, "choices"))
        elif item["checker"] == "code":
            if len(item.get("tests") or []) == 0:
                result.append((i, "tests"))
        elif item["checker"] != "exact":
            result.append((i, "checker"))
    return result

# %% edits
def digit_accuracy(response, gold):
    response = response.strip()
    right = 0
    for i in range(len(gold)):
        if i < len(response) and response[i] == gold[i]:
            right += 1
    return right / len(gold)


def token_edit_distance(a, b):
    known = {}
    def distance(i, j):
        if i == len(a):
            return len(b) - j
        if j == len(b):
            return len(a) - i
        if (i, j) not in known:
            if a[i] == b[j]:
                known[i, j] = distance(i + 1, j + 1)
            else:
                known[i, j] = 1 + min(distance(i + 1, j), distance(i, j + 1), distance(i + 1, j + 1))
        return known[i, j]
    return distance(0, 0)


def predicted_exact_match(p, lengths):
    total = 0
    for length in lengths:
        total += p ** length
    return total / len(lengths)

# %% pass_at_k
def pass_at_k(n, c, k):
    if not 1 <= k <= n:
        raise ValueError("k")
    if not 0 <= c <= n:
        raise ValueError("c")
    miss = 1.0
    for i in range(k):
        if n - c - i <= 0:
            return 1.0
        miss *= (n - c - i) / (n - i)
    return 1 - miss
