"""A service killed anywhere in a day's run loses no notice and sends none twice."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest

from dying import Killed, Life, dying
from fenqi.batch.send_notice import plan_reminders, send_due_notices
from fenqi.core.ledger.account import bucket_of
from fenqi.services.find_loan import find_loan
from fenqi.wiring import Installation
from world import Bought, World

pytestmark = pytest.mark.anyio
STEPS_MAX = 60


async def day_of(installation: Installation, b: int) -> None:
    await plan_reminders(installation, lane=[b])
    while await send_due_notices(installation, lane=[b]):
        pass


async def due_today(world: World) -> tuple[Bought, int]:
    """Somebody whose first instalment falls due today, and where they live."""
    bought = await world.lent()
    shown = await bought.shopper.get(f"/h5/loans/{bought.loan_id}")
    due = datetime.fromisoformat(shown["next_due_on"]).replace(hour=3, tzinfo=UTC)
    world.pass_time(due - world.business.now())
    async with world.installation.reading() as connection:
        loan = await find_loan(connection, loan_id=UUID(bought.loan_id))
    return bought, bucket_of(loan.customer_id)


async def test_dying_at_any_step_of_the_day_tells_everybody_once(world: World):
    for step in range(1, STEPS_MAX):
        bought, b = await due_today(world)
        life = Life(step)
        try:
            await day_of(dying(world, life), b)
        except Killed:
            world.pass_time(timedelta(minutes=3))
            await day_of(world.installation, b)
        sent = world.installation.stand_in_messages_to(bought.shopper.mobile)
        told = (await bought.shopper.get("/h5/inbox"))["messages"]
        due = [message for message in sent if message.kind == "servicing"]
        assert (len(due), len(told)) == (1, 1), f"died at step {step}"
        if life.count < step:
            assert step > 10
            return
    raise AssertionError("the day never ended")
