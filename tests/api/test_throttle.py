"""What could be found out by trying is not tried for ever."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import httpx
import pytest

from fenqi.core.identity.throttle import LOG_IN, REGISTRY_CHECK
from fenqi.simulation.caller import Shopper
from fenqi.simulation.person import Person
from world import World, refusal

pytestmark = pytest.mark.anyio


def doubted(world: World, number: int) -> Person:
    """Somebody of whom the stand-in registry says that they are not who they say."""
    return replace(world.somebody(), mobile=f"139{number:04}0001")


async def say_who(world: World, shopper: Shopper, checkout_id: str, *, said: Person) -> httpx.Response:
    headers = {"authorization": f"Bearer {shopper.token}"}
    identity: dict[str, Any] = {"name": said.name, "id_number": said.id_number}
    return await world.http.post(f"/h5/checkouts/{checkout_id}/identity", json=identity, headers=headers)


async def log_in(world: World, login: str, password: str):
    return await world.http.post("/staff/session", json={"login": login, "password": password})


@pytest.mark.parametrize("login", ["finance", "nobody-of-that-name"])
async def test_a_login_tried_too_often_is_closed_for_a_while_also_to_the_right_password(world: World, login: str):
    for _ in range(LOG_IN.tries_max):
        assert refusal(await log_in(world, login, "wrong")) == (401, "login_refused")

    assert refusal(await log_in(world, login, "wrong")) == (429, "log_in_too_often")
    assert refusal(await log_in(world, login, world.passwords["finance"])) == (429, "log_in_too_often")
    assert (await log_in(world, "risk", world.passwords["risk"])).is_success

    world.wall.move(LOG_IN.window)
    assert refusal(await log_in(world, login, "wrong")) == (401, "login_refused")


async def test_logging_in_rightly_begins_to_count_anew(world: World):
    for _ in range(2 * LOG_IN.tries_max):
        assert (await log_in(world, "risk", world.passwords["risk"])).is_success


async def test_the_registry_is_asked_by_a_customer_so_often_a_day(world: World):
    shopper, checkout_id = world.shopper(doubted(world, 1)), await world.order()
    await shopper.enter(checkout_id)
    for _ in range(REGISTRY_CHECK.tries_max):
        answer = await say_who(world, shopper, checkout_id, said=world.somebody())
        assert refusal(answer) == (422, "identity_mismatch")

    answer = await say_who(world, shopper, checkout_id, said=world.somebody())

    assert refusal(answer) == (429, "identity_checked_too_often")
    world.wall.move(timedelta(days=1))
    checkout_id = await world.order()
    await shopper.enter(checkout_id)
    answer = await say_who(world, shopper, checkout_id, said=world.somebody())
    assert refusal(answer) == (422, "identity_mismatch")


async def test_an_identity_number_is_not_tried_from_one_phone_after_another(world: World):
    wanted, codes = world.somebody(), list[str]()
    for number in range(2, REGISTRY_CHECK.tries_max + 3):
        thief, checkout_id = world.shopper(doubted(world, number)), await world.order()
        await thief.enter(checkout_id)
        codes.append(refusal(await say_who(world, thief, checkout_id, said=wanted))[1])

    assert codes == ["identity_mismatch"] * REGISTRY_CHECK.tries_max + ["identity_checked_too_often"]
