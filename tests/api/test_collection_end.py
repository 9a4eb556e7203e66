"""Agencies, the court and the write-off, over HTTP."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

import pytest

from collecting import asked_by, at_hour, case_of, days_pass, late_case, next_day
from fenqi.batch.send_notice import send_due_notices
from fenqi.core.collection.contact import SHANGHAI, ContactChannel, ContactPurpose
from fenqi.core.ledger.account import bucket_in, id_in_bucket
from fenqi.services import assign_agency as assigning
from fenqi.services.find_collection_case import write_down
from fenqi.simulation.caller import Json
from fenqi.stores import collection as cases
from fenqi.stores import contact as contacts
from fenqi.stores.contact import Contact
from world import EVERY_BUCKET, Bought, World, refusal

pytestmark = pytest.mark.anyio
AGENCY = "0197a000-0000-7000-8000-00000000f001"


async def test_an_agency_sees_its_cases_from_its_day_on_and_earns_its_share(world: World):
    bought, at = await late_case(world, late=20)
    collector, agency = await world.colleague("collector"), await world.colleague("agency")
    at_hour(world, 11)
    await collector.post(f"{at}/assignment", {"agency_id": AGENCY})
    twice = await asked_by(world, collector, f"{at}/assignment", {"agency_id": AGENCY})
    assert refusal(twice) == (409, "case_with_agency")
    await send_due_notices(world.installation, lane=EVERY_BUCKET)
    told = [message.text for message in world.installation.stand_in_messages_to(bought.shopper.mobile)]
    tomorrow = world.business.today() + timedelta(days=1)
    assert any(f"自 {tomorrow} 起将由合作机构“示范催收服务公司 Demo Agency”" in text for text in told)
    assert (await agency.get("/staff/collection-cases"))["cases"] == []

    await next_day(world)
    assert len((await agency.get("/staff/collection-cases"))["cases"]) == 1
    file = await world.http.get(f"/staff/agencies/{AGENCY}/file", headers={"authorization": f"Bearer {agency.token}"})
    assert bought.shopper.mobile not in file.text
    assert bought.shopper.name not in file.text
    at_hour(world, 11)
    call = {"channel": "call", "template": "overdue", "request_id": "agency-call"}
    assert (await agency.post(f"{at}/contacts", call))["mobile"] == bought.shopper.mobile
    for number in range(2):
        await collector.post(f"{at}/release", {}) if number else await agency.post(f"{at}/release", {})
        await collector.post(f"{at}/contacts", call | {"request_id": f"lender-call-{number}"})
    await collector.post(f"{at}/release", {})
    over = await asked_by(world, agency, f"{at}/contacts", call | {"request_id": "agency-again"})
    assert refusal(over) == (422, "contact_too_often"), "lender and agency together"

    await bought.shopper.pay(bought.loan_id, amount_minor=20_000, request_id="to-the-agency")
    await next_day(world)
    await next_day(world)
    (line,) = (await collector.get("/staff/agencies"))["agencies"]
    assert (line["case_count"], line["commission_minor"]) == (1, 3_000)
    assert await world.findings() == []
    await collector.post(f"{at}/recall", {"text": "enough"})
    assert refusal(await world.http.get(at, headers={"authorization": f"Bearer {agency.token}"})) == (
        404,
        "collection_case_unknown",
    )


async def test_what_is_learnt_of_later_or_taken_back_counts_for_whoever_had_the_case(world: World):
    bought, at = await late_case(world, late=20)
    collector, finance = await world.colleague("collector"), await world.colleague("finance")
    earned = await earned_minor(world)
    await collector.post(f"{at}/assignment", {"agency_id": AGENCY})
    await next_day(world)
    paid_on = world.business.today().isoformat()
    await next_day(world)
    await collector.post(f"{at}/recall", {"text": "enough"})
    await next_day(world)
    code = (await bought.shopper.get("/h5/transfer-code"))["code"]
    await finance.post("/staff/transfers", transfer(f"还款 {code}", received_on=paid_on))
    await next_day(world)
    assert await earned_minor(world) == earned + 3_000, "learnt of after the recall"

    timeline = (await finance.get(f"/staff/loans/{bought.loan_id}"))["timeline"]
    event_id = next(line["event_id"] for line in timeline if line["amount_minor"] == 20_000)
    body = {"change": {"kind": "undo", "event_id": event_id}, "reason": "it bounced", "request_id": "take-it-back"}
    change = await collector.post(f"/staff/loans/{bought.loan_id}/changes", body)
    answer = {"approved": True, "why": "the bank says so", "seen_seq": change["seen_seq"]}
    await finance.post(f"/staff/loans/{bought.loan_id}/changes/{change['change_id']}/answer", answer)
    await next_day(world)
    assert await earned_minor(world) == earned
    assert await world.findings() == []


async def test_a_contract_that_ends_takes_the_cases_back_and_can_be_renewed(world: World):
    _, at = await late_case(world, late=20)
    collector, agency, risk = [await world.colleague(role) for role in ("collector", "agency", "risk")]
    await collector.post(f"{at}/assignment", {"agency_id": AGENCY})
    await next_day(world)
    assert (await agency.get(at))["agency"]
    today, of_agency = world.business.today(), f"/staff/agencies/{AGENCY}"
    (before,) = [each for each in (await risk.get("/staff/agencies"))["agencies"] if each["agency_id"] == AGENCY]

    async def said(what: str, day: date) -> Any:
        return await asked_by(world, risk, f"{of_agency}/{what}", {"day": day.isoformat(), "why": "as agreed"})

    until = date.fromisoformat(before["contract_until"])
    assert (await said("renewal", date.max)).status_code == 400
    for what, day in (
        ("renewal", until),
        ("end", until),
        ("end", today - timedelta(days=1)),
        ("assessment", date(2020, 1, 1)),
    ):
        assert refusal(await said(what, day)) == (400, "agency_day_out_of_range")
    assert refusal(await said("assessment", today + timedelta(days=1))) == (400, "agency_assessed_later")
    assert (await said("assessment", today)).json()["assessed_on"] == today.isoformat()
    assert (await said("end", today + timedelta(days=1))).status_code == 201
    assert (await collector.get(at))["agency"]

    await next_day(world)

    assert (await collector.get(at))["agency"] is None
    over = await world.http.get("/staff/collection-cases", headers={"authorization": f"Bearer {agency.token}"})
    assert refusal(over) == (422, "agency_not_usable")
    refused = await asked_by(world, collector, f"{at}/assignment", {"agency_id": AGENCY})
    assert refusal(refused) == (422, "agency_not_usable")
    later = until + timedelta(days=365)
    assert (await said("renewal", later)).json()["contract_until"] == later.isoformat()
    assert (await agency.get("/staff/collection-cases"))["cases"] == []
    changes = (await collector.get("/staff/agencies"))["changes"]
    assert [each["kind"] for each in changes[:3]] == ["renewed", "ended", "assessed"]
    assert (changes[0]["was_on"], changes[0]["is_on"]) == ((today + timedelta(days=1)).isoformat(), later.isoformat())


async def test_a_contract_that_ends_today_takes_the_cases_back_at_once_and_earns_nothing_of_today(world: World):
    bought, at = await late_case(world, late=20)
    collector, agency, risk = [await world.colleague(role) for role in ("collector", "agency", "risk")]
    await collector.post(f"{at}/assignment", {"agency_id": AGENCY})
    await next_day(world)
    assert (await agency.get(at))["agency"]
    earned, today = await earned_minor(world), world.business.today().isoformat()
    body = {"day": today, "why": "it threatened somebody"}

    assert (await asked_by(world, risk, f"/staff/agencies/{AGENCY}/end", body)).status_code == 201

    shown = await collector.get(at)
    assert shown["agency"] is None
    (told,) = [line for line in shown["history"] if line["what"] == "recalled"]
    assert (told["by"], told["text"]) == ("risk", "it threatened somebody")
    await bought.shopper.pay(bought.loan_id, amount_minor=20_000, request_id="on-the-last-day")
    await next_day(world)
    assert await earned_minor(world) == earned
    assert await world.findings() == []
    renewed = {"day": (world.business.today() + timedelta(days=700)).isoformat(), "why": "for the others"}
    assert (await asked_by(world, risk, f"/staff/agencies/{AGENCY}/renewal", renewed)).status_code == 201


@pytest.mark.parametrize(
    ("field", "days", "code"),
    [("contract_until", 0, "agency_contract_empty"), ("assessed_on", 1, "agency_assessed_later")],
)
async def test_an_agency_that_cannot_be_is_not_put_on_the_list(world: World, field: str, days: int, code: str):
    risk, today = await world.colleague("risk"), world.business.today()
    known = {"contract_from": today, "contract_until": today + timedelta(days=365), "assessed_on": today}
    dated = {name: day.isoformat() for name, day in (known | {field: today + timedelta(days=days)}).items()}
    body = {"name": f"Agency {field}", "commission_permille": 100} | dated
    assert refusal(await asked_by(world, risk, "/staff/agencies", body)) == (400, code)


@pytest.mark.parametrize(
    ("login", "code"),
    [("agency", "login_with_agency"), ("collector", "login_not_of_agency"), ("nobody", "login_not_of_agency")],
)
async def test_who_cannot_belong_to_an_agency_is_not_said_to(world: World, login: str, code: str):
    admin = await world.colleague("admin")
    wanted = await asked_by(world, admin, f"/staff/agencies/{AGENCY}/members", {"login": login})
    assert refusal(wanted) == (409, code)


async def test_no_agency_is_given_a_case_while_nobody_could_tell_its_borrower(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    _, at = await late_case(world, late=20)
    collector, read = await world.colleague("collector"), assigning.templates_in_force

    async def without_words(connection, *, on):
        return {name: text for name, text in (await read(connection, on=on)).items() if name != "agency_named"}

    monkeypatch.setattr(assigning, "templates_in_force", without_words)
    wanted = await asked_by(world, collector, f"{at}/assignment", {"agency_id": AGENCY})
    assert refusal(wanted) == (422, "contact_text_unapproved")
    assert (await collector.get(at))["agency"] is None


async def test_nobody_is_told_of_an_agency_that_has_lost_the_case_again(world: World):
    bought, at = await late_case(world, late=20)
    collector = await world.colleague("collector")
    at_hour(world, 11)
    await collector.post(f"{at}/assignment", {"agency_id": AGENCY})
    await collector.post(f"{at}/recall", {"text": "by mistake"})
    await send_due_notices(world.installation, lane=EVERY_BUCKET)
    told = [message.text for message in world.installation.stand_in_messages_to(bought.shopper.mobile)]
    assert not any("合作机构" in text for text in told)


async def test_a_case_in_which_nothing_is_late_any_more_goes_to_no_agency(world: World):
    bought, at = await late_case(world, late=20)
    collector = await world.colleague("collector")
    await bought.shopper.pay(bought.loan_id, amount_minor=None, request_id="paid-this-morning")
    wanted = await asked_by(world, collector, f"{at}/assignment", {"agency_id": AGENCY})
    assert refusal(wanted) == (409, "nothing_overdue")


async def test_the_court_needs_two_people_and_an_order_of_steps(world: World):
    _, at = await late_case(world)
    collector, risk = await world.colleague("collector"), await world.colleague("risk")
    steps = f"{at}/legal-steps"
    early = await asked_by(world, collector, steps, {"step": "filed"})
    assert refusal(early) == (409, "legal_step_out_of_order")
    await collector.post(steps, {"step": "proposed", "text": "no answer for half a year"})
    await note_often(world, at, 201)
    own = await asked_by(world, collector, steps, {"step": "approved"})
    assert refusal(own) == (403, "second_person_needed"), "however much was done since"
    await collector.post(f"{at}/release", {})
    assert (await risk.post(steps, {"step": "approved"}))["legal_step"] == "approved"


async def test_a_write_off_follows_its_rule_needs_finance_and_what_comes_later_is_recovered(world: World):
    bought, at = await late_case(world)
    collector, finance = await world.colleague("collector"), await world.colleague("finance")
    wanted = {"reason": "nothing came for long", "request_id": "write-off-1"}
    assert refusal(await asked_by(world, collector, f"{at}/write-off", wanted)) == (422, "write_off_too_early")
    await keep_contact_at_dawn(world, bought)
    await days_pass(world, bought, late=190)
    for number in range(2):
        at_hour(world, 11)
        call = {"channel": "call", "template": "overdue", "request_id": f"last-call-{number}"}
        await collector.post(f"{at}/contacts", call)
    (change,) = (await collector.post(f"{at}/write-off", wanted))["changes"]
    answer = {"approved": True, "why": "the rule is met", "seen_seq": change["seen_seq"]}
    await finance.post(f"/staff/loans/{bought.loan_id}/changes/{change['change_id']}/answer", answer)
    await bought.shopper.pay(bought.loan_id, amount_minor=5_000, request_id="after-all-1")

    case = await collector.get(at)
    assert case["loans"][0]["charged_off_on"] == world.business.today().isoformat()
    legs = await finance.get(f"/staff/loans/{bought.loan_id}/legs")
    assert {leg["credit"] for leg in legs["legs"] if leg["kind"] == "recover"} == {"recovery_income"}
    assert await world.findings() == []


async def test_a_payment_counts_for_the_last_action_before_it(world: World):
    bought, at = await late_case(world)
    collector, finance = await world.colleague("collector"), await world.colleague("finance")
    at_hour(world, 11)
    before = await totals(world)
    await collector.post(f"{at}/contacts", {"channel": "call", "template": "overdue", "request_id": "brings-it"})
    await bought.shopper.pay(bought.loan_id, amount_minor=12_345, request_id="after-the-call")

    after = await totals(world)
    assert after["call"]["action_count"] == before.get("call", {"action_count": 0})["action_count"] + 1
    assert after["call"]["brought_minor"] == before.get("call", {"brought_minor": 0})["brought_minor"] + 12_345
    headers = {"authorization": f"Bearer {finance.token}"}
    file = await world.http.get("/staff/exports/collection-figures", headers=headers)
    assert file.text.splitlines()[0] == "\ufeffmonth_on,action,action_count,cost_minor,payment_count,brought_minor"


def transfer(remark: str, *, received_on: str) -> Json:
    """A line of the bank's statement."""
    line = {"way": "bank", "bank_reference": "BANK-LEARNT-LATE", "payer": "张三", "amount_minor": 20_000}
    return line | {"remark": remark, "received_on": received_on}


async def keep_contact_at_dawn(world: World, bought: Bought) -> None:
    """A message of the case's first day, begun while it was still the day before in Greenwich."""
    case = await case_of(world, bought)
    assert case is not None
    contact = Contact(
        b=case.b,
        contact_id=id_in_bucket(world.installation.ports.new_id(), case.b),
        customer_id=case.customer_id,
        purpose=ContactPurpose.COLLECTION,
        channel=ContactChannel.INBOX,
        number=b"",
        template="overdue",
        template_version=1,
        content="at dawn",
        about=UUID(bought.loan_id),
        begun_at=datetime.combine(case.opened_on, time(0, 30), tzinfo=SHANGHAI),
        begun_by="system",
    )
    async with world.installation.transaction() as connection:
        await contacts.add(connection, [contact])


async def earned_minor(world: World) -> int:
    """What the agency has earned."""
    (line,) = (await (await world.colleague("collector")).get("/staff/agencies"))["agencies"]
    return line["commission_minor"]


async def note_often(world: World, at: str, times: int) -> None:
    """Much is written down in a case."""
    case_id, ports = UUID(at.rpartition("/")[2]), world.installation.ports
    async with world.installation.transaction() as connection:
        case = await cases.find(connection, b=bucket_in(case_id), case_id=case_id)
        assert case is not None
        for _ in range(times):
            await write_down(connection, ports, case, what="note", by="system")


async def totals(world: World) -> dict[str, dict[str, int]]:
    """This month's lines, by action."""
    month_on = world.business.today().replace(day=1).isoformat()
    collector = await world.colleague("collector")
    lines = (await collector.get("/staff/collection-figures"))["lines"]
    return {line["action"]: line for line in lines if line["month_on"] == month_on}
