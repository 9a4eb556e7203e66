"""An offer planned at a price, on a day, under the law of that day."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from fenqi.core.product.capped import CostAboveCeiling
from fenqi.core.product.catalogue import BillingMode, Catalogue
from fenqi.services.offer import OpenOffer, plan_offer, with_own_days
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


def test_a_decision_stays_readable_when_its_product_or_its_price_is_allowed_no_more():
    authority = shipped_authority()
    bill = replace(authority.catalogue.find("monthly_bill"), billing=BillingMode.BILL)
    sold = replace(authority, catalogue=Catalogue([bill]))
    gone = {"offer_id": "instalment:12", "product_id": "instalment", "tenor": 12, "rate_per_year": "0.144"}
    dear = {"offer_id": "monthly_bill:9", "product_id": "monthly_bill", "tenor": 9, "rate_per_year": "0.36"}
    shown = {"offers": [each | {"principal_minor": 599_900, "cost_minor": 1} for each in (gone, dear)]}

    offers = with_own_days(sold, shown, customer_id=UUID(int=1), on=date(2026, 9, 1))["offers"]

    assert [offer | told for offer, told in zip(shown["offers"], offers, strict=True)] == offers
    assert [offer["cost_minor"] for offer in offers] == [1, 1]
    assert [offer["billing"] for offer in offers] == [None, "bill"]
