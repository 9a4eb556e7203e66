"""Working days of mainland China, and the day until which a due instalment may still be paid."""

from collections.abc import Mapping
from datetime import date, timedelta

import chinese_calendar  # pyright: ignore[reportMissingTypeStubs]

from fenqi.core.refusal import Kind, Refusal


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
            day += timedelta(days=1)
    except CalendarNotPublished:
        return due_on
    return day
