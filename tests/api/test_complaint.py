"""Complaints: opened by any way, stopping what they stop, answered in time, made good, looked at again."""

import csv
import io
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest

from fenqi.api.shape.complaint import ComplaintShape
from fenqi.batch.debit_due import debit_due
from fenqi.batch.send_notice import send_due_notices
from fenqi.batch.watch_complaint import watch_complaints
from fenqi.simulation.caller import Colleague, Json, Shopper
from helped import PNG
from holding import called, late, penalty
from paying import borrower, paid_minor, sign_mandate
from world import EVERY_BUCKET, PRICE_MINOR, Bought, World, refusal

pytestmark = pytest.mark.anyio
DISPUTED = 200_000


async def complain(bought: Bought, cause: str, **more: Any) -> Json:
    body = {"cause": cause, "text": "屏幕有一条线，商家不处理", "request_id": uuid4().hex}
    return await bought.shopper.post("/h5/complaints", body | more)


async def dispute(bought: Bought) -> Json:
    return await complain(bought, "goods", loan_id=bought.loan_id, disputed_minor=DISPUTED)


async def do(by: Colleague, complaint: Json, what: str, body: Json | None = None) -> Json:
    return await by.post(f"/staff/complaints/{complaint['complaint_id']}/{what}", body or {})


async def refused(world: World, caller: Shopper | Colleague, path: str, body: Json) -> tuple[int, str]:
    headers = {"authorization": f"Bearer {caller.token}"}
    return refusal(await world.http.post(path, json=body, headers=headers))


async def owed_to_shop(world: World) -> int:
    finance = await world.colleague("finance")
    items = (await finance.get(f"/staff/merchants/{world.shop.merchant_id}/items"))["items"]
    return sum(item["amount_minor"] for item in items)


async def test_a_dispute_holds_payout_collection_debits_and_late_charges_until_it_ends(world: World) -> None:
    bought = await borrower(world)
    await sign_mandate(world, bought.shopper)
    await late(world, bought, days=3)
    stood, owed = await penalty(world, bought), await owed_to_shop(world)
    complaint = await dispute(bought)
    await send_due_notices(world.installation, lane=EVERY_BUCKET)
    await world.close_days(3)
    await debit_due(world.installation, lane=EVERY_BUCKET)

    assert {each["kind"] for each in complaint["evidence"]} == {"loan", "decision"}
    assert await penalty(world, bought) == stood
    assert await called(world, bought) == (422, "contact_stopped")
    assert await paid_minor(bought) == 0
    assert await owed_to_shop(world) == owed - DISPUTED
    inbox = (await bought.shopper.get("/h5/inbox"))["messages"]
    assert complaint["answer_due_on"] in inbox[0]["text"]

    await bought.shopper.post(f"/h5/complaints/{complaint['complaint_id']}/withdrawal", {})
    assert await called(world, bought) is None
    assert await owed_to_shop(world) == owed
    await world.close_days(2)
    assert await penalty(world, bought) > stood
    assert await world.findings() == []


async def test_a_refund_for_goods_takes_two_and_is_the_merchants(world: World) -> None:
    bought = await borrower(world)
    owed = await owed_to_shop(world)
    complaint = await dispute(bought)
    collector, risk, finance = [await world.colleague(role) for role in ("collector", "risk", "finance")]
    assert (await do(collector, complaint, "acknowledgement"))["state"] == "acknowledged"
    assert (await do(collector, complaint, "assignment", {"login": "risk"}))["assigned_to"] == "risk"
    found = {"outcome": "upheld", "answer": "屏幕确有质量问题", "redress": "refund", "redress_minor": DISPUTED}
    proposed = await do(risk, complaint, "answer", found)
    path = f"/staff/complaints/{complaint['complaint_id']}"
    yes = {"is_approved": True, "why": "核实无误"}

    assert proposed["state"] == "proposed"
    assert (await bought.shopper.get("/h5/complaints"))["complaints"][0]["answer"] == ""
    assert await refused(world, risk, f"{path}/approval", yes) == (403, "answer_own_proposal")
    answered = await do(finance, complaint, "approval", yes)
    left = (await bought.shopper.get(f"/h5/loans/{bought.loan_id}"))["outstanding"]
    assert (answered["state"], answered["answered_by"]) == ("answered", "finance")
    assert left["principal_minor"] == PRICE_MINOR - DISPUTED
    assert await owed_to_shop(world) < owed - DISPUTED + 10_000
    assert await refused(world, risk, f"{path}/answer", found) == (409, "complaint_over")
    assert await refused(world, finance, f"{path}/approval", yes) == (409, "answer_not_proposed")
    assert await world.findings() == []


async def test_a_gesture_is_booked_as_a_change_of_the_loan_and_counts_as_one(world: World) -> None:
    bought = await borrower(world)
    collector, risk = await world.colleague("collector"), await world.colleague("risk")
    small = {"outcome": "partly_upheld", "answer": "抱歉让您久等", "redress": "goodwill", "redress_minor": 1_000}
    first = await complain(bought, "service", loan_id=bought.loan_id)
    large = await complain(bought, "cost", loan_id=bought.loan_id)

    assert (await do(collector, first, "answer", small))["state"] == "answered"
    waiting = await do(collector, large, "answer", small | {"redress_minor": 100_000})
    assert waiting["state"] == "proposed"
    assert (await do(risk, large, "approval", {"is_approved": False, "why": "太多"}))["state"] == "acknowledged"
    await do(collector, large, "answer", small | {"redress_minor": 90_000})
    await do(risk, large, "approval", {"is_approved": True, "why": "可以"})
    changes = (await collector.get(f"/staff/loans/{bought.loan_id}/changes"))["changes"]
    posted = {(each["proposed_by"], each["decided_by"], each["content"]["amount_minor"]) for each in changes}
    assert posted == {("collector", "collector", 1_000), ("collector", "risk", 90_000)}
    assert await refused(
        world, collector, f"/staff/complaints/{first['complaint_id']}/extension", {"reason": "too late"}
    ) == (409, "complaint_over")
    assert await world.findings() == []


async def test_who_is_not_satisfied_is_looked_at_again_once_by_somebody_else(world: World) -> None:
    bought = await borrower(world)
    collector, risk = await world.colleague("collector"), await world.colleague("risk")
    complaint = await complain(bought, "contact")
    no = {"outcome": "rejected", "answer": "录音显示通话合规"}
    await do(collector, complaint, "answer", no)
    say = {"is_satisfied": False, "text": "一天打了四次电话"}
    first = f"/h5/complaints/{complaint['complaint_id']}/satisfaction"
    assert await refused(world, bought.shopper, first, say | {"text": ""}) == (400, "complaint_incomplete")
    again = await bought.shopper.post(f"/h5/complaints/{complaint['complaint_id']}/satisfaction", say)
    path = f"/staff/complaints/{again['complaint_id']}"

    assert again["follows_id"] == complaint["complaint_id"]
    assert await refused(world, collector, f"{path}/answer", no) == (403, "answer_own_complaint")
    assert (await do(risk, again, "answer", no))["level"] == "lead"
    ended = await bought.shopper.post(f"/h5/complaints/{again['complaint_id']}/satisfaction", say)
    assert (ended["complaint_id"], ended["state"]) == (again["complaint_id"], "closed")
    own = f"/h5/complaints/{again['complaint_id']}/satisfaction"
    assert await refused(world, bought.shopper, own, say) == (409, "complaint_not_answered")


async def test_an_appeal_reaches_the_person_who_is_asked_anyway(world: World) -> None:
    bought = await world.decided(facts={"is_student": True})
    complaint = await complain(bought, "decision", decision_id=bought.decision["decision_id"])
    risk = await world.colleague("risk")
    desk = await risk.get(f"/staff/complaints/{complaint['complaint_id']}")
    case = await risk.get(f"/staff/cases/{desk['case_id']}")

    assert case["kind"] == "asked"
    assert "person_asked" in {event["what"] for event in desk["events"]}


async def test_a_complaint_is_refused_by_name_where_it_cannot_be(world: World) -> None:
    bought, other = await borrower(world), await borrower(world)
    complaint = await complain(bought, "service", loan_id=bought.loan_id)
    body = {"cause": "service", "text": "again the same", "request_id": uuid4().hex}
    own, path = bought.shopper, "/h5/complaints"
    goods = body | {"cause": "goods", "loan_id": bought.loan_id}

    assert await refused(world, own, path, body | {"loan_id": other.loan_id}) == (404, "loan_unknown")
    assert await refused(world, own, path, body | {"loan_id": bought.loan_id}) == (409, "complaint_open")
    assert await refused(world, own, path, body | {"cause": "weather"}) == (400, "request_invalid")
    assert await refused(world, own, path, goods) == (400, "complaint_incomplete")
    above = goods | {"disputed_minor": PRICE_MINOR + 1}
    assert await refused(world, own, path, above) == (409, "refund_above_captured")
    assert await refused(world, own, path, body | {"evidence_ids": [other.loan_id]}) == (404, "evidence_unknown")
    theirs = f"{path}/{complaint['complaint_id']}/withdrawal"
    assert await refused(world, other.shopper, theirs, {}) == (404, "complaint_unknown")
    collector = await world.colleague("collector")
    desk = f"/staff/complaints/{complaint['complaint_id']}"
    assert await refused(world, collector, f"{desk}/assignment", {"login": "admin"}) == (404, "assignee_unknown")
    passed_on = body | {"customer_id": collector_sees(bought, await collector.get(desk)), "channel": "regulator"}
    assert await refused(world, collector, "/staff/complaints", passed_on) == (400, "complaint_incomplete")
    heard = await collector.post("/staff/complaints", passed_on | {"reference": "12378-0001"})
    assert (heard["level"], heard["received_by"]) == ("lead", "collector")


def collector_sees(bought: Bought, complaint: Json) -> str:
    assert complaint["loan_id"] == bought.loan_id
    return complaint["customer_id"]


async def test_deadlines_are_flagged_once_and_causes_counted(world: World) -> None:
    bought = await borrower(world)
    complaint = await complain(bought, "privacy")
    collector, compliance = await world.colleague("collector"), await world.colleague("compliance")
    await bought.shopper.post(
        f"/h5/complaints/{complaint['complaint_id']}/papers",
        {"name": "截图.png", "media_type": "image/png", "content_base64": PNG},
    )
    await send_due_notices(world.installation, lane=EVERY_BUCKET)
    world.pass_time(timedelta(days=7))
    await watch_complaints(world.installation, lane=EVERY_BUCKET)
    assert await watch_complaints(world.installation, lane=EVERY_BUCKET) == 0
    longer = await do(collector, complaint, "extension", {"reason": "需要向商户核实情况"})
    world.pass_time(timedelta(days=30))
    await watch_complaints(world.installation, lane=EVERY_BUCKET)
    lines = (await collector.get("/staff/complaints?missed=true&cause=privacy"))["complaints"]
    (line,) = [each for each in lines if each["complaint_id"] == complaint["complaint_id"]]

    assert longer["answer_due_on"] > complaint["answer_due_on"]
    assert (line["level"], line["is_late"], line["is_acknowledge_missed"]) == ("lead", True, True)
    desk = await collector.get(f"/staff/complaints/{complaint['complaint_id']}")
    record = ComplaintShape.model_validate(desk).model_dump()["record"]
    (told, *_) = [each for each in record if each["kind"] == "contact"]
    await do(collector, complaint, "evidence", {"subject_id": told["subject_id"]})
    await do(collector, complaint, "answer", {"outcome": "upheld", "answer": "已按您的要求更正"})
    await bought.shopper.post(f"/h5/complaints/{complaint['complaint_id']}/satisfaction", {"is_satisfied": True})
    headers = {"authorization": f"Bearer {compliance.token}"}
    file = await world.http.get("/staff/exports/complaint-figures", headers=headers)
    counted = list(csv.DictReader(io.StringIO(file.text.removeprefix("\ufeff"))))
    (privacy,) = [each for each in counted if each["cause"] == "privacy"]
    assert (privacy["upheld_count"], privacy["late_count"]) == ("1", "1")


async def test_staff_say_by_hand_what_stops_marketing(world: World) -> None:
    bought = await borrower(world)
    complaint, collector = await complain(bought, "service"), await world.colleague("collector")
    desk = await collector.get(f"/staff/complaints/{complaint['complaint_id']}")
    path = f"/staff/customers/{desk['customer_id']}/contact-stops"
    said = {"kind": "student", "lasts": True, "reason": "在校生，电话中说明"}

    stops = (await collector.post(path, said))["stops"]
    assert {(each["kind"], each["lasts"]) for each in stops} == {("complaint", True), ("student", True)}
    assert await refused(world, collector, path, said | {"kind": "complaint"}) == (400, "request_invalid")
    await bought.shopper.post(f"/h5/complaints/{complaint['complaint_id']}/withdrawal", {})
    stops = (await collector.post(path, said | {"lasts": False}))["stops"]
    assert not any(each["lasts"] for each in stops)
