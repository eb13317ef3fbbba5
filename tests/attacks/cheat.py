"""What a cheat against an exercise is, and an object that cheats of every exercise use.

Each is put into the untouched starter: none may gain a point or learn a hidden test. A cell that prints LEAK,
FOUND, WROTE or SEEN has reached something.
"""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Attack:
    """`cells` replaces the source of cells (by grade_id), `files` are handed in beside the notebook."""

    name: str
    why: str
    cells: dict[str, str]
    files: dict[str, str] = field(default_factory=dict)


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
