"""When an automatic debit is tried: by the calendar, one at a time, never at night."""

from datetime import UTC, date, datetime, timedelta

import pytest

from fenqi.core.billing.debit_calendar import DebitCalendarMalformed, attempt_due, read_calendar
from fenqi.stores.shipped import load_rulepack

DUE_ON = date(2026, 9, 15)
CALENDAR = read_calendar(
    [{"days_after_due": 0, "hour": 9}, {"days_after_due": 0, "hour": 18}, {"days_after_due": 3, "hour": 9}]
)


def at(day: int, hour: int) -> datetime:
    """An hour in Shanghai, as an instant."""
    return datetime(2026, 9, day, hour, tzinfo=UTC) - timedelta(hours=8)


@pytest.mark.parametrize(
    ("when", "made", "attempt"),
    [
        (at(15, 8), [], None),
        (at(15, 9), [], 1),
        (at(15, 9), [1], None),
        (at(15, 18), [1], 2),
        (at(17, 23), [1, 2], None),
        (at(18, 9), [1, 2], 3),
        (at(18, 9), [], 3),
        (at(30, 9), [3], None),
    ],
)
def test_the_last_attempt_whose_time_has_come_is_made_once(when: datetime, made: list[int], attempt: int | None):
    assert attempt_due(CALENDAR, due_on=DUE_ON, made=made, at=when) == attempt


@pytest.mark.parametrize(
    "value",
    [
        [],
        [{"days_after_due": -1, "hour": 9}],
        [{"days_after_due": 1, "hour": 9}, {"days_after_due": 0, "hour": 9}],
        [{"days_after_due": 0, "hour": 9}, {"days_after_due": 0, "hour": 9}],
        [{"days_after_due": 0, "hour": 22}],
        [{"days_after_due": 0, "hour": 7}],
    ],
)
def test_a_calendar_that_cannot_be_kept_is_refused(value: list[dict[str, int]]):
    with pytest.raises(DebitCalendarMalformed):
        read_calendar(value)


def test_the_calendar_that_ships_can_be_kept():
    assert len(read_calendar(load_rulepack().value("billing.debit_calendar", on=DUE_ON).value)) > 1
