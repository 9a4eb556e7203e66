"""The story of one bill: two phones on a monthly bill, one statement over both loans, and both paid up early."""

from collections.abc import Sequence
from datetime import date, timedelta

from fenqi.simulation.buying import Bought, apply, look, reading_time, sign_and_capture
from fenqi.simulation.caller import Json
from fenqi.simulation.person import Person
from fenqi.simulation.story_checkout import PHONE
from fenqi.simulation.telling import Telling
from fenqi.simulation.world import World

OFFER = "monthly_bill:9"
BETWEEN_CODES = timedelta(seconds=61)
BILL_AHEAD = timedelta(days=9)
"""What is billed on the bill day is due nine days later."""


async def buy_on_bill(world: World, telling: Telling, person: Person, *, account: str, language: str) -> Bought:
    """Order, choose the plan with the bill day, read, sign; the shop delivers."""
    applied = await apply(world, person, PHONE, account=account, language=language)
    shown = await look(applied, applied.offer(OFFER), language=language)
    world.clock.move(reading_time(shown))
    bought = await sign_and_capture(world, applied, shown)
    world.wait(BETWEEN_CODES)
    telling.tell(
        "bought_on_bill",
        world.today,
        name=person.name,
        goods=PHONE.name,
        tenor=shown["offer"]["tenor"],
        first_due_on=shown["rows"][0]["due_on"],
    )
    await world.work()
    return bought


def due_on(bought: Bought) -> date:
    """The first day on which something of a loan is due."""
    return date.fromisoformat(bought.shown["rows"][0]["due_on"])


async def hear_of_bill(world: World, telling: Telling, bought: Sequence[Bought]) -> None:
    """It is the bill day: one statement holds what falls due of all loans, nine days later."""
    shopper = bought[0].shopper
    (bill,) = (await shopper.get("/h5/bills"))["bills"]
    whole = await shopper.get(f"/h5/bills/{bill['bill_id']}")
    telling.check("the statement is over all loans", expected=_ids(bought), found=_named(whole["lines"]))
    telling.check(
        "the bill is due nine days after the bill day",
        expected=(world.today.isoformat(), (world.today + BILL_AHEAD).isoformat()),
        found=(bill["billed_on"], bill["due_on"]),
    )
    first = sum(each.shown["rows"][0]["total_minor"] for each in bought)
    total = sum(line["total_minor"] for line in whole["lines"])
    telling.check("the bill is the first instalments together", expected=first, found=total)
    telling.tell(
        "bill_made", world.today, name=shopper.name, loans=len(bought), amount_minor=total, due_on=bill["due_on"]
    )


async def pay_bill(world: World, telling: Telling, bought: Sequence[Bought]) -> None:
    """One payment over all loans settles the bill on its day."""
    shopper = bought[0].shopper
    (bill,) = (await shopper.get("/h5/bills"))["bills"]
    amount = sum(each.shown["rows"][0]["total_minor"] for each in bought)
    paid = await shopper.post("/h5/payments", {"amount_minor": amount, "request_id": "the-whole-bill"})
    after = await shopper.get(f"/h5/bills/{bill['bill_id']}")
    telling.check(
        "one payment settles the bill", expected=("succeeded", "paid"), found=(paid["state"], after["status"])
    )
    telling.tell("bill_paid", world.today, name=shopper.name, amount_minor=amount)
    for place, each in enumerate(bought):
        await _pay_off(world, telling, each, place=place)


async def _pay_off(world: World, telling: Telling, bought: Bought, *, place: int) -> None:
    quoted = await bought.shopper.get(f"/h5/loans/{bought.loan_id}/payoff")
    await bought.shopper.pay(bought.loan_id, amount_minor=None, request_id=f"bill-payoff-{place}")
    after = await bought.shopper.loan(bought.loan_id)
    telling.check("nothing is left of it", expected="closed", found=after["status"])
    telling.tell("paid_up", world.today, name=bought.shopper.name, amount_minor=quoted["amount_minor"])


def _ids(bought: Sequence[Bought]) -> list[str]:
    return sorted(each.loan_id for each in bought)


def _named(lines: Sequence[Json]) -> list[str]:
    return sorted({line["loan_id"] for line in lines})
