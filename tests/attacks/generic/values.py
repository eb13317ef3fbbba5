"""Values that lie: about being equal, about their size, about what they are."""

from tests.attacks.generic.attack import NO_DOUBLE, NOTHING, Attack
from tests.emgrader.small_course import SOLVED

ATTACKS = [
    Attack(
        "always_equal",
        NOTHING,
        {
            name: "class Yes:\n    def __eq__(self, other): return True\n    __radd__ = __eq__\n"
            f"def {name}(x):\n    return Yes()"
            for name in ("double", "mean")
        },
    ),
    Attack(
        "always_equal_number",
        NO_DOUBLE,
        {
            **SOLVED,
            "double": "class Yes(float):\n    __eq__ = lambda s, o: True\ndef double(x): return Yes(0)",
        },
    ),
    Attack(
        "always_equal_in_a_list",
        NO_DOUBLE,
        {**SOLVED, "double": "from unittest.mock import ANY\ndouble = lambda x: [ANY]"},
    ),
    Attack(
        "patched_builtins",
        NO_DOUBLE,
        {
            **SOLVED,
            "double": "import builtins\nbuiltins.AssertionError = ValueError\n"
            "builtins.int = builtins.str = lambda *a: True\ndouble = lambda x: 0",
        },
    ),
    Attack(
        "pickle",
        NO_DOUBLE,
        {
            **SOLVED,
            "double": "class P:\n    def __reduce__(self): return (print, ('GAINED',))\n"
            "double = lambda x: P()",
        },
    ),
    *(
        Attack(f"value_{name}", NO_DOUBLE, {**SOLVED, "double": text})
        for name, text in {
            "long_list": "double = lambda x: [0] * 10**7",
            "big_integer": "double = lambda x: 10**100000",
            "cycle": "loop = []\nloop.append(loop)\ndouble = lambda x: loop",
            "deep": "def double(x):\n    r = x\n    for _ in range(10**4): r = [r]\n    return r",
            "endless_generator": "import itertools\ndouble = lambda x: itertools.count()",
            "lying_shape": "import numpy as np\ndouble = lambda x: np.broadcast_to(0, (10**6, 10**6))",
            "lying_length": "class L(list):\n    __len__ = lambda s: 10**18\ndouble = lambda x: L()",
            "lying_module": "class C(int): pass\nC.__module__ = 'numpy'\ndouble = lambda x: C(4)",
            "broken_type": "class M(type):\n    __module__ = property(lambda c: 1 / 0)\nclass C(metaclass=M): pass\n"
            "double = lambda x: C()",
        }.items()
    ),
]
