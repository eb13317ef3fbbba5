"""Where a question becomes an answer: from the cache if it was answered before, else from a model."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

from emgrader.broker.cache import Answer, Cache, keys
from emgrader.broker.engine import Engine
from emgrader.broker.journal import Journal
from emgrader.broker.meter import Meter
from emgrader.broker.protocol import Question, canonical


class Desk:
    """The cache and the models, for all submissions; made and used in a running event loop."""

    def __init__(self, cache_path: Path) -> None:
        self._cache = Cache(cache_path)
        self._cache_thread = ThreadPoolExecutor(max_workers=1)  # a slow disk must not stop the event loop
        self._engine = Engine()

    async def answer(self, question: Question, meter: Meter, journal: Journal) -> Any:
        """The result for the client; metered, kept and written down before it is given out."""
        if question.op == "info":
            rung = question.rung
            return {
                "name": rung.name,
                "params": rung.params,
                "revision": rung.revision,
                "dtype": rung.dtype,
                "max_length": rung.max_length,
            }
        wanted = keys(question)
        known = await self._in_cache_thread(self._cache.get, wanted)
        new = {key: item for key, item in zip(wanted, question.items, strict=True) if key not in known}
        computed: dict[bytes, Answer] = {}
        if new:
            answers = await self._engine.answer(question.op, question.rung, list(new.values()), meter)
            computed = dict(zip(new, answers, strict=True))
            kept = [
                (key, answer)
                for key, answer in computed.items()
                if meter.may_store(len(canonical(answer.value)))
            ]
            await self._in_cache_thread(self._cache.put, kept)
        both = {**known, **computed}
        meter.cached += sum(key in known for key in wanted)
        meter.prompt_tokens += sum(both[key].tokens for key in wanted)
        values = [both[key].value for key in wanted]
        journal.write(question, values, [key in known for key in wanted])
        return values

    async def close(self) -> None:
        """Write what is still to be written."""
        await self._in_cache_thread(self._cache.close)

    async def _in_cache_thread(self, function: Any, *arguments: Any) -> Any:
        return await asyncio.get_running_loop().run_in_executor(self._cache_thread, function, *arguments)
