"""Counting working days, also beyond the calendar that is published."""

from collections.abc import Mapping
from datetime import date, timedelta

from fenqi.core.dates.business_day import CalendarNotPublished, is_working_day

_SATURDAY = 5


def working_days_after(day: date, count: int, *, overrides: Mapping[date, bool]) -> date:
    """The day that lies so many working days after another, which does not count itself.

    In a year whose calendar is not published, every weekday counts as worked: a deadline is then never too late.
    """
    while count:
        day += timedelta(days=1)
        count -= _is_worked(day, overrides)
    return day


def _is_worked(day: date, overrides: Mapping[date, bool]) -> bool:
    try:
        return is_working_day(day, overrides=overrides)
    except CalendarNotPublished:
        return day.weekday() < _SATURDAY
