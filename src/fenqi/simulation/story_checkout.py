"""The story at the checkout: an order that is approved, shown, signed and delivered, and one that is declined."""

import hashlib
from datetime import date
from decimal import Decimal

from fenqi.simulation import expectation
from fenqi.simulation.buying import Applied, Bought, Good, apply, look, reading_time, sign_and_capture
from fenqi.simulation.caller import Json
from fenqi.simulation.person import Person
from fenqi.simulation.telling import Telling
from fenqi.simulation.world import World

PHONE = Good(sku="AP-IP17-256", name="iPhone 17", price_minor=599_900)
CEILING_PERCENT = Decimal(24)
"""What a network micro-loan may cost a year, everything included."""
PLEA = {"en": "I have paid that bill.", "zh-CN": "那笔账单我已经还了。"}
ANSWER = {
    "en": "The bureau still shows the July bill unpaid; please apply again once it shows it paid.",
    "zh-CN": "征信记录中七月账单仍未结清，待记录更新后欢迎再次申请。",
}


async def buy(world: World, telling: Telling, person: Person, *, offer_id: str, account: str, language: str) -> Bought:
    """Order the phone, be approved, choose a plan, read, sign; the shop delivers."""
    applied = await _order(world, telling, person, account=account, language=language)
    decision = applied.decision
    telling.check("the application is approved", expected="approve", found=decision["outcome"])
    telling.tell("approved", world.today, reason=_reasons(decision, language), limit_minor=decision["limit_minor"])
    if not telling.has("offered"):
        for each in decision["offers"]:
            telling.tell("offered", world.today, **_plan(each))
    offer = applied.offer(offer_id)
    shown = await look(applied, offer, language=language)
    _check_plan(telling, shown)
    telling.tell("shown", world.today, **_plan(shown["offer"] | offer), seconds=shown["read_seconds_min"])
    world.clock.move(reading_time(shown))
    bought = await sign_and_capture(world, applied, shown)
    await _check_signing(telling, bought)
    await _check_capture(world, telling, bought)
    telling.tell("signed", world.today, checkout=applied.checkout_id, documents=len(shown["documents"]))
    telling.tell("captured", world.today, amount_minor=bought.captured["captured_minor"], loan=bought.loan_id)
    await world.work()
    return bought


async def hear_no(world: World, telling: Telling, person: Person, *, language: str) -> None:
    """Order, be declined with reasons, ask for a person, and be answered."""
    applied = await _order(world, telling, person, account="tok_ok_6228", language=language)
    decision = applied.decision
    telling.check("who is late elsewhere is declined", expected="decline", found=decision["outcome"])
    telling.check("a declined applicant is offered nothing", expected=[], found=decision["offers"])
    telling.tell(
        "declined",
        world.today,
        name=person.name,
        reason=_reasons(decision, language),
        change=_changes(decision, language),
    )
    path = f"/h5/checkouts/{applied.checkout_id}"
    await applied.shopper.post(f"{path}/reviews", {"reason": PLEA[language]})
    telling.tell("person_asked", world.today, name=person.name)
    decision_id = decision["decision_id"]
    replayed = await world.staff["risk"].get(f"/staff/decisions/{decision_id}/replay")
    telling.check("the decision replays to the same bytes", expected=True, found=replayed["same_bytes"])
    review = {"verdict": "decline", "reason": ANSWER[language]}
    await world.staff["reviewer"].post(f"/staff/decisions/{decision_id}/reviews", review)
    answer = await applied.shopper.get(f"{path}/decision")
    telling.check(
        "the applicant hears what the reviewer said",
        expected=("declined", [review]),
        found=(answer["status"], answer["person_said"]),
    )
    telling.tell("person_answered", world.today, said=review["reason"])
    await world.work()


async def _order(world: World, telling: Telling, person: Person, *, account: str, language: str) -> Applied:
    applied = await apply(world, person, PHONE, account=account, language=language)
    telling.tell("ordered", world.today, name=person.name, goods=PHONE.name, price_minor=PHONE.price_minor)
    telling.tell("identified", world.today, consents=applied.consent_count, sources=_sources(applied))
    telling.check("the registry is a stand-in and says so", expected=True, found=applied.is_stand_in)
    return applied


def _sources(applied: Applied) -> str:
    return ", ".join(source for source in applied.decision["sources"] if source not in {"customer", "fenqi"})


def _reasons(decision: Json, language: str) -> str:
    return "; ".join(reason[language] for reason in decision["reasons"])


def _changes(decision: Json, language: str) -> str:
    return "; ".join(reason["change"][language] for reason in decision["reasons"])


def _plan(offer: Json) -> dict[str, str | int]:
    return {
        "product": offer["product_id"],
        "tenor": offer["tenor"],
        "instalment_minor": offer["instalment_minor_max"],
        "cost_minor": offer["cost_minor"],
        "irr": f"{Decimal(offer['irr_nominal']):.2f} %",
    }


def _check_plan(telling: Telling, shown: Json) -> None:
    """Compare the plan with one reckoned the long way."""
    offer, rows = shown["offer"], shown["rows"]
    rate = Decimal(0) if offer["product_id"] == "instalment_brand_free" else Decimal(offer["rate_per_year"])
    parts = expectation.equal_instalments(PHONE.price_minor, rate_per_year=rate, count=offer["tenor"])
    found = tuple((row["principal_minor"], row["interest_minor"]) for row in rows)
    telling.check("every instalment is as reckoned the long way", expected=parts, found=found)
    telling.check("fees are none", expected=0, found=sum(row["fee_minor"] for row in rows))
    telling.check(
        "the cost is what is paid beyond the price",
        expected=sum(principal + interest for principal, interest in parts) - PHONE.price_minor,
        found=offer["cost_minor"],
    )
    irr = expectation.irr_percent(PHONE.price_minor, tuple(sum(part) for part in parts))
    shown_irr = Decimal(offer["irr_nominal"])
    telling.check("the annual rate shown is the rate of the plan", expected=True, found=abs(irr - shown_irr) < 1e-5)
    telling.check("and within the ceiling", expected=True, found=irr <= CEILING_PERCENT)


async def _check_signing(telling: Telling, bought: Bought) -> None:
    """What was signed can be had again, byte for byte."""
    for document in bought.shown["documents"]:
        content = await bought.shopper.document(document["document_id"])
        telling.check(
            f"the {document['kind']} kept is the one signed",
            expected=document["sha256"],
            found=hashlib.sha256(content).hexdigest(),
        )


async def _check_capture(world: World, telling: Telling, bought: Bought) -> None:
    path = f"/v1/checkouts/{bought.checkout_id}/capture"
    again = await world.shop.post(path, {}, statuses=(409,))
    telling.check("there is no second capture", expected="already_captured", found=again["refusal"]["code"])
    loan = await bought.shopper.loan(bought.loan_id)
    dues = [(row["due_on"], row["due"]["total_minor"]) for row in loan["instalments"]]
    signed = [(row["due_on"], row["total_minor"]) for row in bought.shown["rows"]]
    telling.check("the plan issued is the plan signed", expected=signed, found=dues)
    drawn_on = date.fromisoformat(loan["timeline"][0]["on"])
    telling.check(
        "the loan is drawn down at capture",
        expected=(world.today, PHONE.price_minor),
        found=(drawn_on, loan["outstanding"]["principal_minor"]),
    )
