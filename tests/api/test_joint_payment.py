"""One payment over several loans: divided by rule, booked once whatever dies, and what is too much goes back."""

import asyncio
from typing import Any
from uuid import UUID

import pytest

import fenqi.batch.send_payment as sending
from fenqi.services import place_payment
from fenqi.stores import joint_payment as joints
from paying import movements, resolve, two_loans
from world import Bought, World, refusal

pytestmark = pytest.mark.anyio


async def paid(bought: Bought) -> int:
    loan = await bought.shopper.loan(bought.loan_id)
    return sum(row["paid"]["total_minor"] for row in loan["instalments"])


async def pay(bought: Bought, amount_minor: int | None, **said: Any) -> dict[str, Any]:
    body = {"amount_minor": amount_minor, "request_id": "request-1"} | said
    return await bought.shopper.post("/h5/payments", body)


async def refused(world: World, bought: Bought, **body: Any) -> tuple[int, str]:
    headers = {"authorization": f"Bearer {bought.shopper.token}"}
    given = {"request_id": "request-1"} | body
    return refusal(await world.http.post("/h5/payments", json=given, headers=headers))


async def test_one_payment_is_divided_as_was_shown_before(world: World):
    first, second = await two_loans(world)
    order = [second.loan_id, first.loan_id]
    wanted = {"amount_minor": 130_000, "rule": "as_chosen", "loan_ids": order}

    shown = await first.shopper.post("/h5/payment-previews", wanted)
    done = await pay(first, **wanted)

    assert done["state"] == "succeeded"
    assert [(part["loan_id"], part["amount_minor"]) for part in shown["parts"]] == [
        (part["loan_id"], part["amount_minor"]) for part in done["parts"]
    ]
    assert done["parts"][0]["loan_id"] == second.loan_id
    assert (await second.shopper.loan(second.loan_id))["status"] == "closed"
    assert await paid(first) + await paid(second) == 130_000
    assert await world.findings() == []


async def test_asked_for_at_one_instant_it_is_one_payment(world: World):
    first, second = await two_loans(world)

    answers = await asyncio.gather(*(pay(first, 50_000) for _ in range(4)))

    assert len({answer["order_id"] for answer in answers}) == 1
    assert await paid(first) + await paid(second) == 50_000
    assert movements(world, answers[0]["order_id"]) == 1


async def test_what_nobody_can_take_is_refused_and_leaves_nothing(world: World):
    first, second = await two_loans(world)
    stranger, _ = await two_loans(world)

    assert await refused(world, first, amount_minor=None) == (409, "nothing_due")
    assert await refused(world, first, amount_minor=360_001) == (409, "repayment_above_owed")
    assert await refused(world, first, amount_minor=100, loan_ids=[stranger.loan_id]) == (404, "loan_unknown")
    assert await refused(world, first, amount_minor=100, loan_ids=[first.loan_id] * 2) == (400, "loans_repeated")
    await pay(first, 100, request_id="request-2")
    assert await refused(world, first, amount_minor=200, request_id="request-2") == (409, "repayment_differs")
    assert await paid(first) + await paid(second) == 100


@pytest.mark.parametrize("where", ["before sending", "before booking", "while booking"])
async def test_a_death_between_two_steps_loses_nothing_and_moves_nothing_twice(
    world: World, monkeypatch: pytest.MonkeyPatch, where: str
):
    first, second = await two_loans(world)
    really = joints.add_parts

    async def dies(*_: Any, **__: Any) -> Any:
        raise RuntimeError("the process dies")

    async def dies_late(*given: Any) -> None:
        await really(*given)
        raise RuntimeError("the process dies within the transaction")

    match where:
        case "before sending":
            monkeypatch.setattr(sending, "_send", dies)
        case "before booking":
            monkeypatch.setattr(sending, "_hear", dies)
        case _:
            monkeypatch.setattr(place_payment.joints, "add_parts", dies_late)
    with pytest.raises(Exception, match="500"):
        await pay(first, 50_000)
    monkeypatch.undo()
    assert await paid(first) + await paid(second) == 0

    again = await pay(first, 50_000)
    assert again["state"] == "requested"
    await asyncio.gather(*(resolve(world) for _ in range(3)))

    assert await paid(first) + await paid(second) == 50_000
    assert movements(world, again["order_id"]) == 1
    assert await world.findings() == []


async def test_money_that_finds_its_loans_closed_is_paid_back(world: World):
    first, second = await two_loans(world, "tok_unknown_then_ok")
    order = await pay(first, 100_000)
    assert order["state"] == "unknown"
    for bought in (first, second):
        await bought.shopper.pay(bought.loan_id, amount_minor=None, request_id=f"off-{bought.loan_id}")

    for _ in range(3):
        await resolve(world)

    shown = await first.shopper.get("/h5/overpayments")
    back = sum(each["amount_minor"] for each in shown["returns"] if each["state"] != "failed")
    still = sum(each["overpaid_minor"] for each in shown["held"])
    assert await paid(first) + await paid(second) + back == 460_000
    assert still in {0, back}
    assert await world.findings() == []


async def test_a_payment_of_somebody_else_is_unknown(world: World):
    first, _ = await two_loans(world)
    stranger, _ = await two_loans(world)
    order = await pay(first, 1_000)

    response = await world.http.get(
        f"/h5/payments/{order['order_id']}", headers={"authorization": f"Bearer {stranger.shopper.token}"}
    )

    assert refusal(response) == (404, "payment_order_unknown")
    assert UUID(order["order_id"])
