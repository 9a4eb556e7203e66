"""An offer planned at a price, on a day, under the law of that day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from fenqi.core.product.capped import CostAboveCeiling
from fenqi.services.offer import OpenOffer, plan_offer
from fenqi.wiring import shipped_authority


def planned(rate: str, *, on: date) -> OpenOffer:
    authority = shipped_authority()
    product = replace(authority.catalogue.find("instalment"), rate_per_year=Decimal(rate))
    return plan_offer(
        authority,
        product,
        offer_id="instalment:12",
        tenor=12,
        rate_per_year=Decimal(rate),
        principal_minor=599_900,
        customer_id=UUID(int=1),
        on=on,
    )


@pytest.mark.parametrize(
    ("rate", "on"), [("0.2401", date(2026, 9, 1)), ("0.36", date(2026, 9, 1)), ("0.13", date(2028, 1, 1))]
)
def test_a_plan_over_the_cap_is_refused_naming_cap_and_source(rate: str, on: date):
    with pytest.raises(CostAboveCeiling) as refused:
        planned(rate, on=on)

    assert "microloan" in refused.value.allowed
    assert refused.value.source


def test_a_plan_at_the_cap_is_planned():
    offer = planned("0.24", on=date(2026, 9, 1))

    assert Decimal("23.99") < offer.plan.annual.irr_nominal <= 24
