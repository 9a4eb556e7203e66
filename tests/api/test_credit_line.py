"""The credit line: what is held, drawn and free again, and that nothing spends it twice."""

import asyncio
from datetime import timedelta

import pytest

from fenqi.services.credit_line import read_line
from fenqi.services.open_session import customer_of_session
from fenqi.workers.expiry import expire_due
from world import EVERY_BUCKET, PRICE_MINOR, Bought, World, refusal

pytestmark = pytest.mark.anyio


async def line_of(world: World, bought: Bought) -> tuple[int, int]:
    """The limit, and what may still be drawn."""
    async with world.installation.transaction() as connection:
        customer_id = await customer_of_session(connection, world.installation.ports, token=bought.shopper.token)
        line = await read_line(connection, customer_id=customer_id, currency="CNY")
    return line.granted_minor, line.available_minor


async def ready_to_sign(world: World, *, price_minor: int, count: int) -> list[tuple[Bought, dict]]:
    """Checkouts of one shopper, each shown, read, and with its code sent."""
    shopper, ready = world.shopper(), []
    for _ in range(count):
        bought = await world.shown(shopper, price_minor=price_minor)
        world.pass_time(timedelta(seconds=61))
        shown_id = bought.shown["shown_id"]
        path = f"/h5/checkouts/{bought.checkout_id}"
        sent = await shopper.post(f"{path}/signing-codes", {"shown_id": shown_id})
        signing = {
            "shown_id": shown_id,
            "code_id": sent["code_id"],
            "digits": world.code_sent_to(shopper.mobile),
            "signed_sha256": [each["sha256"] for each in bought.shown["documents"]],
            "account_token": "tok_ok",
        }
        ready.append((bought, signing))
    return ready


async def test_two_checkouts_signed_at_one_instant_cannot_overspend_the_limit(world: World):
    price_minor = 900_000
    ready = await ready_to_sign(world, price_minor=price_minor, count=4)
    granted, available = await line_of(world, ready[0][0])
    fits = available // price_minor
    assert 0 < fits < 4, (granted, available)

    answers = await asyncio.gather(
        *(
            world.http.post(
                f"/h5/checkouts/{bought.checkout_id}/signatures",
                json=signing,
                headers={"authorization": f"Bearer {bought.shopper.token}"},
            )
            for bought, signing in ready
        )
    )

    signed = [answer for answer in answers if answer.status_code == 201]
    refused = [refusal(answer) for answer in answers if answer.status_code != 201]
    assert len(signed) == fits
    assert set(refused) == {(422, "credit_limit_exceeded")}
    assert (await line_of(world, ready[0][0]))[1] == available - fits * price_minor
    assert await world.findings() == []


async def test_a_signature_holds_its_amount_and_a_void_frees_it(world: World):
    bought = await world.signed()
    granted, available = await line_of(world, bought)
    assert available == granted - PRICE_MINOR

    await world.shop.post(f"/v1/checkouts/{bought.checkout_id}/void", {})

    assert await line_of(world, bought) == (granted, granted)
    assert await world.findings() == []


async def test_an_authorisation_that_nobody_captured_is_freed_when_it_ends(world: World):
    bought = await world.signed()
    granted, _ = await line_of(world, bought)
    world.pass_time(timedelta(days=15))

    assert await expire_due(world.installation, lane=EVERY_BUCKET) >= 1
    assert await expire_due(world.installation, lane=EVERY_BUCKET) == 0

    assert await line_of(world, bought) == (granted, granted)
    seen = await world.shop.get(f"/v1/checkouts/{bought.checkout_id}")
    assert seen["status"] == "expired"
    assert await world.findings() == []


async def test_a_part_captured_draws_that_part_and_frees_the_rest(world: World):
    bought = await world.lent(captured_minor=200_000)

    granted, available = await line_of(world, bought)

    assert available == granted - 200_000


async def test_a_repayment_frees_the_principal_it_pays_and_a_payoff_all_of_it(world: World):
    bought = await world.lent()
    granted, before = await line_of(world, bought)
    await world.close_days(31)
    loan = await bought.shopper.loan(bought.loan_id)
    due = loan["overdue"]

    await bought.shopper.pay(bought.loan_id, amount_minor=due["total_minor"], request_id="first-instalment")
    assert await line_of(world, bought) == (granted, before + due["principal_minor"])

    await bought.shopper.pay(bought.loan_id, amount_minor=None, request_id="all-of-it")
    assert await line_of(world, bought) == (granted, granted)
    assert await world.findings() == []


async def test_a_refund_frees_what_it_takes_off_the_loan(world: World):
    bought = await world.lent()
    granted, before = await line_of(world, bought)

    await world.refund(bought, amount_minor=100_000)

    assert await line_of(world, bought) == (granted, before + 100_000)


async def test_an_order_above_the_limit_is_not_approved(world: World):
    bought = await world.decided(price_minor=3_100_000)

    assert bought.decision["outcome"] != "approve", bought.decision
