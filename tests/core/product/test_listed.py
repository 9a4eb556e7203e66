from datetime import date

import pytest

from fenqi.core.product.listed import Goods, list_plans, lowest_instalment
from fenqi.core.rulepack.ceiling import cost_ceiling
from fenqi.stores.shipped import load_rulepack
from fenqi.stores.shipped_catalogue import load_catalogue

DAY = date(2026, 9, 1)
PACK = load_rulepack()
CATALOGUE = load_catalogue()


def listed(*, price_minor=599_900, free=(12,), lender_type="microloan"):
    goods = Goods(price_minor=price_minor, brand="Apple", interest_free_tenors=free)
    return list_plans(CATALOGUE, goods, start_on=DAY, ceiling=cost_ceiling(PACK, lender_type=lender_type, on=DAY))


def test_lists_every_tenor_and_the_free_ones_that_the_brand_pays_for():
    plans = [(plan.product.product_id, plan.tenor) for plan in listed()]

    assert plans == [
        ("next_month", 1),
        ("instalment", 3),
        ("instalment", 6),
        ("monthly_bill", 9),
        ("instalment_brand_free", 12),
        ("instalment", 12),
        ("instalment", 24),
    ]


def test_only_what_costs_nothing_is_free_of_interest():
    assert all(plan.is_interest_free == (plan.plan.schedule.total_minor == 599_900) for plan in listed())
    assert [plan.tenor for plan in listed() if plan.is_interest_free] == [1, 12]


def test_the_price_is_the_lenders_list_price():
    (twelve,) = (plan for plan in listed(free=()) if plan.tenor == 12)

    assert str(twelve.plan.terms.rate_per_year) == "0.144"
    assert f"{twelve.plan.annual.irr_nominal:.2f}" == "14.40"


def test_no_instalment_is_higher_than_the_one_that_is_named():
    for plan in listed():
        assert all(row.total_minor <= plan.instalment_minor_max for row in plan.plan.schedule.rows)


def test_each_instalment_from_speaks_of_instalments_and_of_the_lowest():
    lowest = lowest_instalment(listed())

    assert lowest is not None
    assert (lowest.product.product_id, lowest.tenor) == ("instalment", 24)
    assert lowest.instalment_minor_max == min(p.instalment_minor_max for p in listed() if p.tenor > 1)


@pytest.mark.parametrize(
    "goods", [{"price_minor": 9_900}, {"price_minor": 3_000_001}, {"lender_type": "bank"}], ids=lambda goods: str(goods)
)
def test_what_the_lender_does_not_finance_has_no_plan(goods):
    assert listed(**goods) == ()
    assert lowest_instalment(()) is None
