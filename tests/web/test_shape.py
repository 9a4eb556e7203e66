"""What the service answers has the shape that its description tells, and so the pages' client is right about it."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest

from fenqi.api.shape.told import SHAPES
from fenqi.batch.bill_due import bill_due
from fenqi.core.decision.screening_strategy import StepUp
from helped import be_heard, be_helped
from paying import sign_mandate
from world import EVERY_BUCKET

pytestmark = pytest.mark.anyio
ANSWERED_TO_SHOPPERS = {key for key in SHAPES if key[1].startswith(("/h5/", "/stand-in/"))}


@pytest.fixture
async def answers(world):
    """Every successful JSON answer that is given while it is open, by method and path."""
    heard = []

    async def hear(response):
        await response.aread()
        if response.is_success and "application/json" in response.headers.get("content-type", ""):
            heard.append((key_of(response.request), response.json()))

    world.http.event_hooks["response"].append(hear)
    yield heard
    world.http.event_hooks["response"].remove(hear)


def key_of(request):
    """The method and path under which the answer's shape is told, if it is told."""
    for method, path in SHAPES:
        if method == request.method and re.fullmatch(re.sub(r"\{\w+\}", "[^/]+", path), request.url.path):
            return method, path
    return None


async def test_every_answer_to_a_shopper_has_its_shape(world, answers):
    bought = await world.lent()
    shopper, at = bought.shopper, f"/h5/checkouts/{bought.checkout_id}"
    await world.http.get(at)
    for path in ("progress", "consents", "decision", "documents"):
        await shopper.get(f"{at}/{path}")
    await leave_and_come_back(world, shopper)
    await look_at_bills(world, bought)
    await look_at_credit(world, bought)
    await be_helped(world, await world.lent())
    await be_heard(world, await world.lent())
    await think_better_of_it(await world.lent())
    await hear_no(world)
    await show_who_again(world)

    differing = {key: told for key, body in answers if key and (told := what_differs(key, body))}

    assert differing == {}
    assert {key for key, _ in answers} >= ANSWERED_TO_SHOPPERS


async def leave_and_come_back(world, shopper):
    world.pass_time(timedelta(minutes=2))
    sent = await shopper.post("/h5/codes", {"mobile": shopper.mobile})
    digits = world.code_sent_to(shopper.mobile)
    await shopper.post("/h5/sessions", {"mobile": shopper.mobile, "code_id": sent["code_id"], "digits": digits})
    another = await world.order()
    answer = await world.http.put(
        f"/h5/checkouts/{another}/customer", headers={"authorization": f"Bearer {shopper.token}"}
    )
    assert answer.is_success
    await shopper.ask(another)
    await shopper.get(f"/h5/checkouts/{another}/offers/instalment:12")


async def look_at_credit(world, bought):
    shopper, at = bought.shopper, f"/h5/loans/{bought.loan_id}"
    await shopper.pay(bought.loan_id, amount_minor=10_000, request_id="first-payment")
    world.pass_time(timedelta(days=40))
    await shopper.post("/h5/limit/rises", {"wanted": True})
    for path in ("/h5/me", "/h5/limit", "/h5/loans", at, f"{at}/payoff", f"{at}/what-if", f"{at}/documents"):
        await shopper.get(path)
    await shopper.get("/stand-in/my-sms")
    await world.http.get("/stand-in/sms", params={"mobile": shopper.mobile})
    for path in ("/stand-in/accounts", "/stand-in/person"):
        await world.http.get(path)


async def look_at_bills(world, bought):
    shopper = bought.shopper
    await sign_mandate(world, shopper)
    world.business.move(timedelta(days=25))
    await bill_due(world.installation, lane=EVERY_BUCKET)
    bills = (await shopper.get("/h5/bills"))["bills"]
    await shopper.get(f"/h5/bills/{bills[0]['bill_id']}")
    await shopper.post("/h5/payment-previews", {"amount_minor": 20_000})
    paid = await shopper.post("/h5/payments", {"amount_minor": 20_000, "request_id": "over-all-loans"})
    for path in (f"payments/{paid['order_id']}", "calendar", "overpayments", "transfer-code", "inbox", "preferences"):
        await shopper.get(f"/h5/{path}")
    await shopper.post("/h5/mandate/revocation", {})
    await shopper.post("/h5/preferences", {"purpose": "marketing", "channel": "sms", "is_on": True})
    await shopper.post("/h5/language", {"language": "en"})


async def think_better_of_it(bought):
    await bought.shopper.post(f"/h5/loans/{bought.loan_id}/withdrawal", {"request_id": "withdrawal"})


async def hear_no(world):
    bought = await world.decided(facts={"is_student": True})
    await bought.shopper.post(f"/h5/checkouts/{bought.checkout_id}/reviews", {"reason": "please look again"})
    await bought.shopper.get(f"/h5/checkouts/{bought.checkout_id}/decision")


async def show_who_again(world):
    """Three phones of one kind; by a code, as shipped, and by the identity number, where a policy wants that."""
    installation = world.app.state.installation
    for how in StepUp:
        authority = installation.ports.authority
        rules = tuple(replace(rule, step_up=how) for rule in authority.screening.rules)
        asking = replace(authority, screening=replace(authority.screening, rules=rules))
        world.app.state.installation = replace(installation, ports=replace(installation.ports, authority=asking))
        bought = await world.decided(price_minor=60_000, quantity=3)
        assert bought.decision["step_up"] == how
        shopper, at = bought.shopper, f"/h5/checkouts/{bought.checkout_id}"
        if how is StepUp.CODE:
            world.pass_time(timedelta(minutes=2))
            sent = await shopper.post(f"{at}/proof-codes", {})
            answer = {"code_id": sent["code_id"], "digits": world.code_sent_to(shopper.mobile)}
            await shopper.post(f"{at}/proofs/code", answer)
        else:
            await shopper.post(f"{at}/proofs/identity", {"name": shopper.name, "id_number": shopper.id_number})
    world.app.state.installation = installation


def what_differs(key, body):
    try:
        SHAPES[key].model_validate(body, strict=False)
    except ValueError as error:
        return str(error)
    return ""
