"""Customers are looked at for signs of difficulty: after what happens during a day, and once a day is closed."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from fenqi.batch.lane import lanes_of
from fenqi.services.raise_warning import LookCause, raise_warnings
from fenqi.stores import loan as loans
from fenqi.stores import warning as warnings
from fenqi.stores.fetch import Connection
from fenqi.stores.warning_rules import WARNING_RULES
from fenqi.wiring import Installation

ONE_DAY = timedelta(days=1)
EVENTS_AT_ONCE = 200


async def warn_due(installation: Installation, *, lane: Sequence[int]) -> int:
    """Look after everything that waits, and at every day that was closed since; how many steps were come to.

    Days that were missed are made up for, one by one, without a step: only the last that is over takes any.

    Killed at any instant, an event or a bucket's day was gone through whole or not at all, and is gone through once.
    """
    if not await _is_judged(installation):
        return 0
    steps = 0
    for part in await lanes_of(installation, lane):
        steps += await _after_events(installation, lane=part)
        steps += await _after_days(installation, lane=part)
    return steps


async def _is_judged(installation: Installation) -> bool:
    """Whether a strategy is in force; before one is installed, nobody is looked at."""
    async with installation.reading() as connection:
        return await WARNING_RULES.in_force(connection, on=installation.ports.business.today()) is not None


async def _after_events(installation: Installation, *, lane: Sequence[int]) -> int:
    steps = 0
    while True:
        async with installation.transaction() as connection:
            events = await warnings.waiting(connection, lane=lane, limit=EVENTS_AT_ONCE)
            if not events:
                return steps
            ports = installation.ports
            causes = {event.customer_id: LookCause(event.kind, event.about) for event in events}
            part = sorted({event.b for event in events})
            steps += await raise_warnings(connection, ports, lane=part, on=ports.business.today(), causes=causes)
            await warnings.done(connection, events, at=ports.business.now())


async def _after_days(installation: Installation, *, lane: Sequence[int]) -> int:
    steps = 0
    async with installation.reading() as connection:
        closed = {row.b: row.closed_on for row in await loans.closed_until(connection, lane=lane)}
    while True:
        async with installation.transaction() as connection:
            behind, day = await _next_day(connection, closed)
            if day is None:
                return steps
            is_missed = day < installation.ports.business.today() - ONE_DAY
            steps += await raise_warnings(connection, installation.ports, lane=behind, on=day, is_missed=is_missed)
            await warnings.put_day(connection, lane=behind, day=day)


async def _next_day(connection: Connection, closed: Mapping[int, date]) -> tuple[list[int], date | None]:
    """The first day that a bucket has closed and not gone through, and the buckets of which that is so.

    A bucket that was never gone through begins with the last day that it has closed.
    """
    gone_through = await warnings.days(connection, lane=sorted(closed))
    wanted = {b: gone_through.get(b, day - ONE_DAY) + ONE_DAY for b, day in closed.items()}
    wanted = {b: day for b, day in wanted.items() if day <= closed[b]}
    day = min(wanted.values(), default=None)
    return [b for b, each in wanted.items() if each == day], day
