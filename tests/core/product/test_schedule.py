"""What the product's own plans look like, row by row."""

from datetime import date
from decimal import Decimal

import pytest

from fenqi.core.product.schedule import PrincipalNotPositive, plan
from fenqi.core.product.terms import (
    DayCount,
    Frequency,
    Method,
    MonthEnd,
    RateOutOfRange,
    Rounding,
    TenorOutOfRange,
    Terms,
    TermsContradict,
)

START = date(2026, 1, 31)


def terms(**changes) -> Terms:
    return Terms(
        **{"method": Method.EQUAL_INSTALMENT, "rate_per_year": Decimal("0.12"), "instalment_count": 12} | changes
    )


def test_equal_instalments_at_24_percent_round_half_up_and_the_last_takes_the_rest():
    rows = plan(terms(rate_per_year=Decimal("0.24")), principal_minor=10_000_00, start_on=START).rows
    assert [row.total_minor for row in rows] == [945_60] * 11 + [945_55]


def test_truncated_interest_never_exceeds_rate_times_balance():
    rows = plan(terms(rate_per_year=Decimal("0.24"), rounding=Rounding.DOWN), principal_minor=10_000_00, start_on=START)
    balance = 10_000_00
    for row in rows.rows:
        assert row.interest_minor <= balance * 24 / 1200
        balance -= row.principal_minor
    assert balance == 0


def test_a_flat_fee_is_a_share_of_the_first_principal_in_equal_parts():
    rows = plan(terms(method=Method.FLAT_FEE, instalment_count=3), principal_minor=1_000_00, start_on=START).rows
    assert [(row.principal_minor, row.interest_minor, row.fee_minor) for row in rows] == [
        (333_33, 0, 10_00),
        (333_33, 0, 10_00),
        (333_34, 0, 10_00),
    ]


def test_interest_only_repays_the_principal_at_the_end():
    rows = plan(terms(method=Method.INTEREST_ONLY, instalment_count=3), principal_minor=1_000_00, start_on=START).rows
    assert [row.principal_minor for row in rows] == [0, 0, 1_000_00]
    assert {row.interest_minor for row in rows} == {10_00}


def test_a_single_payment_bears_simple_interest_over_the_whole_tenor():
    (row,) = plan(terms(method=Method.SINGLE_PAYMENT), principal_minor=1_000_00, start_on=START).rows
    assert (row.instalment, row.due_on, row.principal_minor, row.interest_minor) == (
        1,
        date(2027, 1, 31),
        1_000_00,
        120_00,
    )


def test_interest_free_instalments_come_first_and_bear_nothing():
    rows = plan(terms(interest_free_count=3), principal_minor=1_200_00, start_on=START).rows
    assert [row.interest_minor for row in rows[:3]] == [0, 0, 0]
    assert all(row.interest_minor > 0 for row in rows[3:])


def test_a_plan_wholly_free_of_interest_costs_nothing():
    assert plan(terms(interest_free_count=12), principal_minor=1_200_00, start_on=START).cost_minor == 0


@pytest.mark.parametrize(
    ("month_end", "due_on"),
    [
        (MonthEnd.CLAMP, [date(2025, 2, 28), date(2025, 3, 31), date(2025, 4, 30)]),
        (MonthEnd.ROLL, [date(2025, 3, 1), date(2025, 3, 31), date(2025, 5, 1)]),
    ],
)
def test_a_missing_day_of_the_month_clamps_or_rolls(month_end, due_on):
    rows = plan(terms(instalment_count=3, month_end=month_end), principal_minor=100, start_on=date(2025, 1, 31)).rows
    assert [row.due_on for row in rows] == due_on


def test_actual_actual_counts_the_last_day_of_december_in_the_new_year():
    rows = plan(
        terms(method=Method.INTEREST_ONLY, instalment_count=1, day_count=DayCount.ACTUAL_ACTUAL),
        principal_minor=10_000_00,
        start_on=date(2023, 12, 12),
    ).rows
    assert rows[0].interest_minor == round(10_000_00 * 0.12 * (19 / 365 + 12 / 366))


def test_instalments_may_be_weeks_apart():
    rows = plan(
        terms(frequency=Frequency.WEEKS, repay_every=2, instalment_count=2, day_count=DayCount.ACTUAL_364),
        principal_minor=100_00,
        start_on=date(2026, 1, 1),
    ).rows
    assert [row.due_on for row in rows] == [date(2026, 1, 15), date(2026, 1, 29)]


@pytest.mark.parametrize("count", [0, 25])
def test_a_tenor_that_is_not_offered_is_refused(count):
    with pytest.raises(TenorOutOfRange) as refusal:
        terms(instalment_count=count)
    assert refusal.value.allowed == "1 to 24 instalments"


@pytest.mark.parametrize("rate", ["-0.01", "11", "NaN", "0.0000000000001"])
def test_a_rate_that_cannot_be_meant_is_refused(rate):
    with pytest.raises(RateOutOfRange):
        terms(rate_per_year=Decimal(rate))


def test_more_free_instalments_than_there_are_is_refused():
    with pytest.raises(TermsContradict):
        terms(interest_free_count=13)


def test_a_principal_of_nothing_is_refused():
    with pytest.raises(PrincipalNotPositive):
        plan(terms(), principal_minor=0, start_on=START)
