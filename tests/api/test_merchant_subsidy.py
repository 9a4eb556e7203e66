"""Interest-free at the shop's own cost: netted from what it is owed, and given back as far as nobody used it."""

from dataclasses import replace

import pytest

from fenqi.core.ledger.account import AccountKind
from fenqi.core.product.catalogue import Catalogue, Payer
from paying import total
from world import PRICE_MINOR, World

pytestmark = pytest.mark.anyio

FREE, FREE_SKU = "instalment_brand_free:3", "HW-MATE80-256"
DISCOUNT_MINOR = 3_599


def paid_by_the_shop(catalogue: Catalogue) -> Catalogue:
    """The catalogue with its brand-paid plans paid by the merchant."""
    products = (
        replace(each, interest_paid_by=Payer.MERCHANT) if each.interest_paid_by else each for each in catalogue.products
    )
    return Catalogue(products)


@pytest.fixture
def town(town: World) -> World:
    """An installation whose interest-free plans the shop pays for."""
    ports = town.installation.ports
    authority = replace(ports.authority, catalogue=paid_by_the_shop(ports.authority.catalogue))
    town.installation = replace(town.installation, ports=replace(ports, authority=authority))
    town.app.state.installation = town.installation
    return town


async def settled_minor(world: World) -> int:
    """What the shop's items come to; after they are settled only what it owes is left, and everything ties out."""
    settled = await world.settle()
    assert await total(world, AccountKind.MERCHANT_PAYABLE) == settled["carried_out_minor"]
    assert await world.findings() == []
    return settled["items_minor"]


async def test_the_shop_gets_the_price_less_its_fee_and_the_interest(town: World):
    await town.lent(offer_id=FREE, sku=FREE_SKU)
    subsidy = await total(town, AccountKind.UNEARNED_SUBSIDY)
    assert subsidy > 0

    assert await settled_minor(town) == PRICE_MINOR - DISCOUNT_MINOR - subsidy


async def test_an_early_payoff_gives_the_shop_back_what_nobody_used(town: World):
    bought = await town.lent(offer_id=FREE, sku=FREE_SKU)
    subsidy = await total(town, AccountKind.UNEARNED_SUBSIDY)
    await settled_minor(town)
    await town.close_days(45)

    await bought.shopper.pay(bought.loan_id, amount_minor=None, request_id="all-of-it")

    earned = await total(town, AccountKind.SUBSIDY_INCOME)
    assert 0 < earned < subsidy
    assert await total(town, AccountKind.UNEARNED_SUBSIDY) == 0
    assert await settled_minor(town) == subsidy - earned


async def test_a_refund_that_ends_a_loan_gives_back_both_parts(town: World):
    bought = await town.lent(offer_id=FREE, sku=FREE_SKU)
    subsidy = await total(town, AccountKind.UNEARNED_SUBSIDY)
    await settled_minor(town)
    await bought.shopper.pay(bought.loan_id, amount_minor=PRICE_MINOR - 50_000, request_id="nearly-all")
    await town.close_days(10)

    await town.refund(bought, amount_minor=50_000)

    loan = await bought.shopper.loan(bought.loan_id)
    assert loan["outstanding"]["total_minor"] == 0
    earned = await total(town, AccountKind.SUBSIDY_INCOME)
    assert await total(town, AccountKind.UNEARNED_SUBSIDY) == 0
    assert await settled_minor(town) == subsidy - earned - (50_000 - 300)


async def test_goods_given_back_whole_give_back_the_whole_rest(town: World):
    bought = await town.lent(offer_id=FREE, sku=FREE_SKU)
    await town.close_days(6)

    await town.refund(bought, amount_minor=PRICE_MINOR)

    assert await total(town, AccountKind.UNEARNED_SUBSIDY) == 0
    assert await total(town, AccountKind.SUBSIDY_INCOME) == 0
    assert await settled_minor(town) == 0
