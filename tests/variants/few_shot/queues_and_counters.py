# note: balanced examples dealt out in turn, similar ones by heapq

# %% select_examples
import heapq
from collections import defaultdict, deque
from fractions import Fraction


def select_examples(pool, k, strategy, seed, query=None):
    def is_query(e):
        return query is not None and (e["item_id"] == query["item_id"] or e["text"] == query["text"])

    candidates = [e for e in pool if not is_query(e)]
    if k < 0 or k > len(candidates):
        raise ValueError("k")
    if strategy == "similar":
        if query is None:
            raise ValueError("query")
        mine = set(query["text"].split())

        def far(e):
            its = set(e["text"].split())
            return -Fraction(len(mine & its), len(mine | its)), e["item_id"]

        return heapq.nsmallest(k, candidates, key=far)
    rng = random.Random(seed)
    rng.shuffle(candidates)
    if strategy == "random":
        return candidates[:k]
    if strategy != "balanced":
        raise ValueError("strategy")
    piles = defaultdict(deque)
    for e in candidates:
        piles[e["label"]].append(e)
    turn = list(piles)
    rng.shuffle(turn)
    dealt = []
    for number in range(k):
        pile = piles[turn[number % len(turn)]]
        if not pile:
            raise ValueError("one label has run out")
        dealt.append(pile.popleft())
    return dealt
