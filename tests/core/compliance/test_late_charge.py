"""Lateness costs the lower of the contract and the law."""

from datetime import date
from decimal import Decimal

import pytest

from fenqi.core.compliance.late_charge import late_charge
from fenqi.stores.shipped import load_rulepack

PACK = load_rulepack()


def charged(contract_percent, agreed_per_day="0.0005", *, on=date(2026, 9, 1)):
    return late_charge(
        PACK,
        lender_type="microloan",
        on=on,
        contract_percent=Decimal(contract_percent),
        agreed_per_day=Decimal(agreed_per_day),
    )


def test_five_in_ten_thousand_a_day_is_more_than_half_again_of_twelve_percent():
    """0.05 % a day is 18.25 % a year; 1.5 × 12 % is 18 %."""
    charge = charged(12)
    assert charge.per_day < Decimal("0.0005")
    assert Decimal("17.9999") < charge.percent_per_year <= 18
    assert "251" in charge.source
    assert charge.code == "late_interest"


def test_the_contract_stands_where_it_is_the_lower_one():
    charge = charged(15)
    assert charge.per_day == Decimal("0.0005")
    assert charge.percent_per_year == Decimal("18.25")
    assert charge.source == "contract"


def test_all_costs_together_keep_to_the_ceiling():
    charge = charged(20, "0.001")
    assert Decimal("23.9999") < charge.percent_per_year <= 24


def test_a_plan_without_interest_has_a_contractual_penalty():
    charge = charged(0)
    assert charge.code == "late_penalty"
    assert charge.per_day == Decimal("0.0005")
    assert charged(0, "0.001").percent_per_year <= 24


def test_the_ceiling_falls_with_the_prime_rate():
    assert charged(0, on=date(2028, 1, 1)).percent_per_year <= 12


@pytest.mark.parametrize("contract", ["0", "1", "7.2", "12", "23.9"])
@pytest.mark.parametrize("agreed", ["0", "0.0001", "0.0007", "1"])
def test_never_exceeds_contract_or_law(contract, agreed):
    charge = charged(contract, agreed)
    assert charge.per_day <= Decimal(agreed)
    assert charge.percent_per_year <= 24
    if Decimal(contract):
        assert charge.percent_per_year <= Decimal("1.5") * Decimal(contract)
