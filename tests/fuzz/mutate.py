"""Changes to JSON that leave it JSON: a part is replaced, repeated, dropped, wrapped, or put elsewhere."""

import copy
import json

NUMBERS = [0, -1, 1, 2**53 - 1, 2**53, -(2**63), 2**63, 10**400, 1e308, -0.0, 0.1]
TEXTS = [
    *("", "nan", "NaT", "NA", "<f8", "|b1", "|i1", "<M8[Y]", "<m8[ns]", "object", "str", "raw", "ns", "Int8"),
    *(
        "AAAAAAAAAIA=",
        "AAAAAAAA8H8=",
        "AA==",
        "0x10",
        "0x20000000000000",
        "2020-01-01",
        "9999-12-31T23:59:59",
    ),
    *("\ud800", "x" * 100, "__class__", "eval", "ValueError", "StopIteration", "numpy"),
]
WRAPS = [
    lambda part: [part],
    lambda part: [part] * 70,
    lambda part: {"t": "tuple", "v": [part]},
    lambda part: {"t": "set", "v": [part, part]},
    lambda part: {"t": "dict", "k": [part], "v": [part]},
    lambda part: {"t": "array", "dtype": "object", "shape": [1], "v": [part]},
    lambda part: {"d": "object", "v": [part]},
    lambda part: {"ok": part},
]


def places(data, path=()):
    """The paths to every part of JSON data."""
    yield path
    items = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for key, value in items:
        yield from places(value, (*path, key))


def part(data, path):
    """What lies at a path."""
    for key in path:
        data = data[key]
    return data


def put(data, path, new):
    """The data with `new` at a path."""
    if not path:
        return new
    part(data, path[:-1])[path[-1]] = new
    return data


def mutated(text, rng, others):
    """The JSON `text` with one to three changes drawn from `rng`; `others` are JSON data to borrow from."""
    data = json.loads(text)
    for _ in range(rng.choice((1, 1, 2, 3))):
        path = rng.choice(list(places(data)))
        data = put(data, path, _other(data, part(data, path), rng, others))
    return json.dumps(data)


def _other(data, old, rng, others):
    choice = rng.randrange(6)
    if choice == 0:
        return rng.choice(NUMBERS)
    if choice == 1:
        return rng.choice(TEXTS)
    if choice == 2:
        return rng.choice(WRAPS)(old)
    if choice == 3 and isinstance(old, list | dict) and old:
        return _less_or_more(old, rng)
    source = rng.choice(others) if choice == 4 else data
    return copy.deepcopy(part(source, rng.choice(list(places(source)))))


def _less_or_more(old, rng):
    if isinstance(old, list):
        position = rng.randrange(len(old))
        return old[:position] + old[position:][: rng.randrange(3)] * rng.randrange(3) + old[position + 1 :]
    key = rng.choice(list(old))
    less = {k: v for k, v in old.items() if k != key}
    return less if rng.random() < 0.5 else {**less, rng.choice(TEXTS): old[key]}
