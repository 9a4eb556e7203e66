"""Credit reporting: every question is logged, lateness is told before it is reported, nothing goes twice."""

import asyncio
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest

from fenqi.batch.book_risk import book_risk_due
from fenqi.batch.report_credit import foretell_reports, report_credit
from fenqi.batch.send_notice import send_due_notices
from fenqi.core.identity.id_number import check_digit
from fenqi.gateways.credit_report.port import CreditFile, Receipt, ReportedLine
from fenqi.gateways.credit_report.stand_in import StandInCreditReporting
from fenqi.simulation.caller import Json
from paying import borrower
from world import EVERY_BUCKET, Bought, World, refusal

pytestmark = pytest.mark.anyio


class Dies(StandInCreditReporting):
    """Takes the file, and the line is cut before anybody hears of it."""

    async def submit(self, file: CreditFile) -> Receipt:
        await super().submit(file)
        raise RuntimeError("killed")


def intake(world: World) -> StandInCreditReporting:
    found = world.installation.credit_reporting
    assert isinstance(found, StandInCreditReporting)
    return found


async def month_over(world: World) -> date:
    """The month's last day is closed and graded; it."""
    today = world.business.today()
    first = (today.replace(day=1) + timedelta(days=32)).replace(day=1)
    world.business.move(datetime(first.year, first.month, first.day, 2, tzinfo=UTC) - world.business.now())
    finance = await world.colleague("finance")
    await finance.close_day(first - timedelta(days=1))
    await book_risk_due(world.installation, lane=EVERY_BUCKET)
    return first - timedelta(days=1)


async def daily(world: World) -> None:
    await foretell_reports(world.installation, lane=EVERY_BUCKET)
    await send_due_notices(world.installation, lane=EVERY_BUCKET)
    await report_credit(world.installation, lane=EVERY_BUCKET)


async def told_of(world: World, bought: Bought, **more: Any) -> list[Json]:
    risk = await world.colleague("risk")
    asked = "&".join(f"{name}={value}" for name, value in more.items())
    return (await risk.get(f"/staff/credit-records?loan_id={bought.loan_id}&sort=month_on&{asked}"))["records"]


async def test_lateness_is_told_before_it_is_reported_and_a_correction_follows_the_loan(world: World) -> None:
    late, punctual = await borrower(world), await borrower(world)
    drawn_on = await month_over(world)
    await daily(world)
    (new,) = await told_of(world, late)
    assert (new["repayment"], new["account_state"], new["sent_at"] is not None) == ("*", "normal", True)

    due = (await late.shopper.loan(late.loan_id))["instalments"][0]
    await punctual.shopper.pay(punctual.loan_id, amount_minor=due["due"]["total_minor"], request_id="in-time-1")
    month_on = await month_over(world)
    await daily(world)
    (_, adverse), (_, good) = await told_of(world, late), await told_of(world, punctual)
    assert (good["repayment"], good["is_adverse"], good["sent_at"] is not None) == ("N", False, True)
    assert (adverse["repayment"], adverse["overdue_count"], adverse["is_adverse"]) == ("1", 1, True)
    assert adverse["overdue_minor"] > due["due"]["total_minor"]
    assert (adverse["sent_at"], adverse["told_at"] is not None) == (None, True)
    inbox = (await late.shopper.get("/h5/inbox"))["messages"]
    assert any("征信" in message["text"] for message in inbox)

    world.pass_time(timedelta(days=8))
    await daily(world)
    own = (await late.shopper.get("/h5/credit-record"))["records"]
    assert [each["sent_at"] is not None for each in own] == [True, True]

    risk, collector = await world.colleague("risk"), await world.colleague("collector")
    path = f"/staff/credit-records/{late.loan_id}/{month_on.isoformat()}/correction"
    answer = await world.http.post(
        path, json={"reason": "nothing changed"}, headers={"authorization": f"Bearer {risk.token}"}
    )
    assert refusal(answer) == (409, "credit_record_unchanged")
    change = {"kind": "goodwill", "on": due["due_on"], "amount_minor": 4_000}
    body = {"change": change, "reason": "charged by mistake", "request_id": uuid4().hex}
    await collector.post(f"/staff/loans/{late.loan_id}/changes", body)
    assert (await risk.post(path, {"reason": "the loan was put right"}))["version"] == 2
    world.pass_time(timedelta(days=1))
    await daily(world)
    (second, *_) = await told_of(world, late, month_on=month_on.isoformat(), corrected="true")
    assert second["sent_at"] is not None
    assert second["overdue_minor"] < adverse["overdue_minor"]
    assert drawn_on < month_on


async def test_a_file_that_is_killed_on_its_way_goes_once(world: World) -> None:
    bought = await borrower(world)
    await month_over(world)
    kept = intake(world)
    dying = replace(world.installation, credit_reporting=Dies(kept_in=world.home / "stand-in" / "credit-report.jsonl"))
    with pytest.raises(RuntimeError):
        await report_credit(dying, lane=EVERY_BUCKET)
    for _ in range(2):
        await report_credit(world.installation, lane=EVERY_BUCKET)

    taken = [each for each in kept.taken() if each.record and str(each.record.loan_id) == bought.loan_id]
    assert len(taken) == 1
    assert taken[0].note == "stand-in 替身"
    files = (await (await world.colleague("risk")).get("/staff/credit-files"))["files"]
    assert {file["state"] for file in files} == {"sent"}


async def test_an_open_objection_keeps_what_is_adverse_back_and_is_answered_within_its_time(world: World) -> None:
    bought = await borrower(world)
    await month_over(world)
    await daily(world)
    month_on = await month_over(world)
    await foretell_reports(world.installation, lane=EVERY_BUCKET)
    await send_due_notices(world.installation, lane=EVERY_BUCKET)
    words = {"cause": "credit_record", "text": "我没有逾期", "loan_id": bought.loan_id, "request_id": uuid4().hex}
    objection = await bought.shopper.post("/h5/complaints", words)
    world.pass_time(timedelta(days=9))
    await daily(world)

    (waiting,) = await told_of(world, bought, month_on=month_on.isoformat())
    assert waiting["sent_at"] is None
    received_on = datetime.fromisoformat(objection["received_at"]).date()
    assert date.fromisoformat(objection["answer_due_on"]) - received_on == timedelta(days=20)
    collector = await world.colleague("collector")
    answer = {"outcome": "rejected", "answer": "该月确有逾期"}
    await collector.post(f"/staff/complaints/{objection['complaint_id']}/answer", answer)
    world.pass_time(timedelta(days=1))
    await daily(world)
    assert (await told_of(world, bought, month_on=month_on.isoformat()))[0]["sent_at"] is not None


async def test_every_question_to_the_bureau_is_logged_also_one_that_nobody_answers(world: World) -> None:
    bought = await world.decided()
    (seen,) = (await bought.shopper.get("/h5/credit-record"))["enquiries"]
    assert (seen["is_answered"], seen["is_stand_in"], seen["authorised_at"] is not None) == (True, True, True)
    checkout_id, shopper = await world.order(), world.shopper()
    first_17 = "11010119850307902"
    shopper.id_number = first_17 + check_digit(first_17)
    await shopper.enter(checkout_id)
    await shopper.say_who(checkout_id)
    await shopper.consent(checkout_id)
    headers = {"authorization": f"Bearer {shopper.token}"}
    path = f"/h5/checkouts/{checkout_id}/decision"
    assert refusal(await world.http.post(path, json={"is_student": False}, headers=headers)) == (503, "unavailable")
    compliance = await world.colleague("compliance")
    lines = (await compliance.get("/staff/credit-enquiries?unanswered=true"))["enquiries"]
    assert [line["checkout_id"] for line in lines] == [checkout_id]


class Picky(StandInCreditReporting):
    """A bureau that does not take everything: a whole file, or every record of it."""

    is_whole = True

    def fault_of_file(self, file: CreditFile) -> str:
        return "no reporting institution is named" if self.is_whole else super().fault_of_file(file)

    def fault_of(self, line: ReportedLine) -> str:
        return super().fault_of(line) if self.is_whole else "nobody is named"


async def test_what_the_bureau_rejects_is_shown_with_its_reason_and_goes_again_as_the_next_version(
    world: World,
) -> None:
    bought = await borrower(world)
    month_on = await month_over(world)
    path = world.home / "stand-in" / "credit-report.jsonl"
    picky = Picky(kept_in=path)
    turned_down = replace(world.installation, credit_reporting=picky)
    risk = await world.colleague("risk")
    for _ in range(2):
        await report_credit(turned_down, lane=EVERY_BUCKET)
    file = (await risk.get("/staff/credit-files?state=rejected"))["files"][0]
    assert (file["rejected_why"], file["sent_at"]) == ("no reporting institution is named", None)
    (line,) = await told_of(world, bought, rejected="true")
    assert (line["version"], line["sent_at"], line["rejected_why"]) == (1, None, file["rejected_why"])

    anew = f"/staff/credit-files/{file['file_id']}/resend"
    headers = {"authorization": f"Bearer {risk.token}"}
    pressed = [
        world.http.post(anew, json={"reason": f"the header is right now, {n}"}, headers=headers) for n in range(3)
    ]
    went, *refused = sorted(await asyncio.gather(*pressed), key=lambda response: response.status_code)
    assert went.json()["record_count"] >= 1
    assert {refusal(each) for each in refused} == {(409, "credit_file_not_rejected")}
    assert await told_of(world, bought, rejected="true") == []
    picky.is_whole = False
    await report_credit(turned_down, lane=EVERY_BUCKET)
    (line,) = await told_of(world, bought, rejected="true")
    assert (line["version"], line["sent_at"], line["rejected_why"]) == (2, None, "nobody is named")

    correction = f"/staff/credit-records/{bought.loan_id}/{month_on.isoformat()}/correction"
    assert (await risk.post(correction, {"reason": "the name was put right"}))["version"] == 3
    await report_credit(world.installation, lane=EVERY_BUCKET)
    assert await told_of(world, bought, rejected="true") == []
    taken = [
        each.record for each in intake(world).taken() if each.record and str(each.record.loan_id) == bought.loan_id
    ]
    assert [record.version for record in taken] == [3]
    own = (await bought.shopper.get("/h5/credit-record"))["records"]
    assert [each["sent_at"] is not None for each in own] == [True, False, False]
    nobody = await world.http.post(
        f"/staff/credit-files/{uuid4()}/resend",
        json={"reason": "no such file"},
        headers={"authorization": f"Bearer {risk.token}"},
    )
    assert refusal(nobody) == (404, "credit_file_unknown")
