"""The story of two loans: bills paid in time, in doubt and late, a refund, and an early end."""

from datetime import date
from decimal import Decimal

from fenqi.simulation import expectation
from fenqi.simulation.buying import Bought
from fenqi.simulation.caller import Json
from fenqi.simulation.telling import Telling
from fenqi.simulation.world import World

PRICE_LESS_CARD = "price protection"


async def pay_in_time(world: World, telling: Telling, bought: Bought, *, instalment: int) -> None:
    """The bill falls due today and is paid today."""
    before = await _bill(world, telling, bought, instalment=instalment)
    amount = before["next_due_minor"]
    paid = await bought.shopper.pay(bought.loan_id, amount_minor=amount, request_id=f"bill-{instalment:04}")
    after = await bought.shopper.loan(bought.loan_id)
    telling.check("the debit succeeds", expected="succeeded", found=paid["state"])
    _check_paid(telling, before, after, instalment=instalment, amount_minor=amount)
    telling.tell(
        "paid",
        world.today,
        name=bought.shopper.name,
        instalment=instalment,
        amount_minor=amount,
        left_minor=_left(after),
    )


async def pay_in_doubt(
    world: World, telling: Telling, bought: Bought, *, instalment: int, briefly: bool = False
) -> None:
    """The channel does not know at first what became of the debit; its notice says so later."""
    before = await _bill(world, telling, bought, instalment=instalment)
    amount = before["next_due_minor"]
    asked = await bought.shopper.pay(bought.loan_id, amount_minor=amount, request_id=f"bill-{instalment:04}")
    telling.check("the channel does not know yet", expected="unknown", found=asked["state"])
    meanwhile = await bought.shopper.loan(bought.loan_id)
    telling.check("what is not known is not booked", expected=_left(before), found=_left(meanwhile))
    if not briefly:
        telling.tell("in_doubt", world.today, name=bought.shopper.name, instalment=instalment, amount_minor=amount)
    done = await world.work()
    telling.check("one notice comes", expected=1, found=done["notices"])
    after = await bought.shopper.loan(bought.loan_id)
    _check_paid(telling, before, after, instalment=instalment, amount_minor=amount)
    telling.tell(
        "noticed",
        world.today,
        name=bought.shopper.name,
        instalment=instalment,
        amount_minor=amount,
        left_minor=_left(after),
    )


async def pay_late(world: World, telling: Telling, bought: Bought, *, instalment: int, refunded_minor: int = 0) -> None:
    """The bill fell due on a working day some days ago; it is paid with its late charge.

    `refunded_minor` is the part of a refund that the instalment bears.
    """
    before = await bought.shopper.loan(bought.loan_id)
    row, per_day = before["instalments"][instalment - 1], Decimal(bought.shown["offer"]["late_per_day"])
    days = (world.today - date.fromisoformat(row["due_on"])).days
    principal = row["due"]["principal_minor"] - row["paid"]["principal_minor"]
    charge = expectation.late_charge(principal, per_day=per_day, days=days)
    signed = bought.shown["rows"][instalment - 1]["total_minor"]
    telling.check("days past due are counted from the due day", expected=days, found=before["days_past_due"])
    telling.check(
        "the late charge is its share of overdue principal a day", expected=charge, found=row["due"]["penalty_minor"]
    )
    amount = before["overdue"]["total_minor"]
    expected = signed - refunded_minor + charge
    telling.check("what is overdue is the instalment and the charge", expected=expected, found=amount)
    telling.tell(
        "overdue",
        world.today,
        name=bought.shopper.name,
        instalment=instalment,
        days=days,
        charge_minor=charge,
        amount_minor=amount,
    )
    await bought.shopper.pay(bought.loan_id, amount_minor=amount, request_id=f"bill-{instalment:04}")
    after = await bought.shopper.loan(bought.loan_id)
    _check_paid(telling, before, after, instalment=instalment, amount_minor=amount)
    telling.tell(
        "paid",
        world.today,
        name=bought.shopper.name,
        instalment=instalment,
        amount_minor=amount,
        left_minor=_left(after),
    )


async def refund_part(world: World, telling: Telling, bought: Bought, *, refund_minor: int) -> int:
    """The shop gives a part of the price back: every open instalment falls by the same, which is returned."""
    before = await bought.shopper.loan(bought.loan_id)
    body = {"amount_minor": refund_minor, "reason": PRICE_LESS_CARD}
    await world.shop.post(f"/v1/checkouts/{bought.checkout_id}/refunds", body)
    after = await bought.shopper.loan(bought.loan_id)
    telling.check(
        "principal falls by the refund",
        expected=before["outstanding"]["principal_minor"] - refund_minor,
        found=after["outstanding"]["principal_minor"],
    )
    *falls, last = [
        was["outstanding_minor"] - now["outstanding_minor"]
        for was, now in zip(before["instalments"], after["instalments"], strict=True)
        if was["outstanding_minor"]
    ]
    part = refund_minor // (len(falls) + 1)
    telling.check("every open instalment falls by an equal part", expected=[part] * len(falls), found=falls)
    telling.check("the last one also by the interest that is saved", expected=True, found=last > part)
    await world.work()
    instalment = after["next_due_minor"]
    telling.tell(
        "refunded", world.today, name=bought.shopper.name, amount_minor=refund_minor, instalment_minor=instalment
    )
    return part


async def pay_off(world: World, telling: Telling, bought: Bought) -> None:
    """The borrower pays everything at once: principal, and interest of the days used."""
    before = await bought.shopper.loan(bought.loan_id)
    quoted = await bought.shopper.get(f"/h5/loans/{bought.loan_id}/payoff")
    principal = before["outstanding"]["principal_minor"]
    rate = Decimal(bought.shown["offer"]["rate_per_year"])
    begun = max(date.fromisoformat(row["due_on"]) for row in before["instalments"] if row["standing"] == "paid")
    days, of_days = (world.today - begun).days, (date.fromisoformat(before["next_due_on"]) - begun).days
    interest = expectation.interest_of_part(principal, rate_per_year=rate, days=days, of_days=of_days)
    telling.check("a payoff costs the days used", expected=principal + interest, found=quoted["amount_minor"])
    await bought.shopper.pay(bought.loan_id, amount_minor=None, request_id="payoff-0001")
    after = await bought.shopper.loan(bought.loan_id)
    telling.check("the loan is closed", expected=("closed", 0), found=(after["status"], _left(after)))
    paid_interest = sum(row["paid"]["interest_minor"] for row in after["instalments"])
    disclosed = bought.shown["offer"]["cost_minor"]
    telling.check("interest is less than was disclosed", expected=True, found=paid_interest < disclosed)
    telling.tell(
        "paid_off",
        world.today,
        name=bought.shopper.name,
        amount_minor=quoted["amount_minor"],
        days=days,
        interest_minor=paid_interest,
        disclosed_minor=disclosed,
    )


async def _bill(world: World, telling: Telling, bought: Bought, *, instalment: int) -> Json:
    loan = await bought.shopper.loan(bought.loan_id)
    row = loan["instalments"][instalment - 1]
    telling.check("the bill falls due on the loan's own day", expected=world.today.isoformat(), found=row["due_on"])
    telling.tell(
        "billed",
        world.today,
        name=bought.shopper.name,
        instalment=instalment,
        count=len(loan["instalments"]),
        amount_minor=loan["next_due_minor"],
    )
    return loan


def _check_paid(telling: Telling, before: Json, after: Json, *, instalment: int, amount_minor: int) -> None:
    row = after["instalments"][instalment - 1]
    telling.check("the instalment is paid", expected=("paid", 0), found=(row["standing"], row["outstanding_minor"]))
    telling.check("what is left falls by the payment", expected=_left(before) - amount_minor, found=_left(after))
    telling.check("nothing is past due", expected=0, found=after["days_past_due"])


def _left(loan: Json) -> int:
    left: int = loan["outstanding"]["total_minor"]
    return left
