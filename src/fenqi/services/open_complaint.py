"""A customer complains, by whatever way; what the complaint stops is stopped at once."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID, uuid5

from fenqi.core.collection.complaint import (
    Complaint,
    ComplaintCause,
    ComplaintChannel,
    ComplaintLevel,
    ComplaintState,
    require_complete,
    require_new,
)
from fenqi.core.collection.complaint_course import require_open
from fenqi.core.collection.hardship import end_of_day
from fenqi.core.dates.working_day import working_days_after
from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.merchant.capture import refund
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.find_loan import find_loan
from fenqi.services.keep_complaint import law_of, tell, write_to_customer
from fenqi.services.port import Ports
from fenqi.services.purchase import purchase_of
from fenqi.services.stop_for_complaint import begin_stops
from fenqi.stores import checkout as checkouts
from fenqi.stores import complaint as complaints
from fenqi.stores import customer as customers
from fenqi.stores import decision as decisions
from fenqi.stores.checkout import Checkout
from fenqi.stores.complaint import Evidence
from fenqi.stores.fetch import Connection


class EvidenceUnknown(Refusal):
    """It is nothing of this customer's record."""

    code: ClassVar[str] = "evidence_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


@dataclass(frozen=True, kw_only=True)
class OpenComplaint:
    """Who complains, by which way and about what; the same `once_for` is the same complaint."""

    customer_id: UUID
    channel: ComplaintChannel
    reference: str = ""
    cause: ComplaintCause
    text: str
    loan_id: UUID | None = None
    decision_id: UUID | None = None
    """What an appeal is about, where no loan came of it."""
    disputed_minor: int = 0
    evidence_ids: tuple[UUID, ...] = ()
    follows_id: UUID | None = None
    by: str
    """"customer", or the login of whoever wrote it down."""
    once_for: str


async def open_complaint(connection: Connection, ports: Ports, command: OpenComplaint) -> Complaint:
    """Write a complaint down, name its evidence, and let it stop what it stops.

    Raises: ComplaintIncomplete, ComplaintOpen, EvidenceUnknown, LoanUnknown, RefundAboveCaptured if more is disputed
    than could be refunded.
    """
    b = bucket_of(command.customer_id)
    complaint_id = id_in_bucket(uuid5(command.customer_id, f"complaint:{command.once_for}"), b)
    checkout = await _checkout(connection, command)
    await customers.lock(connection, b=b, customer_id=command.customer_id)
    known = await complaints.of_customer(connection, b=b, customer_id=command.customer_id)
    for each in known:
        if each.complaint_id == complaint_id:
            return each
    complaint = _new(ports, command, checkout, complaint_id=complaint_id, b=b)
    require_complete(complaint)
    require_new(complaint, known)
    if complaint.disputed_minor and checkout is not None:
        refund(purchase_of(checkout), amount_minor=complaint.disputed_minor)
    sealed = await ports.keys.seal(command.text, row=complaint_id, field="text")
    await complaints.add(connection, complaint, text_sealed=sealed)
    await tell(connection, ports, complaint, what="received", by=command.by)
    named = (complaint.loan_id, complaint.decision_id, *command.evidence_ids)
    for subject_id in dict.fromkeys(each for each in named if each is not None):
        await attach_evidence(connection, ports, complaint, subject_id=subject_id, by=command.by)
    await begin_stops(connection, ports, complaint, checkout, words=command.text)
    until = complaint.answer_due_at
    await write_to_customer(connection, ports, complaint, template="complaint_received", until=until)
    return complaint


async def attach_evidence(
    connection: Connection, ports: Ports, complaint: Complaint, *, subject_id: UUID, by: str
) -> None:
    """Name something of the customer's record as evidence; it stays where it is. The complaint is held by the caller.

    Raises: EvidenceUnknown, ComplaintOver.
    """
    require_open(complaint)
    record = await complaints.record(connection, b=complaint.b, customer_id=complaint.customer_id)
    line = next((each for each in record if each.subject_id == subject_id), None)
    if line is None:
        raise EvidenceUnknown(f"{subject_id} is not of this record", allowed="a loan, decision, statement or contact")
    evidence = Evidence(
        b=complaint.b,
        complaint_id=complaint.complaint_id,
        kind=line.kind,
        subject_id=line.subject_id,
        added_by=by,
        added_at=ports.business.now(),
    )
    await complaints.add_evidence(connection, evidence)


async def _checkout(connection: Connection, command: OpenComplaint) -> Checkout | None:
    """The purchase that a complaint is about, held until the transaction ends."""
    if command.loan_id is not None:
        loan = await find_loan(connection, loan_id=command.loan_id, customer_id=command.customer_id)
        return await checkouts.lock(connection, b=loan.checkout_b, checkout_id=loan.checkout_id)
    if command.decision_id is None:
        return None
    b = bucket_of(command.customer_id)
    decision = await decisions.find(connection, b=b, decision_id=command.decision_id)
    if decision is None or decision.customer_id != command.customer_id:
        raise EvidenceUnknown(f"{command.decision_id} is not of this record", allowed="a decision about this customer")
    return await checkouts.lock(connection, b=decision.checkout_b, checkout_id=decision.checkout_id)


def _new(ports: Ports, command: OpenComplaint, checkout: Checkout | None, *, complaint_id: UUID, b: int) -> Complaint:
    law, today = law_of(ports), ports.business.today()
    goes_up = command.channel is ComplaintChannel.REGULATOR or command.follows_id is not None
    return Complaint(
        b=b,
        complaint_id=complaint_id,
        customer_id=command.customer_id,
        channel=command.channel,
        reference=command.reference,
        cause=command.cause,
        state=ComplaintState.RECEIVED,
        level=ComplaintLevel.LEAD if goes_up else ComplaintLevel.AGENT,
        follows_id=command.follows_id,
        loan_id=command.loan_id,
        checkout_id=checkout.checkout_id if checkout else None,
        decision_id=checkout.decision_id if checkout else None,
        disputed_minor=command.disputed_minor,
        received_by=command.by,
        received_at=ports.business.now(),
        acknowledge_due_at=end_of_day(working_days_after(today, law.acknowledge_days, overrides={})),
        is_extended=command.cause is ComplaintCause.CREDIT_RECORD,
        answer_due_at=end_of_day(today + timedelta(days=law.days_for(command.cause))),
    )
