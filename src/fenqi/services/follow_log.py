"""The order log is followed: read up to where this process writes, asked where nobody heard, kept once an hour."""

from collections.abc import Sequence
from typing import Protocol

from fenqi.core.velocity.entry import Entry
from fenqi.stores import order_event as order_events
from fenqi.stores.fetch import Connection

AT_ONCE = 5_000


class Follower(Protocol):
    """What of an engine has to be helped along from outside."""

    def unheard(self) -> tuple[int, ...]:
        """The places whose fate nobody has heard."""
        ...

    def found(self, asked: Sequence[int], there: Sequence[int]) -> None:
        """What the log itself says of them."""
        ...


async def read_on(connection: Connection, position: int) -> Sequence[Entry]:
    """The next entries of the log behind a place."""
    rows = await order_events.after(connection, position=position, order_event_id=order_events.LAST_ID, limit=AT_ONCE)
    return [row.entry for row in rows]


async def clear_up(connection: Connection, follower: Follower) -> int:
    """Ask the log what became of entries that nobody heard of; how many there were."""
    asked = follower.unheard()
    if not asked:
        return 0
    rows = await order_events.at_positions(connection, asked)
    follower.found(asked, [row.log_position for row in rows])
    return len(asked)
