"""A day is closed: what fell due on it is earned, bucket by bucket, and no bucket twice."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import ClassVar
from uuid import uuid5

from fenqi.core.refusal import Kind, Refusal
from fenqi.services.book_loan import book, open_loan
from fenqi.stores import loan as loans
from fenqi.wiring import Installation

ONE_DAY = timedelta(days=1)


class DayNotOver(Refusal):
    """The day is still going on, or has not begun."""

    code: ClassVar[str] = "day_not_over"
    kind: ClassVar[Kind] = Kind.CONFLICT


@dataclass(frozen=True)
class ClosedDay:
    """What closing a day touched."""

    day: date
    bucket_count: int
    loan_count: int


async def close_until(installation: Installation, *, day: date, lane: Sequence[int]) -> tuple[ClosedDay, ...]:
    """Close a day in every bucket of a lane that has not closed it, after every day before it that is still open.

    Each day in a transaction of its own: killed at any instant, a day is closed or it is not, and the next run does
    the rest. Nothing is done about a day that everything has closed.

    Raises: DayNotOver.
    """
    today = installation.ports.business.today()
    if day >= today:
        raise DayNotOver(f"{day.isoformat()} is not over", allowed=f"before {today.isoformat()}")
    first = await _first_open(installation, lane=lane)
    days = (first + ONE_DAY * number for number in range((day - first).days + 1))
    return tuple([await _close(installation, day=each, lane=lane) for each in days])


async def catch_up(installation: Installation, *, lane: Sequence[int]) -> int:
    """Close every day that is over and not closed; how many there were."""
    yesterday = installation.ports.business.today() - ONE_DAY
    return len(await close_until(installation, day=yesterday, lane=lane))


async def _first_open(installation: Installation, *, lane: Sequence[int]) -> date:
    """The earliest day that a bucket has still to close.

    One that never closed a day begins with its first loan; where there is none, there is nothing before yesterday.
    """
    async with installation.transaction() as connection:
        closed = {row.b: row.closed_on for row in await loans.closed_until(connection, lane=lane)}
        never = [b for b in lane if b not in closed]
        drawn = [row.drawn_on for row in await loans.first_drawn(connection, lane=never)]
    open_from = [*(on + ONE_DAY for on in closed.values()), *drawn]
    return min(open_from, default=installation.ports.business.today() - ONE_DAY)


async def _close(installation: Installation, *, day: date, lane: Sequence[int]) -> ClosedDay:
    """Loans that nothing fell due of are not touched; a month's last day also books the late charges of the month."""
    ports = installation.ports
    month_end = (day + ONE_DAY).day == 1
    async with installation.transaction() as connection:
        rows = await loans.to_close(connection, lane=lane, day=day, month_end=month_end)
        for row in rows:
            loan = await open_loan(connection, row)
            cause_id = uuid5(row.loan_id, f"close:{day.isoformat()}")
            await book(connection, ports, loan, cause_id=cause_id, value_on=day, on=day)
        counts = Counter(row.b for row in rows)
        closed = await loans.close_day(
            connection,
            lane=lane,
            loan_counts=[counts[b] for b in lane],
            day=day,
            closed_at=ports.business.now(),
        )
    return ClosedDay(day=day, bucket_count=closed, loan_count=len(rows))
