"""What is held is not contacted for collection, not debited, and costs nothing for being late."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from fenqi.batch.debit_due import debit_due
from fenqi.core.collection.hold import HoldKind
from fenqi.gateways.payment.stand_in_conduct import LOST
from fenqi.services.find_loan import find_loan
from fenqi.services.hold_collection import HoldCollection, hold_collection, release_collection
from holding import called, late, penalty
from paying import borrower, channel_of, paid_minor, resolve, sign_mandate, two_loans
from world import EVERY_BUCKET, Bought, World

pytestmark = pytest.mark.anyio


async def hold(
    world: World, bought: Bought, *, kind: HoldKind = HoldKind.HARDSHIP, of_loan: bool = False
) -> tuple[UUID, UUID]:
    about, loan_id = uuid4(), UUID(bought.loan_id)
    async with world.installation.transaction() as connection:
        customer_id = (await find_loan(connection, loan_id=loan_id)).customer_id
        command = HoldCollection(
            customer_id=customer_id, kind=kind, about=about, loan_id=loan_id if of_loan else None, by="test"
        )
        await hold_collection(connection, world.installation.ports, command)
        await hold_collection(connection, world.installation.ports, command)
    return customer_id, about


async def release(world: World, customer_id: UUID, about: UUID) -> None:
    async with world.installation.transaction() as connection:
        await release_collection(
            connection, world.installation.ports, customer_id=customer_id, about=about, why="over", by="test"
        )


async def test_hardship_holds_contacts_debits_and_late_charges_until_it_is_over(world: World) -> None:
    bought = await borrower(world)
    await sign_mandate(world, bought.shopper)
    await late(world, bought, days=2)
    before = await penalty(world, bought)
    customer_id, about = await hold(world, bought)
    await world.close_days(40)

    assert before > 0
    assert await penalty(world, bought) == before
    assert await called(world, bought) == (422, "contact_stopped")
    await debit_due(world.installation, lane=EVERY_BUCKET)
    assert await paid_minor(bought) == 0
    await release(world, customer_id, about)
    await world.close_days(1)
    assert await penalty(world, bought) > before
    assert await called(world, bought) is None
    await debit_due(world.installation, lane=EVERY_BUCKET)
    assert await paid_minor(bought) > 0
    assert await world.findings() == []


async def test_a_debit_that_never_left_is_not_sent_any_more(world: World) -> None:
    bought = await borrower(world)
    await sign_mandate(world, bought.shopper)
    await channel_of(world).set_conduct(bought.shopper.account_token, LOST)
    await late(world, bought, days=0)
    assert await debit_due(world.installation, lane=EVERY_BUCKET) >= 1
    await hold(world, bought)
    await resolve(world)

    assert await paid_minor(bought) == 0
    assert await resolve(world) == 0


async def test_a_dispute_holds_the_loan_it_is_about_and_no_other(world: World) -> None:
    first, second = await two_loans(world)
    await late(world, second, days=2)
    customer_id, about = await hold(world, first, kind=HoldKind.DISPUTE, of_loan=True)
    stood = await penalty(world, first), await penalty(world, second)
    world.pass_time(timedelta(days=10))

    assert await penalty(world, first) == stood[0]
    assert await penalty(world, second) > stood[1]
    assert await called(world, first) == (422, "contact_stopped")
    assert await called(world, second) is None
    await release(world, customer_id, about)
    world.pass_time(timedelta(days=1))
    assert await penalty(world, first) > stood[0]


async def test_one_hold_ends_and_another_goes_on(world: World) -> None:
    bought = await borrower(world)
    await late(world, bought, days=2)
    customer_id, hardship = await hold(world, bought)
    _, dispute = await hold(world, bought, kind=HoldKind.DISPUTE, of_loan=True)
    stood = await penalty(world, bought)
    await release(world, customer_id, hardship)
    world.pass_time(timedelta(days=5))
    assert await penalty(world, bought) == stood
    await release(world, customer_id, dispute)
    world.pass_time(timedelta(days=5))

    assert await penalty(world, bought) > stood


async def test_a_loan_drawn_while_everything_is_held_is_held_too(world: World) -> None:
    shopper = world.shopper(account_token=f"tok_ok_{uuid4().hex[:8]}")
    first = await world.lent(shopper, price_minor=240_000)
    world.pass_time(timedelta(seconds=61))
    signed = await world.signed(shopper, price_minor=120_000)
    await hold(world, first)
    await world.capture(signed)
    loans = (await shopper.get("/h5/loans"))["loans"]
    (signed.loan_id,) = [loan["loan_id"] for loan in loans if loan["loan_id"] != first.loan_id]
    await late(world, signed, days=20)

    assert await penalty(world, signed) == 0
