"""The order log as the engine that counts follows it: what stands behind a place, and what can still come."""

from collections.abc import Sequence
from dataclasses import dataclass

from fenqi.core.velocity.entry import Entry
from fenqi.stores import horizon
from fenqi.stores import order_event as order_events
from fenqi.stores.database import Pool
from fenqi.stores.fetch import Connection

AT_ONCE = 5_000


async def read_on(connection: Connection, position: int) -> Sequence[Entry]:
    """The next entries of the log behind a place."""
    rows = await order_events.after(connection, position=position, order_event_id=order_events.LAST_ID, limit=AT_ONCE)
    return [row.entry for row in rows]


@dataclass(frozen=True)
class PooledLog:
    """The log, read over whichever connection is free."""

    pool: Pool

    async def __call__(self, position: int) -> Sequence[Entry]:
        """The next entries behind a place."""
        async with self.pool.connection() as connection:
            return await read_on(connection, position)

    async def at(self, positions: Sequence[int]) -> Sequence[Entry]:
        """The entries that stand at some places by now."""
        async with self.pool.connection() as connection:
            return [row.entry for row in await order_events.at_positions(connection, positions)]

    async def begun_below(self) -> int:
        """A number of a transaction below which are all that have drawn a place by now."""
        async with self.pool.connection() as connection:
            return await horizon.begun_below(connection)

    async def ended_below(self) -> int:
        """A number below which all transactions have ended."""
        async with self.pool.connection() as connection:
            return await horizon.ended_below(connection)
