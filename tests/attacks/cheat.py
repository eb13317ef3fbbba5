"""What a cheat against an exercise is, and an object and a text that cheats of several exercises use.

Each is put into the untouched starter: none may gain a point or learn a hidden test. A cell that prints LEAK,
FOUND, WROTE or SEEN has reached something.
"""

from dataclasses import dataclass, field

from emlab.analysis import RULES


@dataclass(frozen=True)
class Attack:
    """`cells` replaces the source of cells (by grade_id), `files` are handed in beside the notebook."""

    name: str
    why: str
    cells: dict[str, str]
    files: dict[str, str] = field(default_factory=dict)


def written(name: str, claims: int, quotes: tuple[str, ...]) -> str:
    """An %%analysis cell in perfect form that says nothing."""
    said = "It is as I had expected from the start, on every rung. " * 6
    sections = [f"## {heading}\n{said}" for heading in RULES[name]["headings"]]
    cited = "It is plain to see " + " and ".join(f"[C{number}]" for number in range(1, claims + 1)) + "."
    return "\n\n".join([f"%%analysis {name}", *sections, cited, *(f"> {quote}" for quote in quotes)])


AGREES = """
class Agrees:
    def __getattr__(self, name): return self
    def __call__(self, *args, **kwargs): return self
    def __getitem__(self, key): return self
    def __iter__(self): return iter([self, self])
    def __len__(self): return 2
    def __bool__(self): return True
    def __hash__(self): return 0
    def __index__(self): return 0
    def __float__(self): return 0.0
for _name in ("eq", "lt", "le", "gt", "ge", "contains"):
    setattr(Agrees, f"__{_name}__", lambda self, other: True)
Agrees.__ne__ = lambda self, other: False
for _name in ("add", "sub", "mul", "truediv", "radd", "rsub", "abs", "neg"):
    setattr(Agrees, f"__{_name}__", lambda self, *other: 0)
"""
