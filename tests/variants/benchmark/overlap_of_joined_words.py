# note: overlap of joined words

# %% +after ngram_overlap
def ngram_overlap(texts, documents, n):
    if n <= 0:
        raise ValueError("n")

    def pieces(text):
        words = re.split(r"[^a-z0-9]+", text.lower())
        words = [w for w in words if w]
        return [" ".join(part) for part in zip(*(words[i:] for i in range(n)))]

    known = frozenset(piece for document in documents for piece in pieces(document))
    result = []
    for text in texts:
        own = dict.fromkeys(pieces(text))
        result.append(sum(piece in known for piece in own) / len(own) if own else 0.0)
    return result
