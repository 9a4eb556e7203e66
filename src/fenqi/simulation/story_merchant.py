"""The story of the shop: it is paid for what it sold, less its fee and what it gave back."""

from collections.abc import Iterable
from decimal import Decimal

from fenqi.simulation import expectation
from fenqi.simulation.buying import Good
from fenqi.simulation.telling import Telling
from fenqi.simulation.world import World

DISCOUNT_RATE = Decimal("0.006")


async def settle(world: World, telling: Telling, *, sold: Iterable[Good], refunds_minor: Iterable[int] = ()) -> None:
    """Pay the shop for what it has sold since the last time."""
    each_minor = [good.price_minor for good in sold]
    prices, refunds = sum(each_minor), sum(refunds_minor)
    fee = sum(expectation.discount(price, rate=DISCOUNT_RATE) for price in each_minor)
    fee_returned = expectation.discount(refunds, rate=DISCOUNT_RATE)
    settled = await world.staff["finance"].settle(world.shop.merchant_id, until_on=world.today)
    telling.check(
        "the shop is paid captures less fee less refunds",
        expected=prices - fee - refunds + fee_returned,
        found=settled["paid_minor"],
    )
    telling.check("the payout succeeds", expected="succeeded", found=settled["payout"]["state"])
    listed = await world.shop.get(f"/v1/settlements/{settled['settlement_id']}")
    telling.check(
        "the lines add up to what is paid",
        expected=settled["paid_minor"],
        found=sum(item["amount_minor"] for item in listed["items"]),
    )
    kind = "settled_net" if refunds else "settled"
    telling.tell(
        kind,
        world.today,
        sold_minor=prices,
        fee_minor=fee - fee_returned,
        refunds_minor=refunds,
        paid_minor=settled["paid_minor"],
    )
