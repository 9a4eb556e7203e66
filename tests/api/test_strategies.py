"""Strategies over HTTP: proposed by one, held to the engine, approved by another, in force from an instant."""

import asyncio
import json
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import msgspec
import pytest
from applying import SHIPPED, with_value

from fenqi.core.decision.law import DecisionLaw
from fenqi.core.decision.outcome import decide
from fenqi.core.decision.record import decision_record, facts_of_record
from fenqi.core.ledger.account import id_in_bucket
from fenqi.services.install import install_world
from fenqi.services.review_decision import find_decision
from fenqi.simulation.caller import Colleague
from fenqi.stores import authority as authorities
from fenqi.stores import decision as decisions
from fenqi.stores.authority import Version
from fenqi.stores.model import load_scorecard
from fenqi.stores.shipped_text import load_strategy
from fenqi.stores.shipped_world import load_world
from fenqi.wiring import open_installation
from fenqi.workers.strategy_check import check_proposed
from world import World, refusal

pytestmark = pytest.mark.anyio
INPUTS = 400
WHY = "as the committee wants it"


@pytest.fixture
def world(town: World) -> World:
    """An installation of the test's own: who decides is the same for everybody."""
    return town


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


@pytest.mark.usefixtures("beside")
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
    body = {"name": "demo", "text": SHIPPED.decode(), "remark": WHY}
    assert await refused(world, risk, "/staff/strategies", body) == (409, "strategy_known")
    version = await proposed(world, risk)

    whole = await risk.get(f"/staff/strategies/{version}")
    told = await risk.get(f"/staff/strategies/{version}/differences?before={whole['champion']}")

    assert {node["kind"] for node in whole["nodes"]} >= {"inputNode", "outputNode", "switchNode", "decisionTableNode"}
    assert {edge["label"] for edge in whole["edges"]} >= {"points != null", "else", ""}
    assert [one["en"] for one in told["differences"]] == ["Cut-offs/approve_points_min: value was 560, is 9000"]
    assert "由「560」改为「9000」" in told["differences"][0]["zh"]
    assert await refused(world, risk, "/staff/strategies/none/uses", {"role": "champion", "reason": WHY}) == (
        404,
        "strategy_version_unknown",
    )


@pytest.mark.parametrize(
    ("from_at", "status", "code"),
    [
        ("9999-12-31T23:59:59-12:00", 400, "strategy_use_out_of_time"),
        ("0001-01-01T00:00:00+14:00", 400, "strategy_use_out_of_time"),
        ("2026-11-01T00:00:00", 400, "request_invalid"),
    ],
)
async def test_a_use_begins_in_a_time_that_can_be_looked_at(world: World, from_at: str, status: int, code: str):
    risk = await world.colleague("risk")
    champion = (await risk.get("/staff/strategies"))["line_up"]["champion"]
    body = {"role": "champion", "reason": WHY, "from_at": from_at}
    assert await refused(world, risk, f"/staff/strategies/{champion}/uses", body) == (status, code)


async def live(world: World, text: str, role: str = "champion", **more: object) -> str:
    """A version that somebody proposed and somebody else let in."""
    risk, second = await world.colleague("risk"), await world.colleague("risk2")
    version = await proposed(world, risk, text)
    await check_proposed(world.installation, inputs=INPUTS)
    use_id = await used(risk, version, role, **more)
    await second.post(f"/staff/strategy-uses/{use_id}/answer", YES)
    return version


async def replayed(world: World, decision_id: str) -> bool:
    risk = await world.colleague("risk")
    return (await risk.get(f"/staff/decisions/{decision_id}/replay"))["same_bytes"]


@pytest.mark.usefixtures("beside")
async def test_the_champion_decides_and_what_others_decided_before_replays_with_their_versions(world: World):
    risk = await world.colleague("risk")
    before = (await world.decided()).decision
    version = await live(world, STRICT)

    after = (await world.decided()).decision

    assert (before["outcome"], after["outcome"]) == ("approve", "refer")
    assert [reason["code"] for reason in after["reasons"]] == ["score_between_cutoffs"]
    whole = await risk.get(f"/staff/decisions/{after['decision_id']}")
    assert whole["content"]["strategy"] == {"name": "strict", "version": version, "role": "champion", "halted": False}
    assert await replayed(world, before["decision_id"])
    assert await replayed(world, after["decision_id"])


@pytest.mark.usefixtures("beside")
async def test_a_challenger_decides_on_its_share_of_the_customers(world: World):
    risk = await world.colleague("risk")
    await live(world, STRICT, "challenger", share_permille=500)
    found = [(await world.decided()).decision for _ in range(12)]
    assert {one["outcome"] for one in found} == {"approve", "refer"}
    for one in found[:3]:
        whole = await risk.get(f"/staff/decisions/{one['decision_id']}")
        role = "champion" if one["outcome"] == "approve" else "challenger"
        assert whole["content"]["strategy"]["role"] == role
        assert await replayed(world, one["decision_id"])


async def test_while_halted_everything_is_referred_and_a_person_can_approve_it(world: World):
    risk, second = await world.colleague("risk"), await world.colleague("risk2")
    halt = await risk.post("/staff/halts", {"reason": "approvals look wrong"})

    bought = await world.decided()

    assert bought.decision["outcome"] == "refer"
    assert [reason["code"] for reason in bought.decision["reasons"]] == ["decisions_halted"]
    assert await replayed(world, bought.decision["decision_id"])
    reviews = f"/staff/decisions/{bought.decision['decision_id']}/reviews"
    answered = await risk.post(reviews, {"verdict": "approve", "reason": "all in order", "found": "sound"})
    assert answered["checkout_status"] == "approved"
    await second.post(f"/staff/halts/{halt['halt_id']}/end", {"reason": "the cause is found"})
    await risk.post(f"/staff/halts/{halt['halt_id']}/approval", {})
    assert (await world.decided()).decision["outcome"] == "approve"


async def test_a_decision_by_the_list_of_rules_replays_with_the_versions_of_its_day(world: World):
    """Score and strategy have moved on since: both are read from what was kept."""
    ports, strategy = world.installation.ports, load_strategy()
    card = replace(load_scorecard(), version="1" * 64, base_points=load_scorecard().base_points + 1)
    kept = {
        ("strategy", strategy.version): strategy,
        ("scorecard", card.version): card,
    }
    made = (await world.decided()).decision
    async with world.installation.transaction() as connection:
        for (kind, version), content in kept.items():
            row = Version(kind, "old", version, ports.business.today(), "one", "another", ports.wall.now())
            await authorities.add(connection, row, content=json.loads(msgspec.json.encode(content)))
        stored = await find_decision(connection, decision_id=UUID(made["decision_id"]))
        content = json.loads(stored.content)
        by_list = decision_record(
            decide(
                facts_of_record(content),
                strategy=strategy,
                scorecard=card,
                law=msgspec.convert(content["law"], DecisionLaw),
                catalogue=ports.authority.catalogue,
                decided_at=stored.decided_at,
            )
        )
        old = replace(stored, decision_id=id_in_bucket(ports.new_id(), stored.b), content=by_list)
        await decisions.add(connection, old)
    assert json.loads(by_list)["format"] == 2
    assert await replayed(world, str(old.decision_id))


async def test_what_was_never_kept_cannot_be_replayed(world: World):
    made = (await world.decided()).decision
    ports = world.installation.ports
    async with world.installation.transaction() as connection:
        stored = await find_decision(connection, decision_id=UUID(made["decision_id"]))
        content = stored.content.replace(stored.strategy_version.encode(), b"0" * 64)
        other = replace(stored, decision_id=id_in_bucket(ports.new_id(), stored.b), content=content)
        await decisions.add(connection, other)
    risk = await world.colleague("risk")
    answer = await world.http.get(
        f"/staff/decisions/{other.decision_id}/replay", headers={"authorization": f"Bearer {risk.token}"}
    )
    assert refusal(answer) == (409, "version_not_kept")


@pytest.mark.usefixtures("beside")
async def test_another_process_hears_of_a_new_champion_and_of_a_halt(world: World):
    """A second installation on the same database takes it in without having been asked anything."""
    opening = open_installation(
        dsn=str(world.installation.pool.conninfo),
        home=world.home,
        address="",
        production=False,
        business=world.business,
    )
    async with opening as other:
        following = asyncio.ensure_future(other.follow_strategies())
        risk = await world.colleague("risk")
        waiting = await proposed(world, risk, with_value("approve_points_min", "9001"))
        await used(risk, waiting)
        version = await live(world, STRICT)
        await risk.post("/staff/halts", {"reason": "approvals look wrong"})
        deciding = other.ports.strategies.deciding(UUID(int=1), at=world.business.now())
        async with asyncio.timeout(1):
            while not deciding.is_halted:
                await asyncio.sleep(0.01)
                deciding = other.ports.strategies.deciding(UUID(int=1), at=world.business.now())
        following.cancel()
    assert deciding.strategy.version == version
    assert waiting in other.ports.strategies.live.compiled, "whoever approves it next does not wait"


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
