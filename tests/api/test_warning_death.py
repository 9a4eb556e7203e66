"""A service killed anywhere in a day's run loses no warning and sends none twice; days missed are made up for."""

from collections.abc import AsyncIterator
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID

import pytest

from dying import Killed, Life, dying
from fenqi.batch.close_day import catch_up
from fenqi.batch.send_notice import send_due_notices
from fenqi.batch.warn_due import warn_due
from fenqi.core.ledger.account import bucket_of
from fenqi.services.open_session import customer_of_session
from fenqi.services.raise_warning import raise_warnings
from fenqi.stores import warning as warnings
from fenqi.stores import warning_rules
from fenqi.stores.warning import StoredWarning, WarningStep
from fenqi.stores.warning_rules import WARNING_RULES
from fenqi.wiring import Installation
from warned import fail_a_debit, judge_by, warn
from world import EVERY_BUCKET, Bought, Installed, World, open_world

pytestmark = pytest.mark.anyio
STEPS_MAX = 60
REMINDER = "温馨提示"
DAY = timedelta(days=1)


@pytest.fixture
async def world(installed: Installed, tmp_path: Path) -> AsyncIterator[World]:
    """An installation of the test's own, in which nobody is left out for measuring."""
    async with open_world(installed, tmp_path) as opened:
        await judge_by(opened, held_out_permille=0)
        yield opened


async def run(installation: Installation, b: int) -> None:
    """A day is closed, everybody is looked at, and what there is to say is said."""
    await catch_up(installation, lane=[b])
    await warn_due(installation, lane=[b])
    while await send_due_notices(installation, lane=[b]):
        pass


async def warned(world: World, bought: Bought) -> tuple[list[StoredWarning], list[WarningStep]]:
    async with world.installation.transaction() as connection:
        customer_id = await customer_of_session(connection, world.installation.ports, token=bought.shopper.token)
        b = bucket_of(customer_id)
        found = await warnings.of_customer(connection, b=b, customer_id=customer_id)
        steps = [step for each in found for step in await warnings.steps(connection, b=b, warning_id=each.warning_id)]
    return list(found), steps


async def reminded(world: World, bought: Bought) -> tuple[int, int]:
    """How often a borrower was reminded, by short message and in the inbox."""
    sent = world.installation.stand_in_messages_to(bought.shopper.mobile)
    told = (await bought.shopper.get("/h5/inbox"))["messages"]
    return sum(REMINDER in each.text for each in sent), sum(REMINDER in each["text"] for each in told)


async def seen_on(world: World, bought: Bought, *, after: date) -> set[date]:
    """The days after one under which signs of a borrower's bucket are kept."""
    b = await bucket(world, bought)
    async with world.installation.transaction() as connection:
        found = await warning_rules.signs(connection, b=b, after_id=UUID(int=0), limit=1_000)
    return {row.seen_on for row in found if row.seen_on > after}


async def bucket(world: World, bought: Bought) -> int:
    async with world.installation.transaction() as connection:
        return bucket_of(await customer_of_session(connection, world.installation.ports, token=bought.shopper.token))


async def test_dying_at_any_step_warns_everybody_once(world: World):
    for step in range(1, STEPS_MAX):
        bought = await world.lent()
        b = await bucket(world, bought)
        await fail_a_debit(world, bought, request_id="one")
        world.pass_time(DAY)
        life = Life(step)
        try:
            await run(dying(world, life), b)
        except Killed:
            world.pass_time(timedelta(minutes=3))
            await run(world.installation, b)
        (warning,), steps = await warned(world, bought)
        assert [(each.action, each.cause) for each in steps] == [("reminder", "debit_failed")], f"died at step {step}"
        assert warning.last_on >= warning.opened_on
        assert await reminded(world, bought) == (1, 1), f"died at step {step}"
        if life.count < step:
            assert step > 12
            return
    raise AssertionError("the day never ended")


async def test_days_on_which_the_service_was_down_are_made_up_for_and_told_of_once(world: World):
    bought = await world.lent()
    await world.close_days(1)
    await warn(world)
    instalment = (await bought.shopper.loan(bought.loan_id))["instalments"][0]
    due_in = (world.business.today().fromisoformat(instalment["due_on"]) - world.business.today()).days
    await world.close_days(due_in)
    assert await warn(world) == 0
    down_since = world.business.today()

    world.pass_time(14 * DAY)
    assert await warn(world) == 0, "nothing was closed meanwhile"
    await catch_up(world.installation, lane=EVERY_BUCKET)
    assert await warn(world) == 1
    assert await seen_on(world, bought, after=down_since) == {world.business.today() - DAY}, (
        "what is found now is today's"
    )
    (warning,), (step,) = await warned(world, bought)
    assert down_since < warning.opened_on < step.taken_on == world.business.today() - DAY
    await send_due_notices(world.installation, lane=EVERY_BUCKET)
    assert await reminded(world, bought) == (1, 1)
    assert await warn(world) == 0


async def test_a_day_before_the_last_look_changes_nothing(world: World):
    bought = await world.lent()
    await world.close_days(1)
    await warn(world)
    await fail_a_debit(world, bought, request_id="one")
    world.pass_time(DAY)
    assert await warn(world) == 1, "looked at today, before yesterday was closed"
    before, _ = await warned(world, bought)
    await catch_up(world.installation, lane=EVERY_BUCKET)
    assert await warn(world) == 0
    assert (await warned(world, bought))[0] == before


async def test_a_day_before_the_first_strategy_is_judged_by_that_one(world: World):
    before = world.business.today() - DAY
    bought = await world.lent()
    await fail_a_debit(world, bought, request_id="one")
    async with world.installation.transaction() as connection:
        assert await WARNING_RULES.in_force(connection, on=before) is None
        assert await raise_warnings(connection, world.installation.ports, lane=EVERY_BUCKET, on=before) == 0
