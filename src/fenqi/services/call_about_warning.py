"""Staff call a borrower whom a warning is about, through the one door of contacts, and tell what came of it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID, uuid5

from fenqi.core.collection.complaint import ComplaintCause, ComplaintChannel
from fenqi.core.collection.contact import ContactChannel, ContactPurpose
from fenqi.core.collection.hardship import Stated
from fenqi.core.collection.warning_call import BorrowerSaid, CallTold, next_call_on, require_told
from fenqi.core.ledger.account import bucket_in, id_in_bucket
from fenqi.core.refusal import Kind, Refusal
from fenqi.core.warning.strategy import CALLS
from fenqi.services.ask_hardship import AskHardship, ask_hardship
from fenqi.services.keep_outcome import OutcomeTold, keep_outcome
from fenqi.services.late_loan import late_fields, late_loan
from fenqi.services.note import note
from fenqi.services.open_complaint import OpenComplaint, open_complaint
from fenqi.services.port import Ports
from fenqi.services.prefer_contact import stop_calls
from fenqi.services.show_warning import find_warning
from fenqi.services.start_contact import Begun, StartContact, start_contact
from fenqi.stores import customer as customers
from fenqi.stores import warning as warnings
from fenqi.stores import warning_call as calls
from fenqi.stores.fetch import Connection
from fenqi.stores.warning import StoredWarning
from fenqi.stores.warning_call import CallLine, WarningAnswer, WarningCall

SERVICING_TEXT, LATE_TEXT = "warning_call", "warning_call_late"


class WarningCallNotWanted(Refusal):
    """No step of the warning asks for a call, or it was answered."""

    code: ClassVar[str] = "warning_call_not_wanted"
    kind: ClassVar[Kind] = Kind.CONFLICT


class WarningCallUnknown(Refusal):
    """No such call was begun about this warning."""

    code: ClassVar[str] = "warning_call_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class Dispute:
    """What the borrower says is wrong."""

    cause: ComplaintCause
    text: str
    loan_id: UUID | None = None
    disputed_minor: int = 0


@dataclass(frozen=True, kw_only=True)
class AnswerWarningCall:
    """What came of a call, told once by whoever made it."""

    warning_id: UUID
    contact_id: UUID
    told: CallTold
    help: Stated | None = None
    dispute: Dispute | None = None
    by: str


async def begin_warning_call(
    connection: Connection, ports: Ports, *, warning_id: UUID, request_id: str, by: str
) -> Begun:
    """Begin the call that a warning asks for, or refuse it by the rule that forbids it.

    To somebody who is late already it is a contact about that, and keeps the rules of collection. Who saw the number
    is in the audit trail; the same `request_id` is the same call.

    Raises: WarningUnknown, WarningCallNotWanted, ContactStopped, ContactUnwanted, ContactOutOfHours, ContactTooOften,
    ContactTextUnapproved.
    """
    warning = await _held(connection, warning_id=warning_id)
    contact_id = id_in_bucket(uuid5(warning_id, f"call:{request_id}"), warning.b)
    known = await calls.of_warning(connection, b=warning.b, warning_id=warning_id)
    if warning.call_due_on is None and contact_id not in {call.contact_id for call in known}:
        raise WarningCallNotWanted("nobody is to be called", allowed="a warning whose call has not been answered")
    begun = await start_contact(connection, ports, await _contact(connection, ports, warning, contact_id, by=by))
    call = WarningCall(
        b=warning.b,
        contact_id=contact_id,
        step_id=await _asking_step(connection, warning),
        warning_id=warning_id,
        customer_id=warning.customer_id,
        begun_by=begun.contact.begun_by,
        begun_at=begun.contact.begun_at,
    )
    await calls.add(connection, call)
    await _note(connection, ports, warning, by=by, action="saw_number")
    return begun


async def answer_warning_call(connection: Connection, ports: Ports, command: AnswerWarningCall) -> None:
    """Keep what came of a call, and write down what follows from it: help, a complaint, or that nobody calls again.

    The same answer again changes nothing.

    Raises: WarningUnknown, WarningCallUnknown, OutcomeTold, WarningAnswerContradicts, PromiseInThePast, PromiseTooFar,
    HardshipOpen, HardshipNothingOwed, ComplaintIncomplete, ComplaintOpen, LoanUnknown, RefundAboveCaptured.
    """
    warning = await _held(connection, warning_id=command.warning_id)
    known = await calls.of_warning(connection, b=warning.b, warning_id=warning.warning_id)
    call = next((each for each in known if each.contact_id == command.contact_id), None)
    if call is None:
        raise WarningCallUnknown("no such call about this warning", allowed="a call that was begun here")
    if call.answered is not None:
        _require_same(call, command.told)
        return
    told, today = command.told, ports.business.today()
    pack = ports.authority.pack
    require_told(told, today=today, days_max=pack.value("collection.promise_days_max", on=today).value)
    await keep_outcome(connection, ports, contact_id=call.contact_id, answered=told.answered)
    await calls.add_answer(connection, await _answer(connection, ports, warning, command))
    call_due_on = next_call_on(
        told.answered,
        tries=_tries(known, call.step_id) + 1,
        tries_max=pack.value("collection.warning_call", on=today).value["tries_max"],
        today=today,
    )
    is_running = warning.closed_on is None
    await calls.put_due(
        connection, b=warning.b, warning_id=warning.warning_id, call_due_on=call_due_on if is_running else None
    )
    await _note(connection, ports, warning, by=command.by, action="answered_warning_call")


async def _held(connection: Connection, *, warning_id: UUID) -> StoredWarning:
    """A warning, held with its customer.

    Raises: WarningUnknown.
    """
    found = await find_warning(connection, warning_id=warning_id)
    await customers.lock(connection, b=found.b, customer_id=found.customer_id)
    return await find_warning(connection, warning_id=warning_id)


async def _contact(
    connection: Connection, ports: Ports, warning: StoredWarning, contact_id: UUID, *, by: str
) -> StartContact:
    late = await late_loan(connection, customer_id=warning.customer_id, on=ports.business.today())
    return StartContact(
        contact_id=contact_id,
        customer_id=warning.customer_id,
        purpose=ContactPurpose.SERVICING if late is None else ContactPurpose.COLLECTION,
        channel=ContactChannel.CALL,
        template=SERVICING_TEXT if late is None else LATE_TEXT,
        fields={} if late is None else late_fields(*late),
        about=None if late is None else late[0].row.loan_id,
        begun_by=by,
    )


async def _asking_step(connection: Connection, warning: StoredWarning) -> UUID:
    """The last step that asked for a conversation; one that is left out for measuring asks for nothing."""
    steps = await warnings.steps(connection, b=warning.b, warning_id=warning.warning_id)
    return [step.step_id for step in steps if step.action in CALLS and not step.is_held_out][-1]


def _require_same(call: CallLine, told: CallTold) -> None:
    if (call.answered, call.said, call.pays_on, call.words) != (told.answered, told.said, told.pays_on, told.words):
        raise OutcomeTold("it has been told what became of this call", allowed="another call")


def _tries(known: Sequence[CallLine], step_id: UUID) -> int:
    return sum(call.step_id == step_id and call.answered is not None for call in known)


async def _answer(
    connection: Connection, ports: Ports, warning: StoredWarning, command: AnswerWarningCall
) -> WarningAnswer:
    told, once_for = command.told, f"warning-call:{command.contact_id}"
    hardship_id, complaint_id = None, None
    if command.help is not None:
        wanted = AskHardship(customer_id=warning.customer_id, stated=command.help, by=command.by, once_for=once_for)
        hardship_id = (await ask_hardship(connection, ports, wanted)).request_id
    if command.dispute is not None:
        complaint = await open_complaint(connection, ports, _complaint(warning, command.dispute, command.by, once_for))
        complaint_id = complaint.complaint_id
    if told.said is BorrowerSaid.NO_CALLS:
        await stop_calls(connection, ports, customer_id=warning.customer_id)
    return WarningAnswer(
        b=bucket_in(command.contact_id),
        contact_id=command.contact_id,
        answered=told.answered,
        said=told.said,
        pays_on=told.pays_on,
        words=told.words,
        hardship_id=hardship_id,
        complaint_id=complaint_id,
        told_by=command.by,
        told_at=ports.business.now(),
    )


def _complaint(warning: StoredWarning, dispute: Dispute, by: str, once_for: str) -> OpenComplaint:
    return OpenComplaint(
        customer_id=warning.customer_id,
        channel=ComplaintChannel.AGENT,
        cause=dispute.cause,
        text=dispute.text,
        loan_id=dispute.loan_id,
        disputed_minor=dispute.disputed_minor,
        by=by,
        once_for=once_for,
    )


async def _note(connection: Connection, ports: Ports, warning: StoredWarning, *, by: str, action: str) -> None:
    detail = {"warning_id": str(warning.warning_id)}
    subject = str(warning.customer_id)
    await note(connection, ports, actor_kind="staff", actor=by, action=action, subject=subject, detail=detail)
