"""A plan keeps to its ceiling exactly, on the rows as they will be paid, or is refused."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.money.amount import Rounding
from fenqi.core.product.capped import CostAboveCeiling, capped_plan
from fenqi.core.product.schedule import plan
from fenqi.core.product.terms import DayCount, Method, MonthEnd, Terms
from fenqi.core.product.unrounded import unrounded_payments
from fenqi.core.refusal import Broken, Kind
from fenqi.core.rulepack.ceiling import CostCeiling
from fenqi.core.rulepack.dated import Standing

START = date(2026, 1, 31)
METHODS = tuple(Method)
CEILING = CostCeiling(
    percent=Decimal(24),
    measure="irr_nominal",
    source="a guideline",
    standing=Standing.SECONDARY,
    lender_type="microloan",
    on=START,
)


def terms_of(rate, *, method=Method.EQUAL_INSTALMENT, tenor=12, **further):
    return Terms(method=method, rate_per_year=Decimal(rate), instalment_count=tenor, **further)


def worth_at(rate, payments, *, tenor):
    """The present value of payments in the last months of a tenor, at an exact monthly rate."""
    first = tenor - len(payments) + 1
    return sum(payment / (1 + rate) ** month for month, payment in enumerate(payments, first))


def capped(terms, *, principal_minor=1_000_000, ceiling=CEILING, start_on=START):
    return capped_plan(terms, principal_minor=principal_minor, start_on=start_on, ceiling=ceiling)


def test_ten_thousand_at_the_ceiling_is_over_it_when_rounded_and_offered_truncated():
    rounded = plan(terms_of("0.24"), principal_minor=1_000_000, start_on=START)
    assert [row.total_minor for row in rounded.rows] == [94_560] * 11 + [94_555]
    offered = capped(terms_of("0.24"))
    assert offered.terms.rounding is Rounding.DOWN
    assert [row.total_minor for row in offered.schedule.rows[:11]] == [94_560] * 11
    assert offered.schedule.rows[11].total_minor < 94_555
    assert offered.annual.irr_nominal < 24


def test_a_plan_below_the_ceiling_rounds_half_up_as_always():
    offered = capped(terms_of("0.12"), principal_minor=599_900)
    assert offered.terms.rounding is Rounding.HALF_UP
    assert offered.schedule == plan(terms_of("0.12"), principal_minor=599_900, start_on=START)


@pytest.mark.parametrize("rate", ["0.240001", "0.25", "0.36"])
def test_a_plan_that_is_truly_over_is_refused_and_says_by_what(rate):
    with pytest.raises(CostAboveCeiling) as refused:
        capped(terms_of(rate))
    assert refused.value.code == "cost_above_ceiling"
    assert refused.value.kind is Kind.RULE
    assert "24 %" in refused.value.allowed
    assert refused.value.source == "a guideline"
    assert "the plan costs 24 %" not in refused.value.what


@pytest.mark.parametrize(("rate", "tenor", "allowed"), [("0.132", 12, True), ("0.144", 12, False), ("0.144", 6, False)])
def test_a_flat_fee_costs_almost_twice_its_rate(rate, tenor, allowed):
    """1.1 % a month stays below 24 % a year over 12 months, 1.2 % does not over 6 or 12."""
    terms = terms_of(rate, method=Method.FLAT_FEE, tenor=tenor)
    if allowed:
        assert capped(terms).annual.irr_nominal == pytest.approx(Decimal("23.54"), abs=Decimal("0.01"))
    else:
        with pytest.raises(CostAboveCeiling):
            capped(terms)


def test_an_unverified_source_is_named_as_such():
    with pytest.raises(CostAboveCeiling) as refused:
        capped(terms_of("0.25"), ceiling=replace(CEILING, standing=Standing.CODE))
    assert refused.value.source == "a guideline [unverified]"


def test_a_ceiling_on_another_measure_is_never_guessed():
    with pytest.raises(Broken):
        capped(terms_of("0.12"), ceiling=replace(CEILING, measure="average_balance"))


def test_months_of_31_days_can_lift_a_plan_by_days_over_the_ceiling():
    terms = terms_of("0.24", method=Method.INTEREST_ONLY, tenor=1, day_count=DayCount.ACTUAL_365)
    assert capped(terms, start_on=date(2026, 2, 1)).annual.irr_nominal < 24
    with pytest.raises(CostAboveCeiling):
        capped(terms, start_on=date(2026, 1, 1))


plans = {
    "principal_minor": st.integers(1, 20_000_000),
    "tenor": st.integers(1, 24),
    "method": st.sampled_from(METHODS),
    "day_count": st.sampled_from(DayCount),
    "month_end": st.sampled_from(MonthEnd),
}


@settings(max_examples=200)
@given(**plans, rate=st.integers(0, 2600), start_on=st.dates(date(2020, 1, 1), date(2030, 12, 31)))
def test_what_is_offered_keeps_to_the_ceiling_and_what_is_refused_would_not(
    principal_minor, tenor, method, day_count, month_end, rate, start_on
):
    terms = terms_of(Decimal(rate).scaleb(-4), method=method, tenor=tenor, day_count=day_count, month_end=month_end)
    monthly = Fraction(2, 100)
    rounded = plan(terms, principal_minor=principal_minor, start_on=start_on)
    above = worth_at(monthly, [row.total_minor for row in rounded.rows], tenor=tenor) > principal_minor
    above_unrounded = worth_at(monthly, unrounded_payments(terms, rounded), tenor=tenor) > principal_minor
    try:
        offered = capped(terms, principal_minor=principal_minor, start_on=start_on)
    except CostAboveCeiling:
        assert above
        assert above_unrounded or method in {Method.FLAT_FEE, Method.FLAT_INTEREST} or day_count != DayCount.THIRTY_360
        return
    payments = [row.total_minor for row in offered.schedule.rows]
    assert worth_at(monthly, payments, tenor=tenor) <= principal_minor
    assert (offered.terms.rounding is Rounding.DOWN) is above
    assert sum(row.principal_minor for row in offered.schedule.rows) == principal_minor


@settings(max_examples=200)
@given(principal_minor=st.integers(1, 20_000_000), tenor=st.integers(1, 24), rate=st.integers(1, 3600))
def test_truncated_interest_never_returns_more_than_its_rate(principal_minor, tenor, rate):
    per_year = Decimal(rate).scaleb(-4)
    truncated = plan(
        terms_of(per_year, tenor=tenor, rounding=Rounding.DOWN), principal_minor=principal_minor, start_on=START
    )
    balance = principal_minor
    for row in truncated.rows:
        assert row.interest_minor <= balance * Fraction(per_year) / 12
        balance = row.balance_minor
    payments = [row.total_minor for row in truncated.rows]
    assert worth_at(Fraction(per_year) / 12, payments, tenor=tenor) <= principal_minor


@settings(max_examples=100)
@given(**plans, rate=st.integers(0, 3600))
def test_the_unrounded_plan_is_what_rounding_starts_from(principal_minor, tenor, method, day_count, month_end, rate):
    terms = terms_of(Decimal(rate).scaleb(-4), method=method, tenor=tenor, day_count=day_count, month_end=month_end)
    rounded = plan(terms, principal_minor=principal_minor, start_on=START)
    exact = unrounded_payments(terms, rounded)
    assert len(exact) == len(rounded.rows)
    assert abs(sum(exact) - rounded.total_minor) <= 2 * tenor


def test_an_unrounded_equal_instalment_returns_exactly_its_rate():
    terms = terms_of("0.24")
    exact = unrounded_payments(terms, plan(terms, principal_minor=1_000_000, start_on=START))
    assert worth_at(Fraction(2, 100), exact, tenor=12) == 1_000_000
