"""The second lock on price: the finished plan is held against the law of its day."""

from datetime import date
from decimal import Decimal

import pytest

from fenqi.core.compliance.cost_cap import (
    MadeLoan,
    average_percent,
    made_loan,
    require_average_within_cap,
    require_within_cap,
)
from fenqi.core.product.capped import CostAboveCeiling
from fenqi.core.product.schedule import plan
from fenqi.core.product.terms import Method, Terms
from fenqi.core.rulepack.ceiling import LenderTypeUnknown
from fenqi.core.rulepack.pack import RuleNotInForce
from fenqi.stores.shipped import load_rulepack

PACK = load_rulepack()


def check(rate, *, on, lender_type="microloan"):
    terms = Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=Decimal(rate), instalment_count=12)
    schedule = plan(terms, principal_minor=599_900, start_on=on)
    require_within_cap(schedule, terms, pack=PACK, lender_type=lender_type, on=on)


def test_a_lawful_plan_passes():
    check("0.2399", on=date(2026, 9, 1))


def test_a_plan_over_the_cap_is_refused_with_the_source():
    with pytest.raises(CostAboveCeiling) as refused:
        check("0.2401", on=date(2026, 9, 1))
    assert "小额贷款公司综合融资成本管理工作指引" in refused.value.source


def test_the_same_plan_is_judged_by_the_law_of_its_day():
    check("0.18", on=date(2027, 12, 31))
    with pytest.raises(CostAboveCeiling) as refused:
        check("0.18", on=date(2028, 1, 1))
    assert refused.value.allowed.startswith("at most 12 %")
    check("0.18", on=date(2028, 1, 1), lender_type="consumer_finance")


def test_an_unknown_lender_and_a_day_without_law_are_refused():
    with pytest.raises(LenderTypeUnknown):
        check("0.1", on=date(2026, 9, 1), lender_type="pawnshop")
    with pytest.raises(RuleNotInForce):
        check("0.1", on=date(2010, 9, 1))


def loan(percent, principal_minor=1):
    return MadeLoan(principal_minor=principal_minor, annual_percent=Decimal(percent))


def test_the_average_is_weighted_by_principal():
    assert average_percent([loan(24, 1), loan(12, 3)]) == 15
    assert average_percent([]) == 0


def test_a_consumer_finance_company_keeps_to_twenty_percent_on_average():
    on = date(2026, 9, 1)
    require_average_within_cap([loan(24), loan(16)], pack=PACK, lender_type="consumer_finance", on=on)
    with pytest.raises(CostAboveCeiling):
        require_average_within_cap([loan(24), loan("16.01")], pack=PACK, lender_type="consumer_finance", on=on)
    require_average_within_cap([loan(24)], pack=PACK, lender_type="microloan", on=on)


def test_a_made_loan_counts_with_its_annual_cost():
    terms = Terms(method=Method.INTEREST_ONLY, rate_per_year=Decimal("0.12"), instalment_count=12)
    made = made_loan(plan(terms, principal_minor=1_000_000, start_on=date(2026, 9, 1)), terms)
    assert made.principal_minor == 1_000_000
    assert made.annual_percent == pytest.approx(Decimal(12), abs=Decimal("1e-6"))
