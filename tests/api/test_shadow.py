"""A shadow: let in by two, silent beside the champion, judging each decision once whatever dies in between."""

from datetime import timedelta
from uuid import UUID

import pytest
from applying import with_value

from fenqi.core.ledger.account import BUCKET_COUNT
from fenqi.core.strategy.oracle import INPUTS_MIN
from fenqi.stores import shadow as shadows
from fenqi.stores.fetch import Connection
from fenqi.stores.strategy import StoredStrategy, StrategyCheck, add, add_check
from fenqi.workers.shadow import Shadowing, shadow_decided
from world import World, refusal

pytestmark = pytest.mark.anyio
WHY = "as the committee wants it"


@pytest.fixture
def world(town: World) -> World:
    """An installation of the test's own: who decides is the same for everybody."""
    return town


async def let_in(world: World, version: str, role: str) -> str:
    """A use that one proposed and another approved."""
    risk, second = await world.colleague("risk"), await world.colleague("risk2")
    use_id = (await risk.post(f"/staff/strategies/{version}/uses", {"role": role, "reason": WHY}))["use_id"]
    await second.post(f"/staff/strategy-uses/{use_id}/answer", {"is_approved": True, "reason": WHY})
    return use_id


async def shadow(world: World, key: str, value: str) -> tuple[str, str]:
    """A version that runs as a shadow, and the use by which it does."""
    risk = await world.colleague("risk")
    body = {"name": "other", "text": with_value(key, value), "remark": WHY}
    version = (await risk.post("/staff/strategies", body))["version"]
    async with world.installation.transaction() as connection:
        checked = StrategyCheck(version, INPUTS_MIN, "", world.business.now())
        await add_check(connection, checked)
    return version, await let_in(world, version, "shadow")


async def test_shadows_say_what_they_would_have_decided_and_decide_nothing(world: World):
    risk = await world.colleague("risk")
    await world.decided()
    strict, strict_use = await shadow(world, "approve_points_min", "9000")
    _, mild_use = await shadow(world, "threshold_orders_in_24h", "9")

    made = [(await world.decided()).decision for _ in range(2)]

    assert [one["outcome"] for one in made] == ["approve", "approve"]
    assert await shadow_decided(world.installation) > 0
    assert await shadow_decided(world.installation) == 0
    lines = {line["use_id"]: line for line in (await risk.get("/staff/shadows"))["shadows"]}
    assert (lines[strict_use]["decision_count"], lines[strict_use]["alike_permille"]) == (2, 0)
    assert (lines[mild_use]["decision_count"], lines[mild_use]["alike_permille"]) == (2, 1000)
    found = await risk.get(f"/staff/shadows/{strict_use}")
    (day,) = found["days"]
    assert day["moved"] == [
        {
            "before": "approve",
            "after": "refer",
            "count": 2,
            "reasons": [{"code": "score_between_cutoffs", "count": 2}],
        }
    ]
    assert {one["decision_id"] for one in found["changes"]} == {one["decision_id"] for one in made}
    listed = await risk.get("/staff/strategies")
    assert {one["use_id"] for one in listed["line_up"]["shadows"]} == {strict_use, mild_use}
    assert {line["role"] for line in listed["versions"]} == {"champion", "shadow"}

    world.pass_time(timedelta(minutes=1))
    await let_in(world, strict, "retired")
    world.pass_time(timedelta(minutes=2))
    await world.decided()
    await shadow_decided(world.installation)

    lines = {line["use_id"]: line for line in (await risk.get("/staff/shadows"))["shadows"]}
    assert (lines[strict_use]["decision_count"], lines[mild_use]["decision_count"]) == (2, 3)
    async with world.installation.transaction() as connection:
        assert [str(place.use_id) for place in await shadows.take_places(connection)] == [mild_use]
    answer = await world.http.get(
        f"/staff/shadows/{made[0]['decision_id']}", headers={"authorization": f"Bearer {risk.token}"}
    )
    assert refusal(answer) == (404, "shadow_unknown")


async def test_a_text_that_cannot_be_read_stops_no_other_shadow(world: World):
    _, use_id = await shadow(world, "approve_points_min", "9000")
    risk = await world.colleague("risk")
    async with world.installation.transaction() as connection:
        old = StoredStrategy("0" * 64, "old", b'{"nodes": []}', WHY, "risk", world.business.now())
        await add(connection, old)
        await add_check(connection, StrategyCheck(old.version, INPUTS_MIN, "", world.business.now()))
    unread = await let_in(world, old.version, "shadow")
    await world.decided()

    assert await shadow_decided(world.installation) > 0
    assert await shadow_decided(world.installation) == 0

    lines = {line["use_id"]: line for line in (await risk.get("/staff/shadows"))["shadows"]}
    assert (lines[use_id]["decision_count"], lines[use_id]["is_readable"]) == (1, True)
    assert (lines[unread]["decision_count"], lines[unread]["is_readable"]) == (0, False)

    world.pass_time(timedelta(minutes=1))
    await let_in(world, old.version, "champion")
    world.pass_time(timedelta(minutes=1))
    assert (await world.decided()).decision["outcome"] == "refer"
    await shadow_decided(world.installation)
    assert await rows(world) == 1
    async with world.installation.transaction() as connection:
        for place in await shadows.take_places(connection):
            assert not await shadows.decided(
                connection, lane=range(BUCKET_COUNT), after_id=place.after_id, until_id=UUID(int=2**128 - 1), most=1
            )


async def test_nothing_is_left_out_and_nothing_judged_twice(world: World, monkeypatch: pytest.MonkeyPatch):
    _, use_id = await shadow(world, "approve_points_min", "9000")
    await world.decided()
    move = shadows.move_places

    async def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(shadows, "move_places", killed)
    with pytest.raises(KeyboardInterrupt):
        await shadow_decided(world.installation)
    monkeypatch.setattr(shadows, "move_places", move)
    assert await rows(world) == 0

    shadowing = Shadowing(None, settle_ms=0)
    async with world.installation.pool.connection() as late, late.transaction():
        await late.execute("select pg_current_xact_id()")
        assert await shadowing.step(world.installation) == 0
        assert await rows(world) == 0
    while await shadowing.step(world.installation):
        pass
    assert await rows(world) == 1

    async with world.installation.transaction() as working:
        assert await shadows.take_places(working)
        await world.decided()
        assert await Shadowing(None, settle_ms=0).step(world.installation) == 0
    await shadow_decided(world.installation)
    assert await rows(world) == 2
    risk = await world.colleague("risk")
    assert (await risk.get(f"/staff/shadows/{use_id}"))["decision_count"] == 2


async def rows(world: World) -> int:
    connection: Connection
    async with world.installation.reading() as connection:
        lane = list(range(BUCKET_COUNT))
        found = await connection.execute("select count(*) from shadow_decision where b = any(%s)", (lane,))
        (row,) = await found.fetchall()
        return row[0]
