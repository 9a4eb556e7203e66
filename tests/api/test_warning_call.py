"""Staff call whom a warning is about, as the law lets them, and tell what came of it."""

from datetime import timedelta
from typing import Any

import pytest

from collecting import at_hour, late_case
from fenqi.core.warning.strategy import Action
from fenqi.simulation.caller import Colleague
from warned import fail_a_debit, judge_by, warn
from world import Bought, World, refusal

pytestmark = pytest.mark.anyio
HELP = {"cause": "illness", "monthly_income_minor": 500_000, "monthly_living_minor": 400_000, "monthly_debts_minor": 0}


@pytest.fixture
async def world(town: World) -> World:
    """An installation of the test's own, in which a warning is a call at once."""
    await judge_by(town, held_out_permille=0, actions=(Action.CALL,))
    return town


async def to_call(world: World) -> tuple[Bought, str, Colleague]:
    """A borrower who is to be called, the warning, and who calls."""
    bought = await world.lent()
    await fail_a_debit(world, bought, request_id="one")
    assert await warn(world) == 1
    risk = await world.colleague("risk")
    line = (await risk.get("/staff/warnings?call=to_make"))["warnings"][0]
    return bought, f"/staff/warnings/{line['warning_id']}", risk


async def asked(world: World, who: Colleague, path: str, body: dict[str, Any]) -> Any:
    return await world.http.post(path, json=body, headers={"authorization": f"Bearer {who.token}"})


async def begun(who: Colleague, warning: str, *, request_id: str = "request-1") -> str:
    return (await who.post(f"{warning}/calls", {"request_id": request_id}))["contact_id"]


async def test_a_call_is_due_listed_begun_once_and_answered_once(world: World):
    bought, warning, risk = await to_call(world)
    shown = await risk.get(warning)
    due = world.business.today() + timedelta(days=2)
    assert (shown["call_due_on"], shown["is_call_overdue"], shown["calls"]) == (due.isoformat(), False, [])
    assert (await risk.get("/staff/warnings?call=overdue"))["warnings"] == []
    world.pass_time(timedelta(days=3))
    (late,) = (await risk.get("/staff/warnings?call=overdue"))["warnings"]
    assert late["is_call_overdue"]

    first = await risk.post(f"{warning}/calls", {"request_id": "request-1"})
    assert first["mobile"] == bought.shopper.mobile
    assert await begun(risk, warning) == first["contact_id"]
    answer = f"{warning}/calls/{first['contact_id']}/answer"
    assert refusal(await asked(world, risk, answer, {"answered": "nobody", "said": "no_calls"})) == (
        400, "warning_answer_contradicts",
    )  # fmt: skip
    shown = await risk.post(answer, {"answered": "nobody"})
    assert [(call["answered"], call["said"]) for call in shown["calls"]] == [("nobody", None)]
    assert shown["call_due_on"] == (world.business.today() + timedelta(days=1)).isoformat()

    world.pass_time(timedelta(minutes=1))
    answer = f"{warning}/calls/{await begun(risk, warning, request_id='request-2')}/answer"
    pays_on = (world.business.today() + timedelta(days=5)).isoformat()
    told = {"answered": "borrower", "said": "will_pay", "pays_on": pays_on, "words": "wages come on Friday"}
    shown = await risk.post(answer, told)
    assert shown == await risk.post(answer, told), "the same answer again"
    assert refusal(await asked(world, risk, answer, {"answered": "nobody"})) == (409, "outcome_told")
    assert (shown["call_due_on"], shown["calls"][1]["pays_on"]) == (None, pays_on)
    assert (await risk.get("/staff/warnings?call=to_make"))["warnings"] == []
    wanted = await asked(world, risk, f"{warning}/calls", {"request_id": "request-3"})
    assert refusal(wanted) == (409, "warning_call_not_wanted")

    collector = await world.colleague("collector")
    events = (await collector.get(f"/staff/customers/{shown['customer_id']}/timeline"))["events"]
    assert {("warning_step", "call"), ("warning_answer", "said_will_pay"), ("warning_answer", "answered_nobody")} <= {
        (event["kind"], event["told"]) for event in events
    }
    compliance = await world.colleague("compliance")
    assert (await asked(world, compliance, answer, told)).status_code == 403
    assert await world.findings() == []


async def test_what_was_said_is_written_down_where_it_belongs(world: World):
    _, warning, risk = await to_call(world)
    answer = f"{warning}/calls/{await begun(risk, warning)}/answer"
    wrong = {"answered": "borrower", "said": "disputes", "dispute": {"cause": "goods", "text": "it came broken"}}
    assert refusal(await asked(world, risk, answer, wrong)) == (400, "complaint_incomplete")
    assert (await risk.get(warning))["calls"][0]["answered"] is None, "nothing half done"
    shown = await risk.post(answer, {"answered": "borrower", "said": "needs_help", "help": HELP})
    asked_for = await risk.get(f"/staff/hardship/{shown['calls'][0]['hardship_id']}")
    assert (asked_for["asked_by"], asked_for["cause"]) == ("risk", "illness")

    _, warning, risk = await to_call(world)
    answer = f"{warning}/calls/{await begun(risk, warning)}/answer"
    disputed = {"cause": "cost", "text": "the fee is wrong"}
    shown = await risk.post(answer, {"answered": "borrower", "said": "disputes", "dispute": disputed})
    complaint = await risk.get(f"/staff/complaints/{shown['calls'][0]['complaint_id']}")
    assert (complaint["channel"], complaint["cause"]) == ("agent", "cost")


async def test_a_call_that_a_rule_forbids_is_not_begun(world: World):
    bought, warning, risk = await to_call(world)
    world.pass_time(timedelta(hours=12, minutes=1))
    late = await asked(world, risk, f"{warning}/calls", {"request_id": "request-1"})
    assert refusal(late) == (422, "contact_out_of_hours")
    assert (await risk.get(warning))["calls"] == []
    world.pass_time(timedelta(hours=12))

    answer = f"{warning}/calls/{await begun(risk, warning)}/answer"
    await risk.post(answer, {"answered": "borrower", "said": "no_calls"})
    preferences = (await bought.shopper.get("/h5/preferences"))["preferences"]
    switched = {one["purpose"]: one["is_on"] for one in preferences if one["channel"] == "call"}
    assert switched == {"servicing": False, "marketing": False, "collection": True}


async def test_nobody_calls_whom_the_hold_out_leaves_alone(world: World):
    await judge_by(world, held_out_permille=999, actions=(Action.CALL,))
    bought = await world.lent()
    await fail_a_debit(world, bought, request_id="one")
    assert await warn(world) == 1
    risk = await world.colleague("risk")
    assert (await risk.get("/staff/warnings?call=to_make"))["warnings"] == []
    (line,) = (await risk.get("/staff/warnings"))["warnings"]
    refused = await asked(world, risk, f"/staff/warnings/{line['warning_id']}/calls", {"request_id": "request-1"})
    assert refusal(refused) == (409, "warning_call_not_wanted")


async def test_nobody_is_asked_to_call_whoever_wants_no_calls(world: World):
    bought = await world.lent()
    await bought.shopper.post("/h5/preferences", {"purpose": "servicing", "channel": "call", "is_on": False})
    await fail_a_debit(world, bought, request_id="one")
    assert await warn(world) == 1
    risk = await world.colleague("risk")
    assert (await risk.get("/staff/warnings?call=to_make"))["warnings"] == []
    (line,) = (await risk.get("/staff/warnings?is_open=true"))["warnings"]
    refused = await asked(world, risk, f"/staff/warnings/{line['warning_id']}/calls", {"request_id": "request-1"})
    assert refusal(refused) == (409, "warning_call_not_wanted")


async def test_what_came_of_a_call_about_a_warning_is_told_there_and_not_in_the_collection_case(world: World):
    bought, case = await late_case(world)
    at_hour(world, 11)
    await fail_a_debit(world, bought, request_id="one")
    await warn(world)
    risk, collector = await world.colleague("risk"), await world.colleague("collector")
    (line,) = (await risk.get("/staff/warnings?call=to_make"))["warnings"]
    warning = f"/staff/warnings/{line['warning_id']}"
    contact_id = await begun(risk, warning)
    told = await asked(world, collector, f"{case}/contacts/{contact_id}/outcome", {"answered": "nobody"})
    assert refusal(told) == (409, "contact_of_warning")
    shown = await risk.post(f"{warning}/calls/{contact_id}/answer", {"answered": "nobody"})
    assert [call["answered"] for call in shown["calls"]] == ["nobody"]
