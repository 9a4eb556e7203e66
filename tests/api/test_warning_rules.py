"""A warning strategy is proposed by one, tried on all that was seen, and let in by another."""

import json
from datetime import timedelta
from typing import Any

import pytest

from fenqi.api.shape.warning import SHAPES
from fenqi.stores import warning_rules
from fenqi.workers.back_test import SILENT_SECONDS
from fenqi.workers.warning_trial import run_warning_trial
from warned import fail_a_debit, warn
from world import World, refusal

pytestmark = pytest.mark.anyio
PATH = "/staff/warning-rules"
AGREED = {"is_approved": True, "reason": "as the committee wants"}


@pytest.fixture
def world(town: World) -> World:
    """An installation of the test's own: the strategy is the same for everybody."""
    return town


async def asked(world: World, who: str, path: str, body: dict[str, Any]) -> Any:
    token = (await world.colleague(who)).token
    return await world.http.post(path, json=body, headers={"authorization": f"Bearer {token}"})


async def tried(world: World, version: str) -> dict[str, Any]:
    """The trial of a version, once it was asked for and a process has died over it."""
    trials = f"{PATH}/{version}/trials"
    assert (await asked(world, "risk", trials, {})).status_code == 201
    assert refusal(await asked(world, "risk", trials, {})) == (409, "warning_trial_runs")
    async with world.installation.transaction() as connection:
        wall = world.installation.ports.wall
        assert await warning_rules.take(connection, at=wall.now(), silent_since=wall.now())
    assert await run_warning_trial(world.installation) == 0
    world.wall.move(timedelta(seconds=SILENT_SECONDS + 1))
    assert await run_warning_trial(world.installation) == 1
    listed = await (await world.colleague("risk")).get(PATH)
    SHAPES["GET", PATH].model_validate(listed)
    return listed["versions"][0]["trial"]


async def test_a_strategy_is_tried_on_what_was_seen_and_let_in_by_a_second_person(world: World):
    bought = await world.lent()
    await fail_a_debit(world, bought, request_id="one")
    assert await warn(world) == 1
    risk = await world.colleague("risk")
    listed = await risk.get(PATH)
    shipped = listed["versions"][0]
    assert listed["in_force"] == shipped["version"]
    wanted = json.loads(shipped["text"]) | {"outcome_days": 90, "calm_days": 10}

    malformed = json.dumps(wanted | {"calm_days": 0})
    refused = await asked(world, "risk", PATH, {"text": malformed, "remark": "no calm"})
    assert refusal(refused) == (400, "warning_strategy_malformed")
    assert "calm_days" in refused.json()["refusal"]["what"]
    known = await asked(world, "risk", PATH, {"text": shipped["text"], "remark": "once more"})
    assert refusal(known) == (409, "warning_rules_known")
    proposed = await asked(world, "risk", PATH, {"text": json.dumps(wanted), "remark": "looks further"})
    version = proposed.json()["version"]
    answer = f"{PATH}/{version}/answer"
    assert refusal(await asked(world, "risk", answer, AGREED)) == (403, "warning_rules_own_proposal")
    assert refusal(await asked(world, "risk2", answer, AGREED)) == (409, "warning_rules_untried")
    assert refusal(await asked(world, "risk2", f"{PATH}/{'0' * 64}/trials", {})) == (404, "warning_rules_unknown")

    world.pass_time(timedelta(days=95))
    trial = await tried(world, version)
    assert (trial["state"], trial["lane_count"], trial["customer_count"]) == ("done", 256, 1)
    for side in (trial["result"]["proposed"], trial["result"]["present"]):
        assert [(line["rung"], line["count"]) for line in side["lines"]] == [("all", 1), ("reminder", 1)]
        assert (side["behind_count"], side["foretold_count"]) == (1, 1)
    line = trial["result"]["proposed"]["lines"][0]
    assert (line["judged_count"], line["true_count"], line["precision_permille"]) == (1, 1, 1000)
    assert line["lead_days"] >= 55
    assert trial["result"]["unseen"] == []

    far = {**AGREED, "from_on": (world.business.today() + timedelta(days=367)).isoformat()}
    assert refusal(await asked(world, "risk2", answer, far)) == (400, "warning_rules_out_of_time")
    assert (await asked(world, "risk2", answer, AGREED)).status_code == 201
    assert refusal(await asked(world, "risk2", answer, AGREED)) == (409, "warning_rules_answered")
    assert (await risk.get(PATH))["in_force"] == version

    await fail_a_debit(world, bought, request_id="two")
    await warn(world)
    (warning,) = (await risk.get("/staff/warnings?is_open=true"))["warnings"]
    shown = await risk.get(f"/staff/warnings/{warning['warning_id']}")
    assert shown["strategy_version"] == version
    assert all(step["is_replayed_alike"] for step in shown["steps"])
    collector = await world.colleague("collector")
    forbidden = await world.http.get(PATH, headers={"authorization": f"Bearer {collector.token}"})
    assert forbidden.status_code == 403
