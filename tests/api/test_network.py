"""Ties to people are looked at with a consent for this very application only, and at most a person then looks."""

from datetime import timedelta
from typing import Any

import pytest

from fenqi.simulation.caller import Shopper
from world import Bought, World

pytestmark = pytest.mark.anyio


async def agree(bought: Bought) -> None:
    path = f"/h5/checkouts/{bought.checkout_id}/consents"
    (offered,) = (await bought.shopper.get(path))["optional"]
    assert (offered["purpose"], offered["ticked"]) == ("network", False)
    asked = {"purpose": "network", "recipient": "", "text_sha256": offered["text_sha256"]}
    await bought.shopper.post(path, {"consents": [asked | {"language": "zh-CN", "ticked": True}]})


async def layers_of(world: World, decision_id: str) -> dict[str, str]:
    seen = await (await world.colleague("risk")).get(f"/staff/decisions/{decision_id}")
    return {one["layer"]: one["verdict"] for one in seen["content"]["layers"]}


async def applied(world: World, shopper: Shopper, *, agrees: bool) -> dict[str, Any]:
    bought = await world.entered(shopper)
    if (await shopper.get(f"/h5/checkouts/{bought.checkout_id}/consents"))["consents"]:
        await shopper.consent(bought.checkout_id)
    if agrees:
        await agree(bought)
    return await shopper.ask(bought.checkout_id)


async def test_who_shares_a_device_with_somebody_late_waits_for_a_person_if_they_agreed(world: World):
    late, shopper, stranger = world.shopper(), world.shopper(), world.shopper()
    late.device = shopper.device = "0123456789abcdef0123456789abcdef"
    await world.lent(late)
    await world.close_days(62)
    world.pass_time(timedelta(minutes=2))
    await late.enter(await world.order())  # a tie holds for thirty days

    without = await applied(world, shopper, agrees=False)
    assert without["outcome"] == "approve"
    assert "network" not in await layers_of(world, without["decision_id"])

    tied = await applied(world, shopper, agrees=True)
    assert (tied["outcome"], [one["code"] for one in tied["reasons"]]) == ("refer", ["person_looks"])
    assert tied["needed"] == [], "that somebody else is late is not theirs to know"
    assert (await layers_of(world, tied["decision_id"]))["network"] == "more_needed"

    alone = await applied(world, stranger, agrees=True)
    assert (alone["outcome"], (await layers_of(world, alone["decision_id"]))["network"]) == ("approve", "pass")

    world.pass_time(timedelta(minutes=1))
    again = await applied(world, shopper, agrees=False)
    assert again["outcome"] == "approve", "the consent was for the application before"
