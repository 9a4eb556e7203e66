"""Working days of mainland China, and the day until which a due instalment may still be paid."""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType

import chinese_calendar  # pyright: ignore[reportMissingTypeStubs]

from fenqi.core.refusal import Kind, Refusal

NOTHING_PUBLISHED: Mapping[date, bool] = MappingProxyType({})
"""No working days are known but those of the table that ships."""
_DAY = timedelta(days=1)


class CalendarNotPublished(Refusal):
    """Nobody has said yet which days of that year are worked."""

    code = "calendar_not_published"
    kind = Kind.RULE


def is_working_day(day: date, *, overrides: Mapping[date, bool]) -> bool:
    """Say whether a day is worked in mainland China, with its shifted weekends.

    The table that ships ends with the last published year; `overrides` holds what was published since.

    Raises: CalendarNotPublished for a day in neither.
    """
    if day in overrides:
        return overrides[day]
    return _is_working_day(day)


@cache
def _is_working_day(day: date) -> bool:
    try:
        return bool(chinese_calendar.is_workday(day))  # pyright: ignore[reportUnknownMemberType]
    except NotImplementedError as unknown:
        raise CalendarNotPublished(
            f"the working days of {day.year} are not published", allowed="an override table for that year"
        ) from unknown


def payable_until(due_on: date, *, overrides: Mapping[date, bool]) -> date:
    """The last day on which an instalment can be paid without being late.

    A due day that is not worked moves to the next working day; `due_on` itself stays as agreed. Where the year's
    calendar is not published yet, the due day stands until it is.

    Source: 民法典 art. 203.
    """
    day = due_on
    try:
        while not is_working_day(day, overrides=overrides):
            day += _DAY
    except CalendarNotPublished:
        return due_on
    return day


def days_late(due_on: date | None, *, on: date, rolls: bool, overrides: Mapping[date, bool] = NOTHING_PUBLISHED) -> int:
    """Days since a due day that is not paid could last be paid in time; 0 until then, and where there is none.

    `rolls` says whether a due day that is not worked moves.
    """
    if due_on is None:
        return 0
    last = payable_until(due_on, overrides=overrides) if rolls else due_on
    return max((on - last).days, 0)


def late_before(on: date, *, overrides: Mapping[date, bool] = NOTHING_PUBLISHED) -> date:
    """The day before which a due day that moves over days off, and is not paid, is late."""
    day = on
    while payable_until(day - _DAY, overrides=overrides) >= on:
        day -= _DAY
    return day
