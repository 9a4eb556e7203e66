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


async def close_day(installation: Installation, *, day: date, lane: Sequence[int]) -> ClosedDay:
    """Close a day in every bucket of a lane that has not closed it, in one transaction.

    Loans that nothing fell due of are not touched; a month's last day also books the late charges of the month.
    Killed at any instant, the day is closed or it is not, and the next run does the rest.

    Raises: DayNotOver.
    """
    ports = installation.ports
    if day >= ports.business.today():
        raise DayNotOver(f"{day.isoformat()} is not over", allowed=f"before {ports.business.today().isoformat()}")
    month_end = (day + timedelta(days=1)).day == 1
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


async def catch_up(installation: Installation, *, lane: Sequence[int]) -> int:
    """Close every day that is over and not closed; how many there were.

    A bucket that never closed a day has nothing to catch up before yesterday.
    """
    yesterday = installation.ports.business.today() - timedelta(days=1)
    async with installation.transaction() as connection:
        until = {row.b: row.closed_on for row in await loans.closed_until(connection, lane=lane)}
    day = min((until.get(b, yesterday - timedelta(days=1)) for b in lane), default=yesterday) + timedelta(days=1)
    closed = 0
    while day <= yesterday:
        await close_day(installation, day=day, lane=lane)
        closed += 1
        day += timedelta(days=1)
    return closed
