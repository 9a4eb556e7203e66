"""Every day that is closed in the books is gone through in collection, lane by lane."""

from collections.abc import Sequence
from datetime import date, timedelta

from fenqi.batch.lane import lanes_of
from fenqi.services.collect_day import collect_day
from fenqi.stores import collection as cases
from fenqi.stores import loan as loans
from fenqi.stores.fetch import Connection
from fenqi.wiring import Installation

ONE_DAY = timedelta(days=1)


async def collect_due(installation: Installation, *, lane: Sequence[int]) -> int:
    """Bring collection up to the last day that each bucket has closed; how many cases and promises changed.

    Days missed are made up for one after the other where something hangs on them: a promise whose day passed is decided
    by that day, not by today. Killed at any instant, a few buckets have gone through a day or they have not.
    """
    changed = 0
    for part in await lanes_of(installation, lane):
        changed += await _collect_part(installation, lane=part)
    return changed


async def _collect_part(installation: Installation, *, lane: Sequence[int]) -> int:
    changed = 0
    while True:
        async with installation.transaction() as connection:
            behind, day = await _next_day(connection, lane=lane)
            if day is None:
                return changed
            changed += await collect_day(connection, installation.ports, lane=behind, day=day)


async def _next_day(connection: Connection, *, lane: Sequence[int]) -> tuple[list[int], date | None]:
    """The earliest day that a bucket of the lane has closed and not gone through, and the buckets of which that is so.

    A bucket that was never gone through begins with the last day it closed.
    """
    closed = {row.b: row.closed_on for row in await loans.closed_until(connection, lane=lane)}
    done = await cases.days(connection, lane=lane, is_locking=True)
    following = {b: done[b] + ONE_DAY if b in done else last for b, last in closed.items()}
    wanted = {b: day for b, day in following.items() if day <= closed[b]}
    day = min(wanted.values(), default=None)
    return [b for b, each in wanted.items() if each == day], day
