"""The days on which instalments fall due."""

import calendar
from collections.abc import Iterator
from datetime import date, timedelta
from enum import StrEnum


class Frequency(StrEnum):
    """The unit in which the distance between two instalments is given."""

    MONTHS = "months"
    WEEKS = "weeks"
    DAYS = "days"


class MonthEnd(StrEnum):
    """Which day is due in a month that lacks the day of the month on which the loan began."""

    CLAMP = "clamp"
    """The last day of that month: 31 January, 28 February, 31 March."""
    ROLL = "roll"
    """The first day of the next month: 31 January, 1 March, 31 March."""


def month_day(year: int, month: int, day: int, *, month_end: MonthEnd = MonthEnd.CLAMP) -> date:
    """The day of a month counted from January of a year; months beyond 12 belong to later years."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    if day > 28 and day > (last := calendar.monthrange(year, month)[1]):
        return date(year, month, last) + timedelta(days=month_end is MonthEnd.ROLL)
    return date(year, month, day)


def add_units(start_on: date, count: int, *, frequency: Frequency, month_end: MonthEnd = MonthEnd.CLAMP) -> date:
    """The day that lies a number of months, weeks or days after another; the count may be negative."""
    if frequency is Frequency.MONTHS:
        return month_day(start_on.year, start_on.month + count, start_on.day, month_end=month_end)
    return start_on + timedelta(days=count * (7 if frequency is Frequency.WEEKS else 1))


def due_days(
    start_on: date, *, count: int, repay_every: int, frequency: Frequency, month_end: MonthEnd = MonthEnd.CLAMP
) -> Iterator[date]:
    """The due days that follow from the day a loan began, each counted from that day and not from the one before.

    Counting from the start keeps 31 January → 28 February → 31 March from decaying to the 28th.
    """
    for number in range(1, count + 1):
        yield add_units(start_on, number * repay_every, frequency=frequency, month_end=month_end)


def billed_due_days(start_on: date, *, count: int, months: int, bill_day: int, due_after_days: int) -> tuple[date, ...]:
    """The due days that follow bill days, none before the day on which it would be due without.

    Months differ in length, so it is not enough that the first is late enough: all of them are a month later then.
    """
    own = list(due_days(start_on, count=count, repay_every=months, frequency=Frequency.MONTHS))
    earliest = own[0] - timedelta(days=due_after_days)
    ahead = int(earliest.day > bill_day)
    days = _billed_from(earliest, ahead, count, months, bill_day, due_after_days)
    if any(day < mine for day, mine in zip(days, own, strict=True)):
        days = _billed_from(earliest, ahead + 1, count, months, bill_day, due_after_days)
    return days


def _billed_from(
    earliest: date, ahead: int, count: int, months: int, bill_day: int, due_after_days: int
) -> tuple[date, ...]:
    after = timedelta(days=due_after_days)
    first = earliest.month + ahead
    return tuple(month_day(earliest.year, first + number * months, bill_day) + after for number in range(count))
