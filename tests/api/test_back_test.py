"""A back-test: asked for, run beside the service, read, cancelled, and begun again after a death."""

from datetime import timedelta
from uuid import UUID

import pytest
from applying import with_value

from fenqi.stores import back_test as tests
from fenqi.workers import back_test as worker
from fenqi.workers.back_test import run_back_test
from world import World, refusal

pytestmark = [pytest.mark.anyio, pytest.mark.usefixtures("beside")]


async def asked(world: World, version: str, **days: str) -> str:
    """The path of a test over all days so far."""
    risk = await world.colleague("risk")
    today = world.business.today().isoformat()
    body = {"from_on": "2026-09-01", "until_on": today} | days
    return f"/staff/back-tests/{(await risk.post(f'/staff/strategies/{version}/back-tests', body))['back_test_id']}"


async def test_who_would_change_and_why(world: World):
    risk = await world.colleague("risk")
    made = [await world.decided() for _ in range(3)]
    shipped = (await risk.get("/staff/strategies"))["line_up"]["champion"]
    body = {"name": "strict", "text": with_value("approve_points_min", "9000"), "remark": "to see what it does"}
    strict = (await risk.post("/staff/strategies", body))["version"]
    same, other = await asked(world, shipped), await asked(world, strict)
    assert (await risk.get(same))["state"] == "waiting"

    assert [await run_back_test(world.installation) for _ in range(3)] == [1, 1, 0]

    unchanged, changed = await risk.get(same), await risk.get(other)
    assert (unchanged["state"], unchanged["progress_permille"], unchanged["decision_count"]) == ("done", 1000, 3)
    assert (unchanged["result"]["moved"], unchanged["result"]["changes"]) == ([], [])
    whole = unchanged["result"]["segments"][0]
    assert (whole["segment"], whole["approval_permille"], whole["profit_minor"] > 0) == ("all", 1000, True)
    (moved,) = changed["result"]["moved"]
    assert (moved["before"], moved["after"], moved["count"]) == ("approve", "refer", 3)
    assert moved["reasons"] == [{"code": "score_between_cutoffs", "count": 3}]
    assert {one["decision_id"] for one in changed["result"]["changes"]} == {one.decision["decision_id"] for one in made}
    listed = (await risk.get(f"/staff/strategies/{strict}/back-tests"))["back_tests"]
    assert [line["state"] for line in listed] == ["done"]


async def test_a_test_that_is_cancelled_stops_and_says_so(world: World, monkeypatch: pytest.MonkeyPatch):
    risk = await world.colleague("risk")
    await world.decided()
    path = await asked(world, (await risk.get("/staff/strategies"))["line_up"]["champion"])

    async def cancelled_meanwhile(_executor, function, *given):
        await risk.post(f"{path}/cancellation", {})
        return function(*given)

    monkeypatch.setattr(worker, "done_apart", cancelled_meanwhile)
    assert await run_back_test(world.installation) == 1
    found = await risk.get(path)
    assert (found["state"], found["result"]) == ("cancelled", None)
    headers = {"authorization": f"Bearer {risk.token}"}
    again = await world.http.post(f"{path}/cancellation", json={}, headers=headers)
    assert refusal(again) == (409, "back_test_ended")


async def test_a_test_whose_process_died_is_begun_again(world: World):
    risk = await world.colleague("risk")
    path = await asked(world, (await risk.get("/staff/strategies"))["line_up"]["champion"])
    now = world.installation.ports.wall.now()
    async with world.installation.transaction() as connection:
        taken = await tests.take(connection, at=now, silent_since=now)
    assert taken is not None
    assert taken.back_test_id == UUID(path.rsplit("/", 1)[1])
    assert await run_back_test(world.installation) == 0
    world.wall.move(timedelta(seconds=worker.SILENT_SECONDS + 1))
    assert await run_back_test(world.installation) == 1
    assert (await risk.get(path))["state"] == "done"


async def test_days_that_are_not_in_order_or_not_over_are_refused(world: World):
    risk = await world.colleague("risk")
    version = (await risk.get("/staff/strategies"))["line_up"]["champion"]
    headers = {"authorization": f"Bearer {risk.token}"}
    for days in (("2026-09-02", "2026-09-01"), ("2026-09-01", "2027-01-01")):
        body = dict(zip(("from_on", "until_on"), days, strict=True))
        answer = await world.http.post(f"/staff/strategies/{version}/back-tests", json=body, headers=headers)
        assert refusal(answer) == (400, "back_test_days_empty")
