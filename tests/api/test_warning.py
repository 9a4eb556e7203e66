"""Signs of difficulty raise warnings during the day and at its end: kept, made again, done once, and ended."""

import asyncio
import json
from datetime import timedelta
from uuid import UUID

import pytest

from fenqi.batch.refresh_limits import refresh_limits_due
from fenqi.batch.send_notice import send_due_notices
from fenqi.core.ledger.account import bucket_of
from fenqi.core.warning.record import replay_judgement
from fenqi.gateways.payment.stand_in_conduct import OK
from fenqi.services.open_session import customer_of_session
from fenqi.services.show_warning import warning_effects
from fenqi.services.warning_rules import warning_strategy
from fenqi.stores import limit as limits
from fenqi.stores import warning as warnings
from fenqi.stores.warning import StoredWarning, WarningStep
from paying import channel_of
from warned import fail_a_debit, judge_by, warn
from world import EVERY_BUCKET, Bought, World

pytestmark = pytest.mark.anyio


@pytest.fixture
async def world(town: World) -> World:
    """An installation of the test's own, in which nobody is left out for measuring unless a test wants it."""
    await judge_by(town, held_out_permille=0)
    return town


async def warned(world: World, bought: Bought) -> tuple[list[StoredWarning], list[WarningStep]]:
    """The customer's warnings and their steps, each made again from its record."""
    async with world.installation.transaction() as connection:
        customer_id = await customer_of_session(connection, world.installation.ports, token=bought.shopper.token)
        b = bucket_of(customer_id)
        found = await warnings.of_customer(connection, b=b, customer_id=customer_id)
        steps = [step for each in found for step in await warnings.steps(connection, b=b, warning_id=each.warning_id)]
        strategy = await warning_strategy(connection, on=world.business.today())
    for step in steps:
        assert replay_judgement(step.content, strategy=strategy) == step.content
    return list(found), steps


async def is_suspended(world: World, bought: Bought) -> bool:
    await refresh_limits_due(world.installation, lane=EVERY_BUCKET)
    async with world.installation.transaction() as connection:
        customer_id = await customer_of_session(connection, world.installation.ports, token=bought.shopper.token)
        line = await limits.find(connection, b=bucket_of(customer_id), customer_id=customer_id)
    assert line is not None
    return line.is_suspended


async def test_a_failed_debit_warns_while_the_day_runs_once_and_climbs_with_the_next(world: World):
    bought = await world.lent()
    assert await warn(world) == 0
    await fail_a_debit(world, bought, request_id="one")

    assert sum(await asyncio.gather(*(warn(world) for _ in range(3)))) == 1
    assert await warn(world) == 0
    (warning,), (step,) = await warned(world, bought)
    assert (step.action, step.cause, step.points, step.is_held_out) == ("reminder", "debit_failed", 15, False)
    assert json.loads(step.content)["judged"]["score"]["reasons"] == [
        {"fact": "failed_debit_count", "value": 1, "points": 15}
    ]
    assert (warning.rung, warning.opened_on, warning.closed_on) == ("reminder", world.business.today(), None)

    await send_due_notices(world.installation, lane=EVERY_BUCKET)
    inbox = (await bought.shopper.get("/h5/inbox"))["messages"]
    assert sum("温馨提示" in message["text"] for message in inbox) == 1

    await fail_a_debit(world, bought, request_id="two")
    await fail_a_debit(world, bought, request_id="three")
    assert await warn(world) == 0, "the next rung waits for its day"
    await world.close_days(4)
    assert await warn(world) == 1
    _, steps = await warned(world, bought)
    assert [(each.action, each.cause) for each in steps] == [("reminder", "debit_failed"), ("offer", "day")]
    assert await world.findings() == []


async def test_signs_enough_suspend_the_line_and_calm_days_bring_it_back(world: World):
    bought = await world.lent()
    for request_id in ("one", "two", "three"):
        await fail_a_debit(world, bought, request_id=f"request-{request_id}")
    for _ in range(3):
        await warn(world)
        await world.close_days(3)
    await warn(world)

    _, steps = await warned(world, bought)
    assert [each.action for each in steps] == ["reminder", "offer", "freeze_limit"]
    risk = await world.colleague("risk")
    (line,) = (await risk.get("/staff/warnings?is_open=true&rung=freeze_limit"))["warnings"]
    shown = await risk.get(f"/staff/warnings/{line['warning_id']}")
    assert [each["action"] for each in shown["steps"]] == ["reminder", "offer", "freeze_limit"]
    assert [reason["code"] for reason in shown["steps"][0]["reasons"]] == ["failed_debit_count"]
    assert (await risk.get("/staff/warning-effects"))["effects"] == []
    assert await is_suspended(world, bought)
    line = await bought.shopper.get("/h5/limit")
    assert "warned" in json.dumps(line)

    await channel_of(world).set_conduct(bought.shopper.account_token, OK)
    await bought.shopper.pay(bought.loan_id, amount_minor=None, request_id="request-all")
    for days in (1, 14):
        assert await is_suspended(world, bought)
        await world.close_days(days)
        assert await warn(world) == 0
    (warning,), _ = await warned(world, bought)
    assert (warning.points, warning.closed_on) == (0, warning.last_on + timedelta(days=14))
    assert not await is_suspended(world, bought)


async def test_a_step_left_out_is_kept_does_nothing_and_is_measured(world: World):
    strategy = await judge_by(world, held_out_permille=999)
    bought = await world.lent()
    await fail_a_debit(world, bought, request_id="one")
    assert await warn(world) == 1
    _, (step,) = await warned(world, bought)
    assert step.is_held_out
    await send_due_notices(world.installation, lane=EVERY_BUCKET)
    inbox = (await bought.shopper.get("/h5/inbox"))["messages"]
    assert not any("温馨提示" in message["text"] for message in inbox)

    world.pass_time(timedelta(days=strategy.outcome_days))
    async with world.installation.transaction() as connection:
        (found,) = await warning_effects(connection, world.installation.ports, strategy=strategy)
    assert (found.action, found.arms.held_out_count, found.arms.done_count, found.effect) == ("reminder", 1, 0, None)
    assert isinstance(step.step_id, UUID)


async def test_a_look_that_dies_in_the_middle_left_nothing_and_is_made_whole(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    bought = await world.lent()
    await fail_a_debit(world, bought, request_id="one")

    async def die(*_: object, **__: object) -> None:
        raise ConnectionError

    with monkeypatch.context() as dying:
        dying.setattr(warnings, "done", die)
        with pytest.raises(ConnectionError):
            await warn(world)
    assert await warned(world, bought) == ([], [])
    assert await warn(world) == 1
    _, steps = await warned(world, bought)
    assert [each.action for each in steps] == ["reminder"]
