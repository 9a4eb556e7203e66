"""Credit lines are refreshed every month and after what happens, bucket by bucket, none twice."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from datetime import date, timedelta

import structlog

from fenqi.batch.close_day import FAILURES
from fenqi.core.dates.business_day import late_before
from fenqi.services.limit_rules import LimitRulesMissing
from fenqi.services.refresh_limits import LookCause, refresh_customers, refresh_month
from fenqi.services.special_limit import end_specials
from fenqi.stores import limit as limits
from fenqi.stores import limit_event as limit_events
from fenqi.stores.fetch import Connection
from fenqi.wiring import Installation

_log = structlog.get_logger()
BUCKETS_AT_ONCE, EVENTS_AT_ONCE = 8, 500
ABREAST = 2
"""How many lanes are refreshed at one time: what one reads, the database works out beside what another writes."""


async def refresh_limits_due(installation: Installation, *, lane: Sequence[int]) -> int:
    """Do everything about lines that is due: end what is over, look after what happened, refresh a month.

    Gives how much was done; each part is one transaction, done whole or not at all.
    """
    done = await _end_specials(installation, lane=lane)
    done += await _find_late(installation, lane=lane)
    done += await look_at_waiting(installation, lane=lane)
    return done + await refresh_months(installation, lane=lane)


async def refresh_months(installation: Installation, *, lane: Sequence[int]) -> int:
    """Refresh the lines of every bucket that has closed last month and was not refreshed for it; how many buckets."""
    month_on = _last_month_end(installation.ports.business.today())
    async with installation.reading() as connection:
        waiting = await limits.to_refresh(connection, lane=lane, month_on=month_on)

    async def refresh(connection: Connection, part: Sequence[int]) -> int:
        await refresh_month(connection, installation.ports, lane=part, month_on=month_on)
        return len(part)

    parts, refreshed = _parts(waiting), 0

    async def take() -> None:
        nonlocal refreshed
        for part in parts:
            found = await _whole_or_alone(installation, part, refresh, what="month not refreshed")
            refreshed += found

    async with asyncio.TaskGroup() as group:
        for _ in range(ABREAST):
            group.create_task(take())
    return refreshed


async def look_at_waiting(installation: Installation, *, lane: Sequence[int]) -> int:
    """Look at every line of a lane that waits for it after something that happened; how many events."""

    async def look(connection: Connection, part: Sequence[int]) -> int:
        events = await limit_events.waiting(connection, lane=part, limit=EVENTS_AT_ONCE)
        if events:
            causes = {each.customer_id: LookCause(each.kind, each.about, str(each.event_id)) for each in events}
            await refresh_customers(connection, installation.ports, causes=causes)
            await limit_events.done(connection, events, at=installation.ports.business.now())
        return len(events)

    looked = 0
    while found := await _whole_or_alone(installation, lane, look, what="lines not looked at"):
        looked += found
    return looked


async def _find_late(installation: Installation, *, lane: Sequence[int]) -> int:
    today = installation.ports.business.today()
    async with installation.transaction() as connection:
        found = await limit_events.find_late(
            connection, lane=lane, on=today, late_before=late_before(today), at=installation.ports.business.now()
        )
    return found.late_count


async def _end_specials(installation: Installation, *, lane: Sequence[int]) -> int:
    async def end(connection: Connection, part: Sequence[int]) -> int:
        return await end_specials(connection, installation.ports, lane=part)

    return await _whole_or_alone(installation, lane, end, what="special limits not ended")


async def _whole_or_alone(
    installation: Installation,
    lane: Sequence[int],
    step: Callable[[Connection, Sequence[int]], Awaitable[int]],
    *,
    what: str,
) -> int:
    """Do a step for a lane in one transaction; halved where it fails, down to the buckets that are the cause."""
    try:
        async with installation.transaction() as connection:
            return await step(connection, lane)
    except LimitRulesMissing:
        return 0
    except FAILURES as failure:
        if len(lane) == 1:
            _log.warning(what, bucket=lane[0], why=str(failure))
            return 0
        half = len(lane) // 2
        first = await _whole_or_alone(installation, lane[:half], step, what=what)
        return first + await _whole_or_alone(installation, lane[half:], step, what=what)


def _parts(lane: Sequence[int]) -> Iterator[Sequence[int]]:
    return (lane[start : start + BUCKETS_AT_ONCE] for start in range(0, len(lane), BUCKETS_AT_ONCE))


def _last_month_end(today: date) -> date:
    return today.replace(day=1) - timedelta(days=1)
