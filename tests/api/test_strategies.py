"""Strategies over HTTP: proposed by one, held to the engine, approved by another, in force from an instant."""

import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from fenqi.services.install import install_world
from fenqi.simulation.caller import Colleague
from fenqi.stores.shipped_world import load_world
from fenqi.workers.strategy_check import check_proposed
from world import World, open_world, refusal

pytestmark = pytest.mark.anyio
SHIPPED = (Path(__file__).parents[2] / "strategies" / "demo.jdm.json").read_text(encoding="utf-8")
INPUTS = 400
WHY = "as the committee wants it"


@pytest.fixture
async def world(database: str, tmp_path: Path) -> AsyncIterator[World]:
    """An installation of the test's own: who decides is the same for everybody."""
    async with open_world(database, tmp_path) as opened:
        yield opened


def with_value(key: str, value: str) -> str:
    """The shipped strategy with another value."""
    read = json.loads(SHIPPED)
    for node in read["nodes"]:
        for one in node["content"].get("expressions", ()):
            if one["key"] == key:
                one["value"] = value
    return json.dumps(read)


STRICT = with_value("approve_points_min", "9000")


async def proposed(world: World, who: Colleague, text: str = STRICT) -> str:
    body = {"name": "strict", "text": text, "remark": WHY}
    return (await who.post("/staff/strategies", body))["version"]


async def used(who: Colleague, version: str, role: str = "champion", **more: object) -> str:
    return (await who.post(f"/staff/strategies/{version}/uses", {"role": role, "reason": WHY, **more}))["use_id"]


async def refused(world: World, who: Colleague, path: str, body: object = None) -> tuple[int, str]:
    headers = {"authorization": f"Bearer {who.token}"}
    return refusal(await world.http.post(path, json=body or {}, headers=headers))


YES = {"is_approved": True, "reason": WHY}


async def test_the_strategy_that_ships_decides_where_nobody_chose_another(world: World):
    risk = await world.colleague("risk")

    found = await risk.get("/staff/strategies")

    (line,) = found["versions"]
    assert (line["role"], line["difference"], found["line_up"]["champion"]) == ("champion", "", line["version"])
    async with world.installation.transaction() as connection:
        await install_world(connection, world.installation.ports, load_world())
    assert len((await risk.get("/staff/strategies"))["uses"]) == 1


async def test_a_version_decides_once_it_was_checked_and_somebody_else_approved_it(world: World):
    risk, second = await world.colleague("risk"), await world.colleague("risk2")
    version = await proposed(world, risk)
    use_id = await used(risk, version)
    answer = f"/staff/strategy-uses/{use_id}/answer"
    assert await refused(world, risk, answer, YES) == (403, "strategy_own_proposal")
    assert await refused(world, second, answer, YES) == (409, "strategy_unchecked")

    assert await check_proposed(world.installation, inputs=INPUTS) == 1
    assert await check_proposed(world.installation, inputs=INPUTS) == 0
    answered = await second.post(answer, YES)

    assert (answered["is_approved"], answered["answered_by"]) == (True, "risk2")
    assert (await risk.get("/staff/strategies"))["line_up"]["champion"] == version
    assert await refused(world, second, answer, YES) == (409, "strategy_use_answered")
    trail = [line["action"] for line in (await (await world.colleague("compliance")).get("/staff/audit"))["audit"]]
    assert trail[:3] == ["approved_strategy_use", "proposed_strategy_use", "proposed_strategy"]
    kept = (await risk.get("/staff/authority"))["versions"]
    assert ("risk", "risk2") in {(one["proposed_by"], one["approved_by"]) for one in kept if one["version"] == version}


async def test_an_approved_version_waits_for_its_instant(world: World):
    risk, second = await world.colleague("risk"), await world.colleague("risk2")
    version = await proposed(world, risk)
    await check_proposed(world.installation, inputs=INPUTS)
    from_at = world.business.now() + timedelta(minutes=5)
    use_id = await used(risk, version, from_at=from_at.isoformat())
    await second.post(f"/staff/strategy-uses/{use_id}/answer", YES)
    assert (await risk.get("/staff/strategies"))["line_up"]["champion"] != version

    world.pass_time(timedelta(minutes=5))

    assert (await risk.get("/staff/strategies"))["line_up"]["champion"] == version


async def test_what_is_rejected_changes_nothing(world: World):
    risk, second = await world.colleague("risk"), await world.colleague("risk2")
    use_id = await used(risk, await proposed(world, risk))
    answer = f"/staff/strategy-uses/{use_id}/answer"
    no = {"is_approved": False, "reason": "too strict for us"}
    assert await refused(world, risk, answer, no) == (403, "strategy_own_proposal")

    await second.post(answer, no)

    found = await risk.get("/staff/strategies")
    assert [use["is_approved"] for use in found["uses"]] == [False, True]
    assert found["versions"][1]["role"] == "champion"


@pytest.mark.parametrize(
    ("key", "value", "code", "place"),
    [
        ("burden_percent", "floor(order_minor / exposure_minor)", "strategy_may_be_unknown", "Amounts/burden_percent"),
        ("approve_points_min", "floor(1 / 0)", "strategy_divisor_may_be_zero", "Cut-offs/approve_points_min"),
        ("limit_step_minor", "nothing + 1", "strategy_field_unknown", "Cut-offs/limit_step_minor"),
    ],
)
async def test_a_wrong_strategy_is_refused_with_its_place(world: World, key: str, value: str, code: str, place: str):
    risk = await world.colleague("risk")
    body = {"name": "wrong", "text": with_value(key, value), "remark": WHY}
    answer = await world.http.post("/staff/strategies", json=body, headers={"authorization": f"Bearer {risk.token}"})
    assert refusal(answer) == (400, code)
    assert place in answer.json()["refusal"]["what"]


async def test_the_same_strategy_is_proposed_once_and_shows_its_picture_and_differences(world: World):
    risk = await world.colleague("risk")
    body = {"name": "demo", "text": SHIPPED, "remark": WHY}
    assert await refused(world, risk, "/staff/strategies", body) == (409, "strategy_known")
    version = await proposed(world, risk)

    whole = await risk.get(f"/staff/strategies/{version}")
    told = await risk.get(f"/staff/strategies/{version}/differences?before={whole['champion']}")

    assert {node["kind"] for node in whole["nodes"]} >= {"inputNode", "outputNode", "switchNode", "decisionTableNode"}
    assert {edge["label"] for edge in whole["edges"]} >= {"points != null", "else", ""}
    assert [one["en"] for one in told["differences"]] == ["Cut-offs/approve_points_min: value was 560, is 9000"]
    assert "由「560」改为「9000」" in told["differences"][0]["zh"]
    assert await refused(world, risk, "/staff/strategies/none/uses", {"role": "shadow", "reason": WHY}) == (
        404,
        "strategy_version_unknown",
    )


async def test_a_halt_takes_one_and_its_end_two(world: World):
    risk, second = await world.colleague("risk"), await world.colleague("risk2")
    reviewer = await world.colleague("reviewer")
    assert await refused(world, reviewer, "/staff/halts", {"reason": WHY}) == (403, "role_missing")

    halt = await risk.post("/staff/halts", {"reason": "approvals look wrong"})

    path = f"/staff/halts/{halt['halt_id']}"
    assert (await risk.get("/staff/strategies"))["is_halted"]
    assert await refused(world, second, "/staff/halts", {"reason": WHY}) == (409, "halted_already")
    assert await refused(world, second, f"{path}/approval") == (409, "halt_end_not_asked")
    await risk.post(f"{path}/end", {"reason": "the cause is found"})
    assert await refused(world, risk, f"{path}/approval") == (403, "halt_own_end")
    await second.post(f"{path}/approval", {})
    assert not (await risk.get("/staff/strategies"))["is_halted"]
    assert await refused(world, second, f"{path}/approval") == (409, "halt_over")
