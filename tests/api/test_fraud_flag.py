"""A loan that somebody else may have taken out: flagged and cleared by two people, meanwhile pressed for by nobody."""

from typing import Any
from uuid import uuid4

import pytest

from world import Bought, World, refusal

pytestmark = pytest.mark.anyio


async def posted(world: World, role: str, path: str, body: dict[str, Any]) -> Any:
    who = await world.colleague(role)
    return await world.http.post(path, json=body, headers={"authorization": f"Bearer {who.token}"})


async def asked(world: World, bought: Bought, kind: str) -> Any:
    body = {"change": {"kind": kind}, "reason": "the customer says it was not them", "request_id": uuid4().hex}
    return await posted(world, "collector", f"/staff/loans/{bought.loan_id}/changes", body)


async def approved(world: World, change: dict[str, Any]) -> Any:
    path = f"/staff/loans/{change['loan_id']}/changes/{change['change_id']}/answer"
    return await posted(
        world, "finance", path, {"approved": True, "why": "papers seen", "seen_seq": change["seen_seq"]}
    )


async def contacted(world: World, bought: Bought) -> Any:
    body = {
        "loan_id": bought.loan_id,
        "purpose": "collection",
        "channel": "call",
        "template": "overdue",
        "request_id": uuid4().hex,
    }
    return await posted(world, "collector", "/staff/contacts", body)


@pytest.fixture(scope="module")
async def bought(world: World) -> Bought:
    found = await world.lent()
    await world.close_days(45)
    return found


async def standing(world: World, bought: Bought) -> dict[str, Any]:
    collector = await world.colleague("collector")
    return await collector.get(f"/staff/loans/{bought.loan_id}")


async def test_one_person_proposes_the_flag_and_another_posts_it(world: World, bought: Bought):
    change = (await asked(world, bought, "fraud_flag")).json()
    assert (change["state"], (await standing(world, bought))["fraud_flagged_on"]) == ("proposed", None)
    assert (await approved(world, change)).json()["state"] == "posted"
    shown = await standing(world, bought)
    assert shown["fraud_flagged_on"] == world.business.today().isoformat()
    assert shown["timeline"][-1]["what"] == "fraud_flagged"
    assert refusal(await asked(world, bought, "fraud_flag")) == (409, "fraud_flagged_already")


async def test_while_it_lasts_nobody_collects_and_lateness_costs_nothing(world: World, bought: Bought):
    before = await standing(world, bought)
    await world.close_days(10)
    after = await standing(world, bought)
    assert before["overdue"]["penalty_minor"] > 0
    assert after["outstanding"]["penalty_minor"] == before["outstanding"]["penalty_minor"]
    assert after["days_past_due"] == before["days_past_due"] + 10
    assert refusal(await contacted(world, bought))[1] == "contact_stopped"
    assert await world.findings() == []


async def test_while_it_lasts_the_customer_is_on_our_list_and_signs_for_nothing(world: World, bought: Bought):
    again = await world.decided(bought.shopper)
    rules = {rule["code"]: rule["passed"] for rule in await facts_of(world, again)}
    assert rules["lender_list"] is False


async def facts_of(world: World, again: Bought) -> list[dict[str, Any]]:
    risk = await world.colleague("risk")
    decision = await risk.get(f"/staff/decisions/{again.decision['decision_id']}")
    return decision["content"]["rules"]


async def test_two_people_lift_it_and_lateness_costs_again(world: World, bought: Bought):
    change = (await asked(world, bought, "fraud_clearance")).json()
    assert (await approved(world, change)).json()["state"] == "posted"
    before = await standing(world, bought)
    await world.close_days(10)
    after = await standing(world, bought)
    assert before["fraud_flagged_on"] is None
    assert after["outstanding"]["penalty_minor"] > before["outstanding"]["penalty_minor"]
    assert refusal(await asked(world, bought, "fraud_clearance")) == (409, "fraud_not_flagged")
    assert await world.findings() == []
