"""The collector's workspace over HTTP: worklist, contacts within the law, outcomes, promises, traces."""

from datetime import timedelta

import pytest

from collecting import asked_by, at_hour, case_of, late_case, next_day
from fenqi.batch.send_notice import send_due_notices
from fenqi.core.money.amount import amount_text
from fenqi.services.prefer_contact import stop_contact
from world import EVERY_BUCKET, World, refusal

pytestmark = pytest.mark.anyio


def call(place: int, **other: str) -> dict[str, str]:
    return {"channel": "call", "template": "overdue", "request_id": f"request-{place:04}"} | other


async def test_the_worklist_is_filtered_ordered_paged_and_taken_from(world: World):
    for _ in range(3):
        await late_case(world, late=2)
    collector = await world.colleague("collector")
    first = await collector.get("/staff/collection-cases?sort=-days_past_due&limit=2")
    assert len(first["cases"]) == 2
    days = [case["days_past_due"] for case in first["cases"]]
    rest = await collector.get(f"/staff/collection-cases?sort=-days_past_due&after={first['next']}")
    days += [case["days_past_due"] for case in rest["cases"]]
    assert days == sorted(days, reverse=True)
    assert (await collector.get("/staff/collection-cases?stage=legal"))["cases"] == []

    taken = await collector.post("/staff/collection-cases/next", {"sort": "days_past_due"})
    assert taken["taken_by"] == "collector"
    mine = await collector.get("/staff/collection-cases?held=mine")
    assert [case["case_id"] for case in mine["cases"]] == [taken["case_id"]]
    other = await collector.post("/staff/collection-cases/next", {})
    assert other["case_id"] != taken["case_id"]
    file = await world.http.get(
        "/staff/exports/collection-cases", headers={"authorization": f"Bearer {collector.token}"}
    )
    assert file.text.splitlines()[0].startswith("\ufeffcase_id,")


async def test_a_case_shows_what_is_owed_what_is_best_next_and_what_may_begin(world: World):
    bought, at = await late_case(world)
    collector = await world.colleague("collector")
    at_hour(world, 11)
    case = await collector.get(at)
    assert case["overdue"]["total_minor"] == (await bought.shopper.get("/h5/bills"))["due_minor"]
    assert (case["next_action"]["action"], case["next_action"]["rule"]) == ("call", "call_early")
    assert case["next_action"]["script"]["en"]
    assert bought.shopper.mobile not in str(case)
    options = {option["channel"]: option for option in case["options"]}
    assert options["call"]["is_allowed"]

    at_hour(world, 22, 1)
    (late,) = [option for option in (await collector.get(at))["options"] if option["channel"] == "call"]
    assert (late["code"], late["source"] != "") == ("contact_out_of_hours", True)
    assert late["allowed_from"].startswith((world.business.today() + timedelta(days=1)).isoformat()[:10])


async def test_a_contact_begins_through_the_door_only_and_its_outcome_is_told_once(world: World):
    bought, at = await late_case(world)
    collector = await world.colleague("collector")
    at_hour(world, 22, 1)
    assert refusal(await asked_by(world, collector, f"{at}/contacts", call(1))) == (422, "contact_out_of_hours")
    at_hour(world, 11)
    stranger = call(2, number="13900001111")
    assert refusal(await asked_by(world, collector, f"{at}/contacts", stranger)) == (422, "contact_third_party")
    begun = await collector.post(f"{at}/contacts", call(3))
    assert begun["mobile"] == bought.shopper.mobile
    assert await collector.post(f"{at}/contacts", call(3)) == begun

    outcome = f"{at}/contacts/{begun['contact_id']}/outcome"
    told = await collector.post(outcome, {"answered": "borrower", "text": "will pay"})
    assert {"answered_borrower", "call"} <= {line["what"] for line in told["history"]}
    assert refusal(await asked_by(world, collector, outcome, {"answered": "nobody"})) == (409, "outcome_told")
    audit = (await (await world.colleague("compliance")).get("/staff/audit"))["audit"]
    assert "saw_number" in {line["action"] for line in audit}


async def test_a_message_goes_through_the_outbox_once(world: World):
    bought, at = await late_case(world, late=2)
    collector = await world.colleague("collector")
    at_hour(world, 11)
    unused = await asked_by(world, collector, f"{at}/contacts", call(1))
    assert refusal(unused) == (422, "channel_not_of_stage")
    for _ in range(2):
        await collector.post(f"{at}/contacts", call(2, channel="sms"))
    for _ in range(2):
        await send_due_notices(world.installation, lane=EVERY_BUCKET)
    sent = world.installation.stand_in_messages_to(bought.shopper.mobile)
    assert [message.kind for message in sent].count("collection") == 1


async def test_a_message_tells_what_the_workspace_shows(world: World):
    bought, at = await late_case(world, late=40)
    collector = await world.colleague("collector")
    at_hour(world, 11)
    case = await collector.get(at)
    await collector.post(f"{at}/contacts", call(1, channel="sms"))
    await send_due_notices(world.installation, lane=EVERY_BUCKET)
    (told,) = [
        message.text
        for message in world.installation.stand_in_messages_to(bought.shopper.mobile)
        if message.kind == "collection"
    ]
    assert amount_text(case["overdue"]["total_minor"], currency="CNY", grouped=True) in told
    assert f"已逾期 {case['loans'][0]['days_past_due']} 天" in told


async def test_a_complaint_stops_the_case_and_who_paid_is_not_called(world: World):
    (paid, at), (stopped, there) = await late_case(world), await late_case(world)
    collector = await world.colleague("collector")
    case = await case_of(world, stopped)
    assert case is not None
    async with world.installation.transaction() as connection:
        await stop_contact(
            connection,
            world.installation.ports,
            customer_id=case.customer_id,
            kind="complaint",
            lasts=True,
            by="test",
        )
    await paid.shopper.pay(paid.loan_id, amount_minor=None, request_id="pay-everything")
    at_hour(world, 11)
    assert refusal(await asked_by(world, collector, f"{there}/contacts", call(1))) == (422, "contact_stopped")
    assert (await collector.get(there))["next_action"]["rule"] == "held"
    assert refusal(await asked_by(world, collector, f"{at}/contacts", call(1))) == (409, "nothing_overdue")


async def test_a_promise_in_the_past_is_refused_and_the_books_decide_about_one(world: World):
    (keeps, at), (breaks, there) = await late_case(world), await late_case(world)
    collector = await world.colleague("collector")
    today = world.business.today()
    wanted = {"amount_minor": 10_000, "promised_on": (today + timedelta(days=2)).isoformat(), "request_id": "promise-1"}
    past = wanted | {"promised_on": (today - timedelta(days=1)).isoformat()}
    assert refusal(await asked_by(world, collector, f"{at}/promises", past)) == (400, "promise_in_the_past")
    far = wanted | {"promised_on": (today + timedelta(days=60)).isoformat()}
    assert refusal(await asked_by(world, collector, f"{at}/promises", far)) == (422, "promise_too_far")
    for path in (at, there):
        assert (await collector.post(f"{path}/promises", wanted))["next_action"]["rule"] == "promise_runs"
    again = wanted | {"request_id": "promise-2"}
    assert refusal(await asked_by(world, collector, f"{at}/promises", again)) == (409, "promise_open")

    await keeps.shopper.pay(keeps.loan_id, amount_minor=10_000, request_id="as-promised-1")
    await breaks.shopper.pay(breaks.loan_id, amount_minor=9_999, request_id="nearly-so-1")
    await next_day(world, 3)

    assert [(await collector.get(path))["promises"][0]["state"] for path in (at, there)] == ["kept", "broken"]
    assert (await collector.get(there))["next_action"]["rule"] == "promise_broken"


async def test_nobody_is_looked_for_among_relatives_and_a_case_is_one_persons(world: World):
    _, at = await late_case(world)
    collector = await world.colleague("collector")
    relatives = {"source": "relatives", "text": "her mother"}
    assert refusal(await asked_by(world, collector, f"{at}/traces", relatives)) == (422, "trace_forbidden")
    traced = await collector.post(f"{at}/traces", {"source": "credit_record", "text": "same number there"})
    assert "traced" in {line["what"] for line in traced["history"]}
    agency = await world.colleague("agency")
    assert refusal(await asked_by(world, agency, f"{at}/notes", {"text": "hello"})) == (
        404,
        "collection_case_unknown",
    )
    reviewer = await world.colleague("reviewer")
    assert refusal(await asked_by(world, reviewer, f"{at}/notes", {"text": "hello"})) == (403, "role_missing")
