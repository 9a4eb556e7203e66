"""Holidays move the day until which an instalment can be paid."""

from datetime import date

import pytest

from fenqi.core.dates.business_day import CalendarNotPublished, is_working_day, payable_until


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
