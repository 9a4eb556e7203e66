"""A credit line moves with what its borrower does: kept, booked, told, and made again from what was seen."""

import asyncio
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from fenqi.batch.refresh_limits import refresh_limits_due
from fenqi.batch.send_notice import send_due_notices
from fenqi.core.ledger.account import bucket_of
from fenqi.core.limit.record import replay_assessment
from fenqi.services import refresh_limits
from fenqi.services.credit_line import read_line
from fenqi.services.limit_rules import rules_of
from fenqi.services.open_session import customer_of_session
from fenqi.stores import limit as limits
from fenqi.stores.fetch import together
from fenqi.stores.limit import CreditStanding, LimitChange
from world import EVERY_BUCKET, Bought, World, refusal

pytestmark = pytest.mark.anyio


async def customer_of(world: World, bought: Bought) -> UUID:
    async with world.installation.transaction() as connection:
        return await customer_of_session(connection, world.installation.ports, token=bought.shopper.token)


async def stands(world: World, bought: Bought) -> tuple[CreditStanding, int]:
    """The line as it stands, and what is granted in the books."""
    customer_id = await customer_of(world, bought)
    async with world.installation.transaction() as connection:
        found = await limits.find(connection, b=bucket_of(customer_id), customer_id=customer_id)
        line = await read_line(connection, customer_id=customer_id, currency="CNY")
    assert found is not None
    return found, line.granted_minor


async def moves(world: World, bought: Bought) -> list[LimitChange]:
    """Every move that was kept, oldest first; each is made again from its record."""
    customer_id = await customer_of(world, bought)
    async with world.installation.transaction() as connection:
        found = await limits.history(
            connection, b=bucket_of(customer_id), customer_id=customer_id, with_kept=True, limit=50
        )
        for change in found:
            if change.content is not None:
                rules = await rules_of(connection, version=change.rules_version)
                assert replay_assessment(change.content, rules=rules) == change.content
    return list(reversed(found))


async def refresh(world: World) -> int:
    return await refresh_limits_due(world.installation, lane=EVERY_BUCKET)


async def pay_due(world: World, bought: Bought) -> None:
    """Pay whatever is unpaid and due by today."""
    loan = await bought.shopper.loan(bought.loan_id)
    due = [
        row
        for row in loan["instalments"]
        if row["outstanding_minor"] and row["due_on"] <= world.business.today().isoformat()
    ]
    if due:
        amount = sum(row["outstanding_minor"] for row in due)
        await bought.shopper.pay(bought.loan_id, amount_minor=amount, request_id=uuid4().hex)


async def days_to(world: World, day: date) -> None:
    await world.close_days((day - world.business.today()).days)


async def test_a_line_rises_after_payments_in_time_is_told_and_can_be_drawn(world: World):
    bought = await world.lent()
    granted, booked = await stands(world, bought)
    assert granted.fixed_minor == booked == granted.anchor_minor
    assert granted.monthly_income_minor == 2_000_000
    for row in (await bought.shopper.loan(bought.loan_id))["instalments"][:4]:
        await days_to(world, date.fromisoformat(row["due_on"]))
        await pay_due(world, bought)
        await refresh(world)
    await days_to(world, date(2027, 1, 2))
    await refresh(world)

    raised, booked = await stands(world, bought)
    changes = await moves(world, bought)
    assert raised.fixed_minor > granted.fixed_minor
    assert booked == raised.fixed_minor == changes[-1].after_minor
    (rise,) = [change for change in changes if change.move == "raised"]
    assert rise.reasons[0]["code"] == "paid_on_time"
    before = len(changes)
    await refresh(world)
    assert len(await moves(world, bought)) == before

    await send_due_notices(world.installation, lane=EVERY_BUCKET)
    inbox = (await bought.shopper.get("/h5/inbox"))["messages"]
    assert any("按时还清" in message["text"] for message in inbox)
    assert await world.findings() == []

    again = await world.decided(bought.shopper, price_minor=granted.fixed_minor - 1_000_000)
    assert again.decision["limit_minor"] <= raised.fixed_minor
    assert (await stands(world, bought))[0].fixed_minor == raised.fixed_minor


async def test_the_first_late_day_suspends_new_credit_and_paying_ends_it(world: World):
    bought = await world.lent()
    first = (await bought.shopper.loan(bought.loan_id))["instalments"][0]
    await days_to(world, date.fromisoformat(first["payable_until"]) + timedelta(days=1))
    await refresh(world)

    suspended, booked = await stands(world, bought)
    assert suspended.is_suspended
    assert booked == 0
    assert (await bought.shopper.get("/h5/me"))["available_minor"] == 0
    entered = await world.entered(bought.shopper, price_minor=200_000)
    answer = await world.http.post(
        f"/h5/checkouts/{entered.checkout_id}/decision",
        json={"is_student": False, "down_payment_minor": 0, "monthly_income_minor": None},
        headers={"authorization": f"Bearer {bought.shopper.token}"},
    )
    assert refusal(answer) == (422, "credit_suspended"), answer.text

    await pay_due(world, bought)
    await refresh(world)
    resumed, booked = await stands(world, bought)
    assert not resumed.is_suspended
    assert booked == resumed.fixed_minor
    assert [change.move for change in await moves(world, bought) if change.move != "kept"] == ["suspended", "resumed"]
    assert [change.cause for change in await moves(world, bought)][-1] == "caught_up"
    assert await world.findings() == []


async def test_a_hold_is_captured_although_the_line_was_suspended_after_it(world: World):
    bought = await world.signed()
    async with world.installation.transaction() as connection:
        customer_id = await customer_of_session(connection, world.installation.ports, token=bought.shopper.token)
        standing = await limits.lock(connection, b=bucket_of(customer_id), customer_id=customer_id)
        assert standing is not None
    await _flag_student(world, standing)
    await refresh_limits_of(world, customer_id)
    assert (await stands(world, bought))[1] == 0

    await world.capture(bought)
    assert bought.loan_id
    assert await world.findings() == []


async def _flag_student(world: World, standing: CreditStanding) -> None:
    async with world.installation.transaction() as connection:
        await together(connection, limits.to_save(replace(standing, is_student=True)))


async def refresh_limits_of(world: World, customer_id: UUID) -> None:
    cause = refresh_limits.LookCause("stated", None, "test")
    async with world.installation.transaction() as connection:
        await refresh_limits.refresh_customers(connection, world.installation.ports, causes={customer_id: cause})


async def test_two_refreshes_at_one_instant_move_a_line_once(world: World, monkeypatch: pytest.MonkeyPatch):
    bought = await world.lent()
    first = (await bought.shopper.loan(bought.loan_id))["instalments"][0]
    await days_to(world, date.fromisoformat(first["payable_until"]) + timedelta(days=1))

    async def dies(*_given: object, **_named: object) -> None:
        raise ValueError("killed")

    with monkeypatch.context() as patched:
        patched.setattr(refresh_limits.notices, "add", dies)
        await refresh(world)
    assert await moves(world, bought) == []
    await asyncio.gather(refresh(world), refresh(world), refresh(world))
    assert [change.move for change in await moves(world, bought)] == ["suspended"]
    assert await world.findings() == []
