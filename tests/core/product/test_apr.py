"""Annual figures agree with the trade's three measures, and a cap is decided exactly."""

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from fenqi.core.product.apr import annual_cost, average_balance, effective, nominal, us_actuarial, within_cap
from fenqi.core.product.irr import Flow, RateUndefined, costs_at_most, irr, irr_of_instalments
from fenqi.core.product.schedule import plan
from fenqi.core.product.terms import Method, Terms


def flows(*pairs):
    return [Flow(Fraction(at), Fraction(amount)) for at, amount in pairs]


def test_the_same_flat_fee_has_three_annual_figures():
    """7.2 % on 6,000 over 12, as a Chinese bank's card instalment."""
    terms = Terms(method=Method.FLAT_FEE, rate_per_year=Decimal("0.072"), instalment_count=12)
    annual = annual_cost(plan(terms, principal_minor=600_000, start_on=date(2026, 1, 31)), terms)
    assert annual.irr_nominal == pytest.approx(Decimal("13.0342"), abs=Decimal("0.0001"))
    assert annual.irr_effective == pytest.approx(Decimal("13.8418"), abs=Decimal("0.0001"))
    assert annual.average_balance == pytest.approx(Decimal("13.2923"), abs=Decimal("0.0001"))


def test_an_interest_free_plan_costs_exactly_nothing():
    terms = Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=Decimal(0), instalment_count=12)
    annual = annual_cost(plan(terms, principal_minor=599_900, start_on=date(2026, 1, 31)), terms)
    assert annual.irr_nominal == annual.irr_effective == annual.average_balance == 0


@pytest.mark.parametrize("method", [Method.INTEREST_ONLY, Method.EQUAL_PRINCIPAL, Method.EQUAL_INSTALMENT])
def test_interest_on_the_balance_costs_its_own_rate(method):
    terms = Terms(method=method, rate_per_year=Decimal("0.12"), instalment_count=12)
    annual = annual_cost(plan(terms, principal_minor=10**9, start_on=date(2026, 1, 31)), terms)
    assert annual.irr_nominal == pytest.approx(Decimal(12), abs=Decimal("0.00001"))


def test_a_single_payment_compounds_over_the_months_it_waits():
    terms = Terms(method=Method.SINGLE_PAYMENT, rate_per_year=Decimal("0.12"), instalment_count=12)
    annual = annual_cost(plan(terms, principal_minor=1_000_000, start_on=date(2026, 1, 31)), terms)
    assert annual.irr_effective == pytest.approx(Decimal(12), abs=Decimal("1e-8"))
    assert annual.average_balance == Decimal(12)


def test_a_part_of_a_period_is_discounted_by_simple_interest():
    """12 CFR 1026, Appendix J, weekly payments after a long first period."""
    payments = [Flow(Fraction(week), Fraction("17.6"), Fraction(4, 7)) for week in range(4, 34)]
    assert us_actuarial(flows((0, 500)), payments, per_year=52) == pytest.approx(0.14962223, abs=1e-8)


@pytest.mark.parametrize(
    ("advances", "payments", "expected"),
    [
        (flows((0, 100)), flows((1, 90)), -0.1),
        (flows((0, 100)), flows((Fraction(1, 365), 110)), 1.1**365 - 1),
        (flows((0, 50), (1, 50)), flows((1, 55), (2, 55)), 0.1),
        (flows((0, 1)), flows((360, 2)), 2 ** (1 / 360) - 1),
    ],
)
def test_finds_a_rate_of_any_size(advances, payments, expected):
    assert irr(advances, payments) == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize(
    ("advances", "payments"),
    [
        (flows(), flows((1, 1))),
        (flows((0, 1)), flows()),
        (flows((0, 1)), flows((0, 2))),
        (flows((0, 0)), flows((1, 1))),
    ],
)
def test_refuses_flows_that_have_no_rate(advances, payments):
    with pytest.raises(RateUndefined):
        irr(advances, payments)


def test_refuses_an_average_of_nothing_outstanding():
    with pytest.raises(RateUndefined):
        average_balance(flows((0, 1)), flows((0, 2)))


def test_the_quick_way_and_the_general_way_find_one_rate():
    for payments in ([94_560] * 12, [5_000] * 11 + [1_005_000], [1_100_000], [10**6, 1], [1, 10**9]):
        advances = flows((0, 1_000_000))
        later = flows(*enumerate(payments, 1))
        assert irr_of_instalments(1_000_000, payments) == pytest.approx(irr(advances, later), rel=1e-10)


def test_an_unfinished_repayment_has_a_negative_rate():
    assert irr_of_instalments(100, [45, 45]) < 0


def test_a_cap_is_decided_to_the_last_cent():
    """10,000 over 12 at 2 % a month: rounded half-up it lies over 24 %, by 0.00006 points."""
    assert not costs_at_most(1_000_000, [94_560] * 11 + [94_555], periods_between=1, rate=(2, 100))
    assert costs_at_most(1_000_000, [20_000] * 11 + [1_020_000], periods_between=1, rate=(2, 100))
    assert not costs_at_most(1_000_000, [20_000] * 11 + [1_020_001], periods_between=1, rate=(2, 100))


def test_a_single_payment_may_grow_over_all_its_months():
    terms = Terms(method=Method.SINGLE_PAYMENT, rate_per_year=Decimal("0.268"), instalment_count=12)
    schedule = plan(terms, principal_minor=1_000_000, start_on=date(2026, 1, 31))
    assert within_cap(schedule, terms, percent=Decimal(24))
    assert not within_cap(schedule, terms, percent=Decimal(23))


def test_yearly_figures_follow_from_the_periodic_one():
    assert nominal(0.01, 12) == pytest.approx(0.12)
    assert effective(0.01, 12) == pytest.approx(0.12682503)


@given(st.integers(1, 10**8), st.lists(st.integers(0, 10**7), min_size=1, max_size=24))
def test_the_rate_lies_where_the_exact_comparison_changes_its_answer(principal, payments):
    assume(sum(payments) > principal)
    found = Fraction(irr_of_instalments(principal, payments))
    a_little = (1 + found) / 10**9
    above, below = found + a_little, found - a_little
    assert costs_at_most(principal, payments, periods_between=1, rate=above.as_integer_ratio())
    assert not costs_at_most(principal, payments, periods_between=1, rate=below.as_integer_ratio())


@given(st.integers(1, 10**8), st.integers(0, 10**8), st.integers(1, 24))
def test_an_even_plan_has_the_rate_that_the_general_search_finds(principal, cost, tenor):
    part = (principal + cost) // tenor
    payments = [part] * (tenor - 1) + [principal + cost - part * (tenor - 1)]
    general = irr(flows((0, principal)), flows(*enumerate(payments, 1)))
    assert irr_of_instalments(principal, payments) == pytest.approx(general, rel=1e-9, abs=1e-11)
