"""The same for everybody, a few at a time."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Iterator
from typing import TypeVar

LANES = 8
"""How many people act at the same instant."""

Item = TypeVar("Item")
Result = TypeVar("Result")


async def abreast(
    items: Iterable[Item], act: Callable[[Item], Awaitable[Result]], *, done: Callable[[], object], lanes: int = LANES
) -> tuple[Result, ...]:
    """Act for every item, so many at once; results stand in the items' order, the first failure ends it all."""
    waiting: Iterator[tuple[int, Item]] = iter(enumerate(items))
    results: dict[int, Result] = {}

    async def lane() -> None:
        for place, item in waiting:
            results[place] = await act(item)
            done()

    async with asyncio.TaskGroup() as group:
        for _ in range(lanes):
            group.create_task(lane())
    return tuple(results[place] for place in sorted(results))
