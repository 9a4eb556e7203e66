"""All loans together at the ends of months."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from fenqi.core.dates.business_day import NOTHING_PUBLISHED, late_before, payable_until
from fenqi.core.loan.classification import BUCKET_DAYS
from fenqi.stores.fetch import Connection, change, every
from fenqi.stores.packed import int2s
from fenqi.stores.query import queries

_SQL = queries("portfolio")
CLOSED = -1
"""The bucket of a loan that was repaid."""


@dataclass(frozen=True)
class MonthLine:
    """The open loans of a bucket at the end of a month."""

    month_on: date
    bucket: int
    loan_count: int
    owed_minor: int
    overdue_minor: int


@dataclass(frozen=True)
class RollLine:
    """The loans that went from one bucket to another in a month, and what they owed before."""

    month_on: date
    from_bucket: int
    to_bucket: int
    loan_count: int
    owed_minor: int


@dataclass(frozen=True)
class FirstLate:
    """The loans of a cohort that were late enough for the first time at the end of a month."""

    cohort_on: date
    month_on: date
    loan_count: int
    principal_minor: int


@dataclass(frozen=True)
class Cohort:
    """The loans drawn in a month."""

    cohort_on: date
    loan_count: int
    principal_minor: int


@dataclass(frozen=True)
class _UnpaidDay:
    due_on: date


async def add_month(connection: Connection, *, lane: Sequence[int], day: date) -> int:
    """Keep where every loan of a lane stands at the end of a month; how many rows that made.

    Days past due and what is overdue are counted as a replay of the loan counts them.
    """
    found = await every(connection, _UnpaidDay, _SQL["unpaid_days"], {"lane": int2s(lane), "day": day})
    unpaid = [each.due_on for each in found]
    parameters = {
        "lane": int2s(lane),
        "day": day,
        "due_on": unpaid,
        "payable_until": [payable_until(due_on, overrides=NOTHING_PUBLISHED) for due_on in unpaid],
        "late_before": late_before(day),
    }
    return await change(connection, _SQL["add_month"], parameters)


async def months(
    connection: Connection, *, after_on: date, currency: str, edges: Sequence[int] = BUCKET_DAYS
) -> tuple[MonthLine, ...]:
    """The portfolio at the ends of the months after a day, by days past due."""
    parameters = {"after_on": after_on, "currency": currency, "edges": list(edges)}
    return await every(connection, MonthLine, _SQL["months"], parameters)


async def rolls(connection: Connection, *, after_on: date, currency: str) -> tuple[RollLine, ...]:
    """From where to where loans went in each month after a day."""
    parameters = {"after_on": after_on, "currency": currency, "edges": list(BUCKET_DAYS)}
    return await every(connection, RollLine, _SQL["rolls"], parameters)


async def vintages(connection: Connection, *, from_on: date, currency: str, days: int) -> tuple[FirstLate, ...]:
    """When the loans of each cohort were first so many days late."""
    parameters = {"from_on": from_on, "currency": currency, "days": days}
    return await every(connection, FirstLate, _SQL["vintages"], parameters)


async def cohorts(connection: Connection, *, from_on: date, currency: str) -> tuple[Cohort, ...]:
    """The loans of each month from a day on."""
    return await every(connection, Cohort, _SQL["cohorts"], {"from_on": from_on, "currency": currency})
