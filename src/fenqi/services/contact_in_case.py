"""Contacts of a collection case: which are allowed now, and how one is begun, through the one door."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID, uuid5

from fenqi.core.collection.arrears_case import CollectionCase
from fenqi.core.collection.contact import ContactChannel, ContactPurpose
from fenqi.core.ledger.account import bucket_in, id_in_bucket
from fenqi.core.loan.state import LoanState
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.book_loan import OpenLoan
from fenqi.services.find_collection_case import Collector, hold_case, write_down
from fenqi.services.late_loan import late_fields, late_loan
from fenqi.services.note import note
from fenqi.services.notice_fields import OF_CASE
from fenqi.services.port import Ports
from fenqi.services.start_contact import Option, StartContact, start_contact, try_contacts
from fenqi.stores import contact as contacts
from fenqi.stores import notice as notices
from fenqi.stores.fetch import Connection
from fenqi.stores.notice import PlannedNotice

_SPOKEN = frozenset({ContactChannel.CALL, ContactChannel.VOICE_NOTICE})


class NothingOverdue(Refusal):
    """Nothing that is owed too late may be asked for: it was paid, or it is held."""

    code: ClassVar[str] = "nothing_overdue"
    kind: ClassVar[Kind] = Kind.CONFLICT


class ChannelNotOfStage(Refusal):
    """The strategy does not use this channel so early."""

    code: ClassVar[str] = "channel_not_of_stage"
    kind: ClassVar[Kind] = Kind.RULE


@dataclass(frozen=True, kw_only=True)
class ContactInCase:
    """What somebody wants to begin in a case; the same `request_id` is the same contact."""

    case_id: UUID
    channel: ContactChannel
    template: str
    number: str = ""
    request_id: str


@dataclass(frozen=True)
class BegunInCase:
    """A contact that begins: what to say and where, or that a message is on its way."""

    contact_id: UUID
    text: str
    mobile: str
    """The number to call; empty for a message, which leaves by itself."""


async def options_of(
    connection: Connection, ports: Ports, *, case: CollectionCase, template: str, login: str
) -> tuple[tuple[Option, Refusal | None, datetime | None], ...]:
    """For each channel whether a contact could begin now; if not, by which rule, and from when.

    The law speaks first; then whether anything is late, and whether the strategy uses the channel.
    """
    found = await late_loan(connection, customer_id=case.customer_id, on=ports.business.today())
    commands = [
        _command(case, found, channel=channel, template=template, login=login, key="trial")
        for channel in ContactChannel
    ]
    options = await try_contacts(connection, ports, commands)
    return tuple(_with_strategy(ports, case, found is not None, option) for option in options)


async def contact_in_case(
    connection: Connection, ports: Ports, command: ContactInCase, *, collector: Collector
) -> BegunInCase:
    """Begin a contact, or be refused by the rule that forbids it.

    A call begins here and now, and shows the number that is to be called; a message is given to the outbox, which
    begins and sends it once. Who saw the number is in the audit trail.

    Raises: NothingOverdue, ChannelNotOfStage, ContactThirdParty, ContactTextUnapproved, ContactStopped,
    ContactUnwanted, ContactOutOfHours, ContactTooOften, TemplateFieldMissing, CollectionCaseUnknown,
    CollectionCaseClosed, CollectionCaseTaken.
    """
    case = await hold_case(connection, ports, case_id=command.case_id, collector=collector, action="asked_for_contact")
    found = await late_loan(connection, customer_id=case.customer_id, on=ports.business.today())
    wanted = _command(
        case,
        found,
        channel=command.channel,
        template=command.template,
        login=collector.login,
        key=command.request_id,
        number=command.number,
    )
    (option,) = await try_contacts(connection, ports, [wanted])
    _, refusal, _ = _with_strategy(ports, case, found is not None, option)
    if refusal is not None and not await _is_known(connection, wanted):
        raise refusal
    if command.channel in _SPOKEN:
        begun = await start_contact(connection, ports, wanted)
        await _show_number(connection, ports, case, collector=collector)
        return BegunInCase(wanted.contact_id, begun.contact.content, begun.mobile)
    if found is not None:
        await _plan_message(connection, ports, case, found, wanted)
    await write_down(
        connection,
        ports,
        case,
        what="message_planned",
        by=collector.login,
        detail={"channel": command.channel.value, "template": command.template},
        event_id=uuid5(wanted.contact_id, "planned"),
    )
    return BegunInCase(wanted.contact_id, "", "")


def _command(
    case: CollectionCase,
    found: tuple[OpenLoan, LoanState] | None,
    *,
    channel: ContactChannel,
    template: str,
    login: str,
    key: str,
    number: str = "",
) -> StartContact:
    fields: dict[str, object] = {}
    if found is not None:
        fields = late_fields(*found)
    return StartContact(
        contact_id=id_in_bucket(uuid5(case.case_id, f"contact:{channel}:{key}"), case.b),
        customer_id=case.customer_id,
        purpose=ContactPurpose.COLLECTION,
        channel=channel,
        template=template,
        fields=fields,
        about=found[0].row.loan_id if found else None,
        begun_by=login,
        number=number,
    )


def _with_strategy(
    ports: Ports, case: CollectionCase, is_late: bool, option: Option
) -> tuple[Option, Refusal | None, datetime | None]:
    strategy, channel = ports.authority.collection, option.command.channel
    if option.refusal is not None:
        return option, option.refusal, option.allowed_from
    if not is_late:
        return option, NothingOverdue("nothing is late that is not held", allowed="a case in which something is"), None
    stage = strategy.stage_named(case.stage)
    if channel not in stage.channels:
        refusal = ChannelNotOfStage(
            f"stage {stage.name} does not use {channel}",
            allowed=", ".join(sorted(stage.channels)),
            source=f"collection strategy {strategy.version}",
        )
        return option, refusal, None
    return option, None, option.allowed_from


async def _is_known(connection: Connection, wanted: StartContact) -> bool:
    b = bucket_in(wanted.contact_id)
    return await contacts.find(connection, b=b, contact_id=wanted.contact_id) is not None


async def _show_number(connection: Connection, ports: Ports, case: CollectionCase, *, collector: Collector) -> None:
    await note(
        connection,
        ports,
        actor_kind="staff",
        actor=collector.login,
        action="saw_number",
        subject=str(case.customer_id),
        detail={"case_id": str(case.case_id)},
    )


async def _plan_message(
    connection: Connection, ports: Ports, case: CollectionCase, found: tuple[OpenLoan, LoanState], wanted: StartContact
) -> None:
    loan, state = found
    oldest = state.oldest_unpaid
    planned = PlannedNotice(
        b=case.b,
        notice_id=wanted.contact_id,
        customer_id=case.customer_id,
        purpose=wanted.purpose,
        channel=wanted.channel,
        template=wanted.template,
        loan_id=loan.row.loan_id,
        instalment=oldest.number if oldest else None,
        due_on=oldest.due_on if oldest else None,
        kind=f"{OF_CASE}{case.case_id}",
        currency=loan.row.currency,
        due_at=ports.business.now(),
    )
    await notices.plan_one(connection, planned)


def options_shown(options: Sequence[tuple[Option, Refusal | None, datetime | None]]) -> list[dict[str, Any]]:
    """What may begin now, and what may not: by which rule, and from when."""
    return [
        {
            "channel": option.command.channel.value,
            "is_allowed": refusal is None,
            "code": refusal.code if refusal else "",
            "what": refusal.what if refusal else "",
            "allowed": refusal.allowed if refusal else "",
            "source": refusal.source if refusal else "",
            "allowed_from": at.isoformat() if refusal and at else None,
        }
        for option, refusal, at in options
    ]
