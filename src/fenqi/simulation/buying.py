"""A purchase on instalments as its shopper and its merchant make it, step by step."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fenqi.simulation.caller import Json, Shopper, Unexpected
from fenqi.simulation.person import Person
from fenqi.simulation.world import World

LOOK = timedelta(seconds=2)
"""How much longer than it must a shopper looks at what is to be signed."""


@dataclass(frozen=True)
class Good:
    """A phone in the shop."""

    sku: str
    name: str
    price_minor: int


@dataclass(frozen=True)
class Applied:
    """An application that was decided."""

    shopper: Shopper
    checkout_id: str
    consent_count: int
    is_stand_in: bool
    decision: Json

    def offer(self, offer_id: str) -> Json:
        """One of the offers.

        Raises: Unexpected if it was not made.
        """
        found = [each for each in self.decision["offers"] if each["offer_id"] == offer_id]
        if not found:
            raise Unexpected(f"there is no offer {offer_id}")
        return found[0]


@dataclass(frozen=True)
class Bought:
    """A purchase that was captured, and the loan that pays it."""

    shopper: Shopper
    checkout_id: str
    shown: Json
    captured: Json
    loan_id: str


async def apply(world: World, person: Person, good: Good, *, account: str, language: str = "zh-CN") -> Applied:
    """Order, be identified, consent, and have it decided."""
    ordered = await world.shop.order(sku=good.sku, name=good.name, price_minor=good.price_minor)
    checkout_id = ordered["checkout_id"]
    shopper = Shopper(
        world.http,
        mobile=person.mobile,
        name=person.name,
        id_number=person.id_number,
        inbox=world.read_code,
        account_token=account,
    )
    await shopper.enter(checkout_id)
    identified = await shopper.say_who(checkout_id)
    count = await shopper.consent(checkout_id, language=language)
    decision = await shopper.ask(checkout_id)
    return Applied(shopper, checkout_id, count, identified["is_stand_in"], decision)


async def look(applied: Applied, offer: Json, *, language: str = "zh-CN") -> Json:
    """Have an offer's whole cost and its agreement shown."""
    return await applied.shopper.choose(applied.checkout_id, offer_id=offer["offer_id"], language=language)


def reading_time(shown: Json) -> timedelta:
    """How long the shopper reads what is shown."""
    return timedelta(seconds=shown["read_seconds_min"]) + LOOK


async def sign_and_capture(world: World, applied: Applied, shown: Json) -> Bought:
    """Sign what was read; the merchant delivers, and the loan is drawn down."""
    await applied.shopper.sign(applied.checkout_id, shown=shown)
    return await capture(world, applied, shown)


async def capture(world: World, applied: Applied, shown: Json) -> Bought:
    """The merchant delivers what was signed for."""
    captured = await world.shop.post(f"/v1/checkouts/{applied.checkout_id}/capture", {})
    loans: list[dict[str, Any]] = (await applied.shopper.get("/h5/loans"))["loans"]
    return Bought(applied.shopper, applied.checkout_id, shown, captured, loans[0]["loan_id"])
