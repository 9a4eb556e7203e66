"""The cost disclosure: complete, adding up, and never exceeded by the final plan."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.compliance.disclosure import (
    ContingentCost,
    CostItem,
    Disclosure,
    DisclosureIncomplete,
    Party,
    PlanCostsMore,
    disclose,
    require_complete,
    require_within_disclosure,
    shown_percent,
)
from fenqi.core.product.capped import capped_plan
from fenqi.core.product.schedule import Schedule, plan
from fenqi.core.product.terms import Method, Rounding, Terms
from fenqi.core.rulepack.ceiling import CostCeiling
from fenqi.core.rulepack.dated import Standing

TERMS = Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=Decimal("0.12"), instalment_count=12)
FIELDS = (
    "principal",
    "lender",
    "cost_items",
    "cost_items_add_up",
    "cost_items_annualised",
    "annual_cost",
    "contingent_costs",
    "no_other_charges",
    "repayment_plan",
    "ceiling",
)


def planned(principal_minor: int = 599_900, terms: Terms = TERMS) -> Schedule:
    return plan(terms, principal_minor=principal_minor, start_on=date(2026, 11, 1))


def disclosed(schedule: Schedule | None = None) -> Disclosure:
    schedule = schedule or planned()
    return Disclosure(
        on=date(2026, 11, 1),
        currency="CNY",
        parties=(Party(role="lender", name="示范网络小额贷款有限公司", contact="400-000-0000"),),
        goods="手机 X1 256 GB",
        principal_minor=schedule.principal_minor,
        method=Method.EQUAL_INSTALMENT,
        items=(
            CostItem(
                code="interest",
                collected="per_instalment",
                percent_per_year=Decimal(12),
                payee="示范网络小额贷款有限公司",
                amount_minor=schedule.cost_minor,
            ),
        ),
        annual_percent=Decimal("12.0004"),
        annual_measure="irr_nominal",
        contingent=(
            ContingentCost(
                code="late_interest",
                base="overdue_principal",
                percent_per_year=Decimal(18),
                payee="示范网络小额贷款有限公司",
            ),
        ),
        rows=schedule.rows,
        ceiling=CostCeiling(
            percent=Decimal(24),
            measure="irr_nominal",
            source="小贷综合融资成本指引",
            standing=Standing.SECONDARY,
            lender_type="microloan",
            on=date(2026, 11, 1),
        ),
    )


def test_a_full_disclosure_is_complete():
    require_complete(disclosed(), fields=FIELDS, source="s")


@pytest.mark.parametrize(
    ("field", "shown"),
    [
        ("principal", replace(disclosed(), principal_minor=0)),
        ("lender", replace(disclosed(), parties=())),
        ("cost_items", replace(disclosed(), items=())),
        ("cost_items_add_up", replace(disclosed(), items=(replace(disclosed().items[0], amount_minor=1),))),
        (
            "cost_items_annualised",
            replace(disclosed(), items=(replace(disclosed().items[0], percent_per_year=Decimal(-1)),)),
        ),
        ("annual_cost", replace(disclosed(), annual_measure="")),
        ("contingent_costs", replace(disclosed(), contingent=())),
        ("no_other_charges", replace(disclosed(), no_other_charges=False)),
        ("repayment_plan", replace(disclosed(), rows=disclosed().rows[1:])),
        ("ceiling", replace(disclosed(), ceiling=replace(disclosed().ceiling, source=""))),
    ],
)
def test_every_required_field_is_missed(field: str, shown: Disclosure):
    with pytest.raises(DisclosureIncomplete, match=field):
        require_complete(shown, fields=FIELDS, source="s")


def test_a_field_that_nobody_can_check_is_a_fault_of_the_rule_pack():
    with pytest.raises(ValueError, match="horoscope"):
        require_complete(disclosed(), fields=("horoscope",), source="s")


def test_the_same_plan_or_a_smaller_capture_is_within_what_was_disclosed():
    require_within_disclosure(planned().rows, annual_percent=Decimal("12.0004"), disclosed=disclosed())
    require_within_disclosure(planned(300_000).rows, annual_percent=Decimal("12.0049"), disclosed=disclosed())


@pytest.mark.parametrize(
    ("schedule", "percent", "what"),
    [
        (planned(600_000), "12.00", "principal"),
        (planned(terms=replace(TERMS, rate_per_year=Decimal("0.121"))), "12.00", "total cost"),
        (planned(terms=replace(TERMS, instalment_count=6)), "12.00", "number of instalments"),
        (planned(terms=replace(TERMS, method=Method.EQUAL_PRINCIPAL)), "12.00", "an instalment"),
        (planned(), "12.005", "annual cost"),
    ],
)
def test_a_dearer_plan_is_refused_and_says_in_what(schedule: Schedule, percent: str, what: str):
    with pytest.raises(PlanCostsMore, match=what):
        require_within_disclosure(schedule.rows, annual_percent=Decimal(percent), disclosed=disclosed())


@given(principal_minor=st.integers(12, 599_900))
def test_a_truncated_plan_of_a_smaller_capture_is_always_within(principal_minor: int):
    schedule = planned(principal_minor, replace(TERMS, rounding=Rounding.DOWN))
    require_within_disclosure(schedule.rows, annual_percent=Decimal(12), disclosed=disclosed())


def test_annual_figures_are_shown_rounded_half_up():
    assert shown_percent(Decimal("24.004999")) == Decimal("24.00")
    assert shown_percent(Decimal("24.005")) == Decimal("24.01")


CEILING = disclosed().ceiling
LENDER = Party(role="lender", name="示范网络小额贷款有限公司")


def disclosed_plan(method: Method, rate_per_year: str) -> Disclosure:
    terms = Terms(method=method, rate_per_year=Decimal(rate_per_year), instalment_count=12)
    return disclose(
        capped_plan(terms, principal_minor=599_900, start_on=date(2026, 11, 1), ceiling=CEILING),
        on=date(2026, 11, 1),
        currency="CNY",
        parties=(LENDER,),
        goods="手机 X1 256 GB",
        contingent=disclosed().contingent,
    )


def test_a_flat_fee_is_disclosed_at_what_it_costs_a_year_not_at_its_flat_rate():
    shown = disclosed_plan(Method.FLAT_FEE, "0.072")
    (item,) = shown.items
    assert (item.code, shown_percent(item.percent_per_year)) == ("instalment_fee", Decimal("13.03"))
    assert item.amount_minor == shown.cost_minor
    require_complete(shown, fields=FIELDS, source="s")


def test_a_plan_without_cost_still_discloses_its_interest_of_nothing():
    shown = disclosed_plan(Method.EQUAL_INSTALMENT, "0")
    assert [(item.code, item.percent_per_year, item.amount_minor) for item in shown.items] == [("interest", 0, 0)]
    require_complete(shown, fields=FIELDS, source="s")
