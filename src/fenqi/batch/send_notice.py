"""Notices go out: reminders are planned for a day, and what is due is begun, sent and closed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from uuid import UUID

from fenqi.core.collection.contact import ContactChannel, ContactPurpose, next_allowed_at
from fenqi.core.collection.contact_law import contact_law
from fenqi.core.collection.reminder import due_days, read_schedule
from fenqi.core.ledger.account import bucket_in
from fenqi.core.refusal import Refusal, Unavailable
from fenqi.gateways.notice.port import Message
from fenqi.services.notice_fields import notice_fields
from fenqi.services.notice_template import templates_in_force
from fenqi.services.start_contact import Begun, StartContact, start_contacts
from fenqi.stores import contact as contacts
from fenqi.stores import notice as notices
from fenqi.stores.contact import ContactResult
from fenqi.stores.fetch import Connection
from fenqi.stores.notice import Notice
from fenqi.wiring import Installation

BATCH = 500
LEASE = timedelta(minutes=2)
"""After this long a message that nobody has told the end of is sent again, under the same id."""
ATTEMPTS_MAX = 10


async def plan_reminders(installation: Installation, *, lane: Sequence[int]) -> int:
    """Plan the reminder that every unpaid instalment of a lane is to have by today; how many were not planned yet.

    Planned in one statement a reminder, each once whatever dies in between: its id follows from what it is. One whose
    day has passed while nobody planned is still planned as long as its words are true; the next one replaces it.
    """
    ports = installation.ports
    today = ports.business.today()
    schedule = read_schedule(ports.authority.pack.value("contact.reminder_schedule", on=today).value)
    planned = 0
    for reminder, due_from, due_until in due_days(schedule, on=today):
        async with installation.transaction() as connection:
            template = (await templates_in_force(connection, on=today)).get(reminder.template)
            if template is None:
                continue
            planned += await notices.plan(
                connection,
                lane=lane,
                kind=reminder.kind,
                purpose=template.purpose,
                template=template.name,
                channels=reminder.channels,
                due_from=due_from,
                due_until=due_until,
                due_at=reminder.at(today),
            )
    return planned


async def send_due_notices(installation: Installation, *, lane: Sequence[int]) -> int:
    """Send what is due in a lane, several at once; how many were tried.

    A contact is committed before its message leaves: dying in between, it is sent again under the same id, by which
    the carrier knows that it is the same.
    """
    begun, tried = await _begin_due(installation, lane=lane)
    results = [await _send(installation, notice, each) for notice, each in begun]
    async with installation.transaction() as connection:
        at = installation.ports.business.now()
        await _close(connection, results, at=at)
        receipts = [
            ContactResult(bucket_in(each.message_id), each.message_id, each.result, each.reference)
            for each in await installation.notice.receipts()
        ]
        if receipts:
            await contacts.add_results(connection, receipts, told_at=at)
    return tried


async def _begin_due(installation: Installation, *, lane: Sequence[int]) -> tuple[list[tuple[Notice, Message]], int]:
    """Decide what is due, and commit; what has to leave the house, and how many notices were looked at."""
    ports = installation.ports
    at, today = ports.business.now(), ports.business.today()
    law = contact_law(ports.authority.pack, on=today, lender_type=ports.authority.house.lender_type)
    async with installation.transaction() as connection:
        due = await notices.due(connection, lane=lane, at=at, limit=BATCH)
        if not due:
            return [], 0
        after = dict[UUID, Notice]()
        fresh, begun = list[tuple[Notice, StartContact]](), list[Notice]()
        for notice in due:
            opens = next_allowed_at(ContactPurpose(notice.purpose), ContactChannel(notice.channel), at=at, law=law)
            if opens > at:
                after[notice.notice_id] = replace(notice, due_at=opens)
            elif notice.state == "begun":
                begun.append(notice)
            elif (fields := await notice_fields(connection, notice, on=today)) is None:
                after[notice.notice_id] = replace(notice, state="dropped", what="it is over")
            else:
                fresh.append((notice, _command(notice, fields)))
        decided = await start_contacts(connection, ports, [command for _, command in fresh])
        leaving = await _again(connection, installation, begun, after)
        for (notice, _), each in zip(fresh, decided, strict=True):
            after[notice.notice_id] = _decided(notice, each, lease_until=at + LEASE)
            if isinstance(each, Begun) and notice.channel == ContactChannel.SMS:
                leaving.append(
                    (after[notice.notice_id], _message(installation, each.mobile, notice, each.contact.content))
                )
        await notices.save(connection, list(after.values()))
    return leaving, len(due)


def _command(notice: Notice, fields: Mapping[str, object]) -> StartContact:
    return StartContact(
        contact_id=notice.notice_id,
        customer_id=notice.customer_id,
        purpose=ContactPurpose(notice.purpose),
        channel=ContactChannel(notice.channel),
        template=notice.template,
        fields=fields,
        currency=notice.currency,
        about=notice.loan_id,
        begun_by="system",
    )


def _decided(notice: Notice, decided: Begun | Refusal, *, lease_until: datetime) -> Notice:
    if isinstance(decided, Refusal):
        return replace(notice, state="dropped", what=decided.code)
    if notice.channel == ContactChannel.INBOX:
        return replace(notice, state="sent")
    return replace(notice, state="begun", due_at=lease_until, attempt_count=notice.attempt_count + 1)


async def _again(
    connection: Connection, installation: Installation, begun: list[Notice], after: dict[UUID, Notice]
) -> list[tuple[Notice, Message]]:
    """What began and whose end nobody told, to be sent again; after too many tries it is given up."""
    keys, lease_until = installation.ports.keys, installation.ports.business.now() + LEASE
    lane, customer_ids = sorted({each.b for each in begun}), [each.customer_id for each in begun]
    held = {
        row.customer_id: row for row in await contacts.hold_customers(connection, lane=lane, customer_ids=customer_ids)
    }
    leaving = list[tuple[Notice, Message]]()
    for notice in begun:
        contact = await contacts.find(connection, b=notice.b, contact_id=notice.notice_id)
        if contact is None or notice.attempt_count >= ATTEMPTS_MAX:
            after[notice.notice_id] = replace(notice, state="dropped", what="nobody took it")
            continue
        mobile = await keys.unseal(held[notice.customer_id].mobile_sealed, row=notice.customer_id, field="mobile")
        tried = replace(notice, due_at=lease_until, attempt_count=notice.attempt_count + 1)
        after[notice.notice_id] = tried
        leaving.append((tried, _message(installation, mobile, notice, contact.content)))
    return leaving


def _message(installation: Installation, mobile: str, notice: Notice, text: str) -> Message:
    return Message(
        mobile=mobile,
        kind=notice.purpose,
        text=text,
        sent_at=installation.ports.wall.now(),
        message_id=notice.notice_id,
    )


async def _send(installation: Installation, notice: Notice, message: Message) -> tuple[Notice, str | None]:
    """The carrier's reference, or None if it did not answer: then the notice waits for its lease to end."""
    try:
        return notice, await installation.notice.send(message)
    except Unavailable:
        return notice, None


async def _close(connection: Connection, results: list[tuple[Notice, str | None]], *, at: datetime) -> None:
    taken = [(notice, reference) for notice, reference in results if reference is not None]
    if not taken:
        return
    told = [ContactResult(notice.b, notice.notice_id, "sent", reference) for notice, reference in taken]
    await contacts.add_results(connection, told, told_at=at)
    await notices.save(connection, [replace(notice, state="sent") for notice, _ in taken])
