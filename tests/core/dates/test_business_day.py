"""Holidays move the day until which an instalment can be paid."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.dates.business_day import CalendarNotPublished, days_late, is_working_day, late_before, payable_until


def test_an_instalment_due_in_the_national_holiday_can_be_paid_on_the_first_working_day_after():
    assert payable_until(date(2025, 10, 1), overrides={}) == date(2025, 10, 9)


def test_a_weekend_worked_in_exchange_is_a_working_day():
    assert is_working_day(date(2025, 9, 28), overrides={})


def test_an_override_decides_for_a_year_the_table_lacks():
    day = date(2040, 5, 1)
    assert payable_until(day, overrides={day: False, date(2040, 5, 2): True}) == date(2040, 5, 2)


def test_a_year_that_is_not_published_is_refused():
    with pytest.raises(CalendarNotPublished):
        is_working_day(date(2040, 5, 1), overrides={})


def test_the_due_day_stands_until_the_year_is_published():
    assert payable_until(date(2040, 5, 1), overrides={}) == date(2040, 5, 1)


@given(due_on=st.dates(date(2026, 1, 1), date(2027, 1, 20)), on=st.dates(date(2026, 1, 1), date(2027, 1, 20)))
def test_what_is_late_is_what_counts_days(due_on: date, on: date):
    assert (days_late(due_on, on=on, rolls=True) > 0) == (due_on < late_before(on))
    assert days_late(due_on, on=on, rolls=False) == max((on - due_on).days, 0)


def test_nothing_unpaid_is_not_late():
    assert days_late(None, on=date(2026, 10, 9), rolls=True) == 0
