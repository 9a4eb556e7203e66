"""Automatic debits: only under a mandate, by the calendar, never twice, whatever dies."""

import asyncio
from datetime import timedelta
from typing import Any

import pytest

import fenqi.batch.send_payment as sending
from fenqi.batch.debit_due import debit_due
from fenqi.gateways.payment.stand_in_conduct import DECLINED, LOST, OK
from fenqi.simulation.caller import Shopper
from paying import channel_of, paid_minor, resolve, sign_mandate, two_loans
from world import EVERY_BUCKET, World, refusal

pytestmark = pytest.mark.anyio
NINE_IN_SHANGHAI = 1


@pytest.fixture
def world(town: World) -> World:
    """An installation of the test's own, in which nobody else owes anything."""
    return town


async def debit(world: World) -> int:
    return await debit_due(world.installation, lane=EVERY_BUCKET)


async def at_the_due_day(world: World, shopper: Shopper) -> None:
    """Nine in the morning of the first day on which anything is due."""
    due_on = (await shopper.get("/h5/calendar"))["days"][0]["due_on"]
    ahead = (world.business.today().fromisoformat(due_on) - world.business.today()).days
    wanted = (world.business.now() + timedelta(days=ahead)).replace(hour=NINE_IN_SHANGHAI, minute=0, second=0)
    world.business.move(wanted - world.business.now())


async def test_what_is_due_over_all_loans_is_taken_once_on_its_day(world: World):
    first, second = await two_loans(world)
    await sign_mandate(world, first.shopper)
    assert await debit(world) == 0
    await at_the_due_day(world, first.shopper)
    due = (await first.shopper.get("/h5/bills"))["due_minor"]

    sent = await asyncio.gather(*(debit(world) for _ in range(3)))

    assert sum(sent) == 1
    assert await debit(world) == 0
    assert await paid_minor(first) + await paid_minor(second) == due > 0
    assert (await first.shopper.get("/h5/bills"))["due_minor"] == 0
    assert await world.findings() == []


async def test_a_debit_that_fails_is_tried_again_when_the_calendar_says_so(world: World):
    first, second = await two_loans(world)
    await sign_mandate(world, first.shopper)
    await channel_of(world).set_conduct(first.shopper.account_token, DECLINED)
    await at_the_due_day(world, first.shopper)

    tried = []
    for hours in (0, 1, 8, 15, 24, 24):
        world.business.move(timedelta(hours=hours))
        tried.append(await debit(world))
    await channel_of(world).set_conduct(first.shopper.account_token, OK)
    world.business.move(timedelta(days=4))
    tried.append(await debit(world))

    assert tried == [1, 0, 1, 1, 0, 1, 1]
    assert (await first.shopper.get("/h5/bills"))["due_minor"] == 0
    assert await paid_minor(second) > 0


async def test_nothing_is_taken_without_a_mandate_or_after_its_end(world: World):
    first, _ = await two_loans(world)
    await at_the_due_day(world, first.shopper)
    assert await debit(world) == 0
    signed = await sign_mandate(world, first.shopper)
    assert signed["active"]["account_ending"] == first.shopper.account_token[-4:]

    ended = await first.shopper.post("/h5/mandate/revocation", {})

    assert ended["active"] is None
    assert await debit(world) == 0
    headers = {"authorization": f"Bearer {first.shopper.token}"}
    again = await world.http.post("/h5/mandate/revocation", headers=headers)
    assert refusal(again) == (404, "mandate_unknown")
    assert await paid_minor(first) == 0


async def test_another_text_than_the_one_in_force_signs_nothing(world: World):
    first, _ = await two_loans(world)
    world.pass_time(timedelta(seconds=61))
    code = await first.shopper.post("/h5/mandate/codes", {})
    body = {
        "code_id": code["code_id"],
        "digits": first.shopper.inbox(first.shopper.mobile),
        "text_sha256": "0" * 64,
        "account_token": "tok_ok_x",
    }

    response = await world.http.post(
        "/h5/mandate", json=body, headers={"authorization": f"Bearer {first.shopper.token}"}
    )

    assert refusal(response)[1] == "consent_text_differs"
    assert (await first.shopper.get("/h5/mandate"))["active"] is None


async def test_a_new_mandate_ends_the_one_before(world: World):
    first, _ = await two_loans(world)
    one = await sign_mandate(world, first.shopper)

    other = await sign_mandate(world, first.shopper, account_token="tok_ok_9876")

    assert one["active"]["mandate_id"] != other["active"]["mandate_id"]
    assert other["active"]["account_ending"] == "9876"


async def test_while_nobody_knows_whether_money_moved_no_more_is_asked_for(world: World):
    first, second = await two_loans(world)
    await sign_mandate(world, first.shopper)
    await channel_of(world).set_conduct(first.shopper.account_token, LOST)
    await at_the_due_day(world, first.shopper)
    due = (await first.shopper.get("/h5/bills"))["due_minor"]
    assert await debit(world) == 1
    world.business.move(timedelta(hours=10))
    assert await debit(world) == 0

    await resolve(world)

    assert await paid_minor(first) + await paid_minor(second) == due
    assert await debit(world) == 0


async def test_a_death_before_the_sending_takes_the_money_once(world: World, monkeypatch: pytest.MonkeyPatch):
    first, second = await two_loans(world)
    await sign_mandate(world, first.shopper)
    await at_the_due_day(world, first.shopper)
    due = (await first.shopper.get("/h5/bills"))["due_minor"]

    async def dies(*_: Any) -> Any:
        raise RuntimeError("the process dies")

    monkeypatch.setattr(sending, "_send", dies)
    with pytest.raises(RuntimeError):
        await debit(world)
    monkeypatch.undo()
    assert await debit(world) == 0

    await resolve(world)

    assert await debit(world) == 0
    assert await paid_minor(first) + await paid_minor(second) == due
    assert await world.findings() == []
