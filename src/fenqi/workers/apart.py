"""Work that would hold the service up, in a process of its own that lets every other go first."""

import asyncio
import os
from collections.abc import AsyncGenerator, Callable
from concurrent.futures import Executor, ProcessPoolExecutor
from contextlib import asynccontextmanager
from multiprocessing import get_context
from typing import Any, TypeVar

_LAST_IN_QUEUE = 19
Result = TypeVar("Result")


@asynccontextmanager
async def process_apart() -> AsyncGenerator[Executor]:
    """A process that lives while the block runs."""
    executor = ProcessPoolExecutor(1, mp_context=get_context("spawn"), initializer=os.nice, initargs=(_LAST_IN_QUEUE,))
    try:
        yield executor
    finally:
        executor.shutdown(wait=False, cancel_futures=True)


async def done_apart(executor: Executor | None, function: Callable[..., Result], *arguments: Any) -> Result:
    """What a plain function of a module comes to over there."""
    return await asyncio.get_running_loop().run_in_executor(executor, function, *arguments)
