"""A process that appends to the order log until somebody ends it: `order_writer.py DSN SEED`."""

import asyncio
import sys
from dataclasses import dataclass
from random import Random
from typing import Any, cast
from uuid import UUID

from fenqi.core.velocity.entry import EntryKind
from fenqi.services.attempt import Attempt, Origin, log, to_log
from fenqi.services.follow_log import PooledLog
from fenqi.services.port import Ports
from fenqi.stores import order_event as order_events
from fenqi.stores.database import Pool, at_last, late_transaction, open_pool, transaction
from fenqi.velocity.live import LiveLog
from fenqi.velocity.stream import Streams
from fenqi.wiring import SystemClock, new_id


@dataclass(frozen=True)
class Writing:
    """What of the ports an attempt needs."""

    orders: LiveLog
    business: SystemClock
    new_id: Any = new_id


class Undone(Exception):
    """The transaction is not kept."""


async def opened(pool: Pool) -> LiveLog:
    """A log that begins where the database stands; somebody has to follow it."""
    live = LiveLog(Streams(), wall=SystemClock().now)
    async with pool.connection() as connection:
        live.open(last_position=await order_events.last_position(connection))
    return live


async def append(pool: Pool, live: LiveLog, chance: Random) -> None:
    """Append one attempt in either kind of transaction; every fifth is undone."""
    ports = cast("Ports", Writing(live, SystemClock()))
    b = chance.randrange(256)
    attempt = Attempt(
        kind=chance.choice(list(EntryKind)),
        b=b,
        origin=Origin(device=f"d{chance.randrange(9)}", ip=f"i{chance.randrange(5)}"),
        customer_id=UUID(int=chance.randrange(20)),
        amount_minor=chance.randrange(100_000),
    )
    begin = chance.choice([transaction, late_transaction])
    is_undone = chance.random() < 0.2
    try:
        async with begin(pool) as connection:
            if is_undone:
                await at_last(connection, to_log(connection, ports, attempt))
                raise Undone
            await log(connection, ports, attempt)
    except Undone:
        pass


async def write(dsn: str, seed: int, *, at_once: int = 4) -> None:
    """Append over a few connections, without end."""
    async with open_pool(dsn, connections_max=at_once + 1) as pool:
        live, chance = await opened(pool), Random(seed)
        following = asyncio.create_task(live.follow(PooledLog(pool)))

        async def go_on() -> None:
            while not following.done():
                await append(pool, live, chance)

        await asyncio.gather(*(go_on() for _ in range(at_once)))


if __name__ == "__main__":
    asyncio.run(write(sys.argv[1], int(sys.argv[2])))
