"""Which share of a year a stretch of days counts for."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class DayCount(StrEnum):
    """Days of a month over days of a year."""

    THIRTY_360 = "30/360"
    """A month is a twelfth of the year whatever its length."""
    THIRTY_364 = "30/364"
    THIRTY_365 = "30/365"
    THIRTY_ACTUAL = "30/actual"
    """A month is 30 days of the calendar year in which its period begins."""
    ACTUAL_360 = "actual/360"
    ACTUAL_364 = "actual/364"
    """A week is 1/52 of the year."""
    ACTUAL_365 = "actual/365"
    ACTUAL_ACTUAL = "actual/actual"
    """Days of a leap year over 366, others over 365."""


_MONTH_YEARS = {DayCount.THIRTY_360: 360, DayCount.THIRTY_364: 364, DayCount.THIRTY_365: 365}
_DAY_YEARS = {DayCount.ACTUAL_360: 360, DayCount.ACTUAL_364: 364, DayCount.ACTUAL_365: 365}


@dataclass(frozen=True, slots=True)
class Period:
    """The time between two due days, [from, due)."""

    from_on: date
    due_on: date
    months: int = 0
    """The whole months it stands for; 0 if it is counted by weeks or days."""
    full_days: int = 0
    """The days of a regular period ending on its due day; 0 if this one is regular."""

    @property
    def days(self) -> int:
        """Its length."""
        return (self.due_on - self.from_on).days


@dataclass(frozen=True, slots=True)
class Measure:
    """How the nights of one period weigh: a stretch is `weight(…) ÷ per_year` of a year."""

    per_year: int
    per_night: int
    """0: nights of leap years and of others weigh differently."""

    def weight(self, from_on: date, to_on: date) -> int:
        """The weight of the nights between two days."""
        if self.per_night:
            return (to_on - from_on).days * self.per_night
        return _leap_weight(from_on, to_on)


def measure(period: Period, day_count: DayCount) -> Measure:
    """Read how a day count weighs the nights of a period.

    A month of 30 days is spread evenly over the actual days of its period, so that a part of a period
    costs its share. Under actual/actual the 31 December already counts in the new year.
    Periods counted by weeks or days weigh by their actual days under every day count.
    """
    if day_count is DayCount.ACTUAL_ACTUAL:
        return Measure(365 * 366, 0)
    if day_count in _DAY_YEARS:
        return Measure(_DAY_YEARS[day_count], 1)
    year = _MONTH_YEARS.get(day_count) or _days_in_year(period.from_on.year)
    if not period.months:
        return Measure(year, 1)
    return Measure(year * (period.full_days or period.days or 1), 30 * period.months)


def _days_in_year(year: int) -> int:
    return (date(year + 1, 1, 1) - date(year, 1, 1)).days


def _leap_weight(from_on: date, to_on: date) -> int:
    total = 0
    while from_on < to_on:
        changes_on = date(from_on.year, 12, 31)
        year = from_on.year
        if from_on >= changes_on:
            year, changes_on = year + 1, date(year + 1, 12, 31)
        until_on = min(to_on, changes_on)
        total += (until_on - from_on).days * (365 if _days_in_year(year) == 366 else 366)
        from_on = until_on
    return total
