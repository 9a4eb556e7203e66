"""What lateness costs in the product: as signed, as booked by the close of day, as the borrower is shown it."""

from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

import pytest

from fenqi.core.compliance.late_charge import late_charge
from world import Bought, World

pytestmark = pytest.mark.anyio

CAP_PERCENT = Decimal(24)
DAYS = 365


async def late(world: World, offer_id: str, *, days: int = 75) -> Bought:
    bought = await world.lent(offer_id=offer_id)
    for _ in range(3):
        await world.close_days(days // 3)
    return bought


def rate(bought: Bought) -> Decimal:
    return Decimal(bought.shown["offer"]["late_per_day"])


def late_rows(loan: dict[str, Any]) -> list[dict[str, Any]]:
    return [each for each in loan["instalments"] if each["standing"] == "late"]


def half_up(amount: Decimal) -> int:
    return int(amount.quantize(Decimal(1), rounding=ROUND_HALF_UP))


@pytest.fixture
async def offers(world: World) -> list[dict[str, Any]]:
    return (await world.decided()).decision["offers"]


async def test_every_offer_late_or_free_costs_the_lower_of_contract_and_law(world: World, offers: list[dict[str, Any]]):
    authority, on = world.installation.ports.authority, world.business.today()
    tried = {offer["product_id"]: offer for offer in offers}

    for product_id, offer in tried.items():
        bought = await world.shown(offer_id=offer["offer_id"])
        product = authority.catalogue.find(product_id)
        percent = Decimal(0) if product.is_subsidised else Decimal(offer["rate_per_year"]) * 100
        lawful = late_charge(
            authority.pack,
            lender_type=authority.house.lender_type,
            on=on,
            contract_percent=percent,
            agreed_per_day=product.late_per_day,
        )
        assert rate(bought) == lawful.per_day <= product.late_per_day, product_id
        assert rate(bought) * DAYS * 100 <= CAP_PERCENT, product_id
        if percent:
            assert rate(bought) * DAYS * 100 <= percent * Decimal("1.5"), product_id
        else:
            assert (lawful.code, rate(bought) > 0) == ("late_penalty", True), product_id


async def test_it_counts_days_on_overdue_principal_and_is_booked_whole(world: World, offers: list[dict[str, Any]]):
    for offer_id in {offer["product_id"]: offer["offer_id"] for offer in offers}.values():
        bought = await late(world, offer_id)
        today, loan = world.business.today(), await bought.shopper.loan(bought.loan_id)
        rows = late_rows(loan)

        assert rows, offer_id
        for each in rows:
            days = (today - date.fromisoformat(each["payable_until"])).days
            expected = half_up(rate(bought) * each["due"]["principal_minor"] * days)
            assert each["due"]["penalty_minor"] == expected, (offer_id, each["instalment"])
        await bought.shopper.pay(bought.loan_id, amount_minor=None, request_id="all-of-it")
        finance = await world.colleague("finance")
        legs = (await finance.get(f"/staff/loans/{bought.loan_id}/legs"))["legs"]
        booked = sum(leg["amount_minor"] for leg in legs if leg["credit"] == "penalty_income")
        assert booked == sum(each["due"]["penalty_minor"] for each in rows), offer_id
    assert await world.findings() == []


async def test_a_late_loan_costs_no_more_a_year_than_the_cap(world: World, offers: list[dict[str, Any]]):
    for offer_id in {offer["product_id"]: offer["offer_id"] for offer in offers}.values():
        bought = await late(world, offer_id, days=120)
        on, loan = world.business.today(), await bought.shopper.loan(bought.loan_id)
        day = loan["timeline"][0]["on"]
        cost = loan["payoff"]["total_minor"] - loan["payoff"]["principal_minor"]
        principal_days = loan["principal_minor"] * (on - date.fromisoformat(day)).days

        assert Decimal(cost) / principal_days * DAYS * 100 <= CAP_PERCENT, offer_id
        await bought.shopper.pay(bought.loan_id, amount_minor=None, request_id="after-all-this")
        assert (await bought.shopper.loan(bought.loan_id))["status"] == "closed"
    assert await world.findings() == []
