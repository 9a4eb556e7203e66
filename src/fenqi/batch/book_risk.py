"""Months that are over are graded and booked, bucket by bucket, none twice."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

from fenqi.services.book_risk import book_risk
from fenqi.stores import risk
from fenqi.wiring import Installation

BUCKETS_AT_ONCE = 32
MONTHS_BACK = 13
"""How far back a month is looked for; what an older one asked for is in what the next asks for."""


async def book_risk_due(installation: Installation, *, lane: Sequence[int]) -> int:
    """Grade and book every month's end that is closed and not booked, oldest first; how many buckets' months.

    A few buckets at a time, each few in a transaction of their own.
    """
    months = tuple(_month_ends(installation.ports.business.today()))
    async with installation.reading() as connection:
        waiting = await risk.to_book(connection, lane=lane, months=months)
    for month_on, found in groupby(waiting, key=lambda each: each.month_on):
        for part in _parts([each.b for each in found]):
            async with installation.transaction() as connection:
                await book_risk(connection, installation.ports, lane=part, month_on=month_on)
    return len(waiting)


def _parts(lane: Sequence[int]) -> Iterator[Sequence[int]]:
    return (lane[start : start + BUCKETS_AT_ONCE] for start in range(0, len(lane), BUCKETS_AT_ONCE))


def _month_ends(today: date) -> Iterator[date]:
    """The last days of the months before this one, the latest first."""
    last = today.replace(day=1) - timedelta(days=1)
    for _ in range(MONTHS_BACK):
        yield last
        last = last.replace(day=1) - timedelta(days=1)
