"""Months that are over are graded and booked, bucket by bucket, none twice."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from itertools import groupby

import structlog

from fenqi.batch.close_day import FAILURES
from fenqi.services.book_risk import book_risk
from fenqi.stores import risk
from fenqi.wiring import Installation

_log = structlog.get_logger()
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
    stuck = set[int]()
    for month_on, found in groupby(waiting, key=lambda each: each.month_on):
        # The books follow from the last month that was graded, so a bucket's later months wait for an earlier one.
        for part in _parts([each.b for each in found if each.b not in stuck]):
            stuck |= await _failing(installation, part, month_on=month_on)
    return sum(each.b not in stuck for each in waiting)


async def _failing(installation: Installation, lane: Sequence[int], *, month_on: date) -> set[int]:
    """Book a lane, halved where it fails, down to the buckets that are the cause: those are told, and given back."""
    try:
        async with installation.transaction() as connection:
            await book_risk(connection, installation.ports, lane=lane, month_on=month_on)
    except FAILURES as failure:
        if len(lane) == 1:
            _log.warning("month not graded", bucket=lane[0], month_on=month_on.isoformat(), what=str(failure))
            return {lane[0]}
        half = len(lane) // 2
        first = await _failing(installation, lane[:half], month_on=month_on)
        return first | await _failing(installation, lane[half:], month_on=month_on)
    return set()


def _parts(lane: Sequence[int]) -> Iterator[Sequence[int]]:
    return (lane[start : start + BUCKETS_AT_ONCE] for start in range(0, len(lane), BUCKETS_AT_ONCE))


def _month_ends(today: date) -> Iterator[date]:
    """The last days of the months before this one, the latest first."""
    last = today.replace(day=1) - timedelta(days=1)
    for _ in range(MONTHS_BACK):
        yield last
        last = last.replace(day=1) - timedelta(days=1)
