"""Reminders, contacts and texts, over HTTP and through the loops."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import httpx
import pytest

from fenqi.batch.send_notice import plan_reminders, send_due_notices
from fenqi.core.ledger.account import bucket_of
from fenqi.core.refusal import Unavailable
from fenqi.services.find_loan import find_loan
from fenqi.services.prefer_contact import stop_contact
from fenqi.services.tell_customer import tell_customer
from fenqi.stores import contact as contacts
from world import EVERY_BUCKET, World, refusal

pytestmark = pytest.mark.anyio
CALL = {"purpose": "collection", "channel": "call", "template": "overdue"}


def at_hour(world: World, hour: int, minute: int = 0) -> None:
    """The next time it is that late in Shanghai."""
    now = world.business.now()
    wanted = now.replace(hour=(hour - 8) % 24, minute=minute, second=0, microsecond=0)
    world.pass_time((wanted if wanted > now else wanted + timedelta(days=1)) - now)


async def asked_by(world: World, caller, path: str, body) -> httpx.Response:
    """The answer to a command, whatever it is."""
    return await world.http.post(path, json=body, headers={"authorization": f"Bearer {caller.token}"})


async def customer_of(world: World, bought) -> UUID:
    async with world.installation.reading() as connection:
        return (await find_loan(connection, loan_id=UUID(bought.loan_id))).customer_id


async def first_due(world: World, bought) -> datetime:
    shown = await bought.shopper.get(f"/h5/loans/{bought.loan_id}")
    day = datetime.fromisoformat(shown["next_due_on"])
    return day.replace(hour=3, tzinfo=UTC)


async def told(world: World) -> None:
    await plan_reminders(world.installation, lane=EVERY_BUCKET)
    while await send_due_notices(world.installation, lane=EVERY_BUCKET):
        pass


def reminders_to(world: World, bought) -> list:
    sent = world.installation.stand_in_messages_to(bought.shopper.mobile)
    return [message for message in sent if message.kind in {"servicing", "collection"}]


async def test_reminds_before_on_and_after_the_due_day_once_each(world: World):
    bought = await world.lent()
    due = await first_due(world, bought)
    for days in (-3, 0, 1):
        world.pass_time(due + timedelta(days=days) - world.business.now())
        await told(world)
        await told(world)

    inbox = (await bought.shopper.get("/h5/inbox"))["messages"]
    assert [message["purpose"] for message in inbox] == ["collection", "servicing", "servicing"]
    assert len(reminders_to(world, bought)) == 3
    collector = await world.colleague("collector")
    customer_id = await customer_of(world, bought)
    kept = (await collector.get(f"/staff/customers/{customer_id}/contacts"))["contacts"]
    assert [sorted(line["results"]) for line in kept if line["channel"] == "sms"] == [["delivered", "sent"]] * 3


async def test_does_not_remind_of_what_is_paid(world: World):
    bought = await world.lent()
    due = await first_due(world, bought)
    world.pass_time(due - timedelta(hours=2) - world.business.now())
    await plan_reminders(world.installation, lane=EVERY_BUCKET)
    calendar = (await bought.shopper.get("/h5/calendar"))["days"]
    await bought.shopper.pay(bought.loan_id, amount_minor=calendar[0]["total_minor"], request_id="pay-first-01")
    world.pass_time(timedelta(hours=3))
    await told(world)

    assert reminders_to(world, bought) == []


async def test_a_message_with_a_gap_is_dropped_by_name_and_the_others_go_out(world: World):
    gap, other = await world.lent(), await world.lent()
    world.pass_time(await first_due(world, other) - world.business.now())
    customer_id = await customer_of(world, gap)
    async with world.installation.transaction() as connection:
        await tell_customer(
            connection,
            world.installation.ports,
            customer_id=customer_id,
            template="due_today",
            about=customer_id,
            once_for="a-gap",
        )
    await told(world)

    assert len(reminders_to(world, other)) == 1
    async with world.installation.reading() as connection:
        rows = await connection.execute("select state, what from notice where kind = 'due_today:a-gap'")
        assert await rows.fetchall() == [("dropped", "template_field_missing")] * 2


async def test_a_message_that_died_on_its_way_is_sent_once(world: World):
    bought = await world.lent()
    world.pass_time(await first_due(world, bought) - world.business.now())
    await plan_reminders(world.installation, lane=EVERY_BUCKET)
    whole = world.installation.notice

    class DiesAfterSending:
        async def send(self, message):
            await whole.send(message)
            raise Unavailable("the carrier was not heard", retry=True)

        async def receipts(self):
            return ()

    dying = replace(world.installation, notice=DiesAfterSending())
    await send_due_notices(dying, lane=EVERY_BUCKET)
    assert await send_due_notices(world.installation, lane=EVERY_BUCKET) == 0
    world.pass_time(timedelta(minutes=3))
    await told(world)

    assert len(reminders_to(world, bought)) == 1


async def test_a_call_at_a_minute_past_ten_is_refused_and_nothing_kept(world: World):
    bought = await world.lent()
    customer_id = await customer_of(world, bought)
    collector = await world.colleague("collector")
    at_hour(world, 22, 1)
    asked = CALL | {"loan_id": bought.loan_id, "request_id": "call-late-1"}

    assert refusal(await asked_by(world, collector, "/staff/contacts", asked)) == (422, "contact_out_of_hours")
    assert (await collector.get(f"/staff/customers/{customer_id}/contacts"))["contacts"] == []


async def test_calls_are_counted_and_nobody_else_is_called(world: World):
    bought = await world.lent()
    collector = await world.colleague("collector")
    at_hour(world, 11)
    asked = CALL | {"loan_id": bought.loan_id}
    stranger = asked | {"number": "13900001111", "request_id": "call-other-1"}
    assert refusal(await asked_by(world, collector, "/staff/contacts", stranger)) == (422, "contact_third_party")
    for number in range(3):
        await collector.post("/staff/contacts", asked | {"request_id": f"call-{number:04}"})
    fourth = await asked_by(world, collector, "/staff/contacts", asked | {"request_id": "call-0004"})
    assert refusal(fourth) == (422, "contact_too_often")


async def test_a_complaint_stops_collection(world: World):
    bought = await world.lent()
    customer_id = await customer_of(world, bought)
    async with world.installation.transaction() as connection:
        await stop_contact(
            connection, world.installation.ports, customer_id=customer_id, kind="complaint", lasts=True, by="test"
        )
    collector = await world.colleague("collector")
    at_hour(world, 11)
    asked = CALL | {"loan_id": bought.loan_id, "request_id": "call-stop-1"}

    assert refusal(await asked_by(world, collector, "/staff/contacts", asked)) == (422, "contact_stopped")
    async with world.installation.reading() as connection:
        kept = await contacts.since(
            connection,
            lane=[bucket_of(customer_id)],
            customer_ids=[customer_id],
            since=datetime(2020, 1, 1, tzinfo=UTC),
        )
    assert kept == ()


async def test_a_text_needs_two_people_and_known_fields(world: World):
    collector, risk = await world.colleague("collector"), await world.colleague("risk")
    text = {"name": "late_again", "purpose": "collection", "zh": "未还 {amount} 元", "en": "{amount} yuan are late"}
    wrong = await asked_by(world, collector, "/staff/templates", text | {"zh": "未还 {amuont} 元"})
    assert refusal(wrong) == (400, "template_field_unknown")
    assert (await collector.post("/staff/templates", text))["version"] == 1
    today = {"effective_from": world.business.today().isoformat()}
    own = await asked_by(world, collector, "/staff/templates/late_again/1/approval", today)
    assert refusal(own) == (403, "template_own_proposal")
    assert (await risk.post("/staff/templates/late_again/1/approval", today))["approved_by"] == "risk"
    again = await asked_by(world, risk, "/staff/templates/late_again/1/approval", today)
    assert refusal(again) == (409, "template_approved")


async def test_preferences_hold_and_what_the_law_wants_stays_on(world: World):
    bought = await world.lent()
    off = {"purpose": "servicing", "channel": "sms", "is_on": False}
    await bought.shopper.post("/h5/preferences", off)
    fixed = await asked_by(world, bought.shopper, "/h5/preferences", off | {"channel": "inbox"})
    assert refusal(fixed) == (422, "preference_fixed")
    world.pass_time(await first_due(world, bought) - world.business.now())
    await told(world)

    assert reminders_to(world, bought) == []
    assert len((await bought.shopper.get("/h5/inbox"))["messages"]) == 1


async def test_tells_in_the_language_that_the_borrower_chose(world: World):
    bought = await world.lent()
    assert (await bought.shopper.get("/h5/preferences"))["language"] == "zh-CN"
    assert (await bought.shopper.post("/h5/language", {"language": "en"}))["language"] == "en"
    world.pass_time(await first_due(world, bought) - world.business.now())
    await told(world)

    (message,) = reminders_to(world, bought)
    assert "fall due today" in message.text
    assert message.text.startswith("Demo Network Micro-loan")


async def test_who_signed_in_english_is_told_in_english(world: World):
    bought = await world.lent(language="en")
    world.pass_time(await first_due(world, bought) - world.business.now())
    await told(world)

    assert "fall due today" in reminders_to(world, bought)[0].text


@pytest.mark.parametrize(("days", "words"), [(-2, "将于"), (2, "已逾期 2 天"), (5, "已逾期 5 天")])
async def test_what_nobody_planned_on_its_day_is_told_later_once_and_in_true_words(world: World, days: int, words: str):
    bought = await world.lent()
    world.pass_time(await first_due(world, bought) + timedelta(days=days) - world.business.now())
    await told(world)
    await told(world)

    (message,) = reminders_to(world, bought)
    assert words in message.text


async def test_the_log_of_contacts_is_filtered_and_leaves_as_a_file(world: World):
    bought = await world.lent()
    collector = await world.colleague("collector")
    at_hour(world, 11)
    await collector.post("/staff/contacts", CALL | {"loan_id": bought.loan_id, "request_id": "call-logged"})

    log = await collector.get("/staff/contacts?channel=call&begun_by=collector&limit=1")
    assert log["contacts"][0]["loan_id"] == bought.loan_id
    assert (await collector.get("/staff/contacts?begun_by=nobody"))["contacts"] == []
    headers = {"authorization": f"Bearer {collector.token}"}
    file = (await world.http.get("/staff/exports/contacts?channel=call", headers=headers)).text
    assert file.splitlines()[0].startswith("\ufeffcontact_id,")
    assert bought.loan_id in file
