"""Answers that the kernel never gave: the sandbox's end of the wire, or the kernel itself, replaced."""

from tests.attacks.generic.attack import COLLECT, FULL, NO_DOUBLE, NOTHING, Attack, before
from tests.emgrader.small_course import SOLVED

ATTACKS = [
    Attack(
        "forged_agent",
        NOTHING,
        {
            **SOLVED,
            "double": "import emgrader.wire.agent as agent\n"
            "agent.handle = lambda text: agent.Answer('{\"ok\": 4}')",
        },
    ),
    *(
        Attack(
            f"forged_{name}",
            NOTHING,
            before(
                "import emgrader.wire.agent as agent\n"
                f"text_{name} = {text}\n"
                f"agent.handle = lambda text: agent.Answer(text_{name})",
                "double",
            ),
        )
        for name, text in {
            "empty": "''",
            "list": "'[]'",
            "deep": "'{\"ok\":' + '[' * 100000 + ']' * 100000 + '}'",
            "constant": "'{\"ok\":NaN}'",
            "number": "'{\"ok\":' + '9' * 100000 + '}'",
            "tag": '\'{"ok":{"t":"eval","v":"1"}}\'',
            "both": '\'{"ok":4,"raised":{}}\'',
            "type": "7",
        }.items()
    ),
    Attack(
        "forged_reply",
        NOTHING,
        before(
            "kernel = get_ipython().kernel\n"
            "async def forged(*args, **kwargs):\n"
            "    return {'status': 'ok', 'execution_count': 1, 'payload': [],\n"
            "            'user_expressions': {'answer': {'status': 'ok', 'data': {'text/plain': '4'}}}}\n"
            "kernel.do_execute = forged",
            "double",
        ),
    ),
    Attack(
        "transformer",
        FULL,
        before(
            "get_ipython().input_transformers_post.append(lambda lines: "
            "[l.replace('assert', 'pass #') for l in lines])",
            "double",
        ),
    ),
    Attack(
        "own_error_text",
        NO_DOUBLE,
        {
            **SOLVED,
            "double": COLLECT.replace(
                "return 2 * x",
                "raise type('LEAK' + "
                "'_'.join(map(str, seen)), (Exception,), {})(str(seen)) if x > 2 else ValueError(x)",
            ),
        },
    ),
    Attack(
        "hash_collisions",
        NO_DOUBLE,
        {**SOLVED, "double": "double = lambda x: {n * (2**61 - 1): 0 for n in range(60000)}"},
    ),
]
