"""Several processes append to one order log, and each counts what a replay of it counts."""

import asyncio
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from random import Random

import pytest
from order_writer import append, opened

from fenqi.services.follow_log import PooledLog, read_on
from fenqi.stores import order_event as order_events
from fenqi.stores.database import Pool, open_pool
from fenqi.velocity.live import LiveLog
from fenqi.velocity.stream import Streams

pytestmark = pytest.mark.anyio
WRITER = Path(__file__).parent / "order_writer.py"


@asynccontextmanager
async def process(dsn: str) -> AsyncIterator[tuple[Pool, LiveLog]]:
    """Connections and a log of its own, which is followed as long as the block lasts."""
    async with open_pool(dsn) as pool:
        live = await opened(pool)
        following = asyncio.create_task(live.follow(PooledLog(pool)))
        yield pool, live
        following.cancel()
        await asyncio.gather(following, return_exceptions=True)


async def written(pool: Pool, *, least: int = 0) -> int:
    """Where the log ends, once that is far enough."""
    position = -1
    async with pool.connection() as connection, asyncio.timeout(60):
        while position < least:
            position = await order_events.last_position(connection)
            await asyncio.sleep(0.01)
    return position


async def replayed(pool: Pool) -> Streams:
    streams = Streams()
    async with pool.connection() as connection:
        while entries := await read_on(connection, streams.position):
            for entry in entries:
                streams.record(entry)
    return streams


async def digest_at(live: LiveLog, *, position: int) -> str:
    """What a process counts once it has taken in the log up to a place."""
    async with asyncio.timeout(20):
        while (live.streams.position, live.waiting_count) != (position, 0):
            await asyncio.sleep(0.01)
            assert live.streams.position <= position
    return live.streams.digest()


async def test_two_processes_count_the_same_while_a_third_is_killed(database: str):
    """Places are drawn by all of them at once, transactions are undone, and one process dies in the middle of many."""
    third = await asyncio.create_subprocess_exec(sys.executable, str(WRITER), database, "1")
    try:
        async with process(database) as first, process(database) as second:
            await written(first[0], least=40)
            chance = Random(2)
            for turn in range(60):
                await asyncio.gather(*(append(*one, chance) for one in (first, second) for _ in range(3)))
                if turn == 30:
                    third.kill()
            position = await written(first[0])
            digests = [await digest_at(live, position=position) for _, live in (first, second)]
            late = await opened(first[0])
            await late.catch_up(PooledLog(first[0]))
            whole = await replayed(first[0])
    finally:
        with suppress(ProcessLookupError):
            third.kill()
        ended_by = await third.wait()

    assert ended_by == -9
    assert [*digests, late.streams.digest()] == [whole.digest()] * 3
