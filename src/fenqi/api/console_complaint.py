"""The complaints desk: what waits for an answer and until when, what was answered, and what is done about one."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from starlette.responses import StreamingResponse

from fenqi.api.body import Body
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.h5.complaint import ComplaintWords
from fenqi.api.h5.hardship import MINOR_MAX
from fenqi.api.listing import ListDay, Paged, Shown, Sorted, StaffList, begin
from fenqi.api.shape.complaint import ComplaintLineShape
from fenqi.core.collection.complaint import (
    OPEN,
    ComplaintCause,
    ComplaintChannel,
    ComplaintLevel,
    ComplaintOutcome,
    ComplaintState,
    ComplaintUnknown,
    Finding,
    Redress,
)
from fenqi.core.ledger.account import bucket_in
from fenqi.services.answer_complaint import (
    acknowledge_complaint,
    answer_complaint,
    approve_answer,
    assign_complaint,
    close_complaint,
    extend_complaint,
)
from fenqi.services.keep_complaint import lock_complaint
from fenqi.services.look_at_customer import find_customer
from fenqi.services.note import note
from fenqi.services.open_complaint import attach_evidence, open_complaint
from fenqi.services.show_complaint import complaint_line, desk_complaint_shown
from fenqi.stores import complaint as complaints
from fenqi.stores.complaint import ComplaintRow, complaint_of
from fenqi.wiring import Installation

router = APIRouter(prefix="/staff", tags=["staff"])
COMPLAINTS = StaffList("complaints", complaints.LISTED, ComplaintLineShape)


class ComplaintList(StrEnum):
    """Which complaints."""

    WAITING = "waiting"
    """Somebody has to answer."""
    ANSWERED = "answered"
    """Answered; the customer has not said whether they are satisfied."""
    ENDED = "ended"
    """Closed or withdrawn."""
    ALL = "all"
    """Every one."""


_STATES = {
    ComplaintList.WAITING: tuple(OPEN),
    ComplaintList.ANSWERED: (ComplaintState.ANSWERED,),
    ComplaintList.ENDED: (ComplaintState.CLOSED, ComplaintState.WITHDRAWN),
    ComplaintList.ALL: tuple(ComplaintState),
}


class ComplaintOf(ComplaintWords):
    """The same, told to an agent by a customer or passed on by a supervisor."""

    customer_id: UUID
    channel: Literal[ComplaintChannel.HOTLINE, ComplaintChannel.AGENT, ComplaintChannel.REGULATOR]
    reference: str = Field(default="", max_length=80)


class NewAssignee(Body):
    """Who is to answer."""

    login: str = Field(min_length=1, max_length=60)


class NewExtension(Body):
    """Why more time is needed; the customer reads it."""

    reason: str = Field(min_length=5, max_length=2000)


class NewEvidence(Body):
    """Something of the customer's record."""

    subject_id: UUID


class NewFinding(Body):
    """What was found, in the words that the customer reads, and how it is made good."""

    outcome: ComplaintOutcome
    answer: str = Field(min_length=5, max_length=4000)
    redress: Redress = Redress.NONE
    redress_minor: int = Field(default=0, strict=True, ge=0, le=MINOR_MAX)


class NewAnswerApproval(Body):
    """Whether a proposed answer is given, and why."""

    is_approved: bool = Field(strict=True)
    why: str = Field(min_length=2, max_length=2000)


class NewClosing(Body):
    """Why nothing is left to do."""

    reason: str = Field(min_length=5, max_length=2000)


@dataclass(frozen=True)
class _Asked:
    """Which complaints; days on which they came, from the first on and before the last."""

    which: ComplaintList = ComplaintList.WAITING
    cause: ComplaintCause | None = None
    channel: ComplaintChannel | None = None
    level: ComplaintLevel | None = None
    assigned_to: Annotated[str | None, Query(max_length=60)] = None
    missed: bool = False
    from_on: ListDay | None = None
    until_on: ListDay | None = None

    @property
    def wanted(self) -> dict[str, Any]:
        return {
            "states": [state.value for state in _STATES[self.which]],
            "cause": self.cause and self.cause.value,
            "channel": self.channel and self.channel.value,
            "level": self.level and self.level.value,
            "assigned_to": self.assigned_to,
            "is_missed": self.missed,
            "from_at": self.from_on and begin(self.from_on),
            "until_at": self.until_on and begin(self.until_on),
        }


ComplaintsAsked = Annotated[_Asked, Depends()]


@router.get("/complaints")
async def list_complaints(
    staff: AskingStaff, installation: Installed, asked: ComplaintsAsked, paging: Paged
) -> dict[str, Any]:
    """Complaints, the most urgent first unless sorted otherwise."""
    return await COMPLAINTS.page(installation, asked.wanted, paging, _shown(installation))


@router.get("/exports/complaints", response_class=StreamingResponse)
async def export_complaints(
    staff: AskingStaff, installation: Installed, asked: ComplaintsAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every complaint that a filter lets through, as CSV."""
    return await COMPLAINTS.file(installation, staff, asked.wanted, sort, _shown(installation))


@router.post("/complaints", status_code=201)
async def complain_for_customer(new: ComplaintOf, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Write a complaint down that came on the phone or from a supervisor.

    Raises: CustomerUnknown, ComplaintIncomplete, ComplaintOpen, EvidenceUnknown, LoanUnknown, RefundAboveCaptured.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        customer = await find_customer(connection, customer_id=new.customer_id)
        command = new.command(
            customer_id=customer.customer_id, channel=new.channel, by=staff.login, reference=new.reference
        )
        return await desk_complaint_shown(connection, ports, await open_complaint(connection, ports, command))


@router.get("/complaints/{complaint_id}")
async def get_complaint(complaint_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """One complaint with its evidence and what was done; who looked is in the audit trail."""
    ports = installation.ports
    async with installation.transaction() as connection:
        complaint = await complaints.find(connection, b=bucket_in(complaint_id), complaint_id=complaint_id)
        if complaint is None:
            raise ComplaintUnknown("no such complaint", allowed="an id from the desk's lists")
        subject = str(complaint_id)
        await note(
            connection, ports, actor_kind="staff", actor=staff.login, action="looked_at_complaint", subject=subject
        )
        return await desk_complaint_shown(connection, ports, complaint)


@router.post("/complaints/{complaint_id}/acknowledgement", status_code=200)
async def acknowledge(complaint_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Take a complaint up.

    Raises: ComplaintUnknown, ComplaintOver.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        complaint = await acknowledge_complaint(connection, ports, complaint_id=complaint_id, staff=staff)
        return await desk_complaint_shown(connection, ports, complaint)


@router.post("/complaints/{complaint_id}/assignment", status_code=200)
async def assign(complaint_id: UUID, new: NewAssignee, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Say who is to answer.

    Raises: ComplaintUnknown, ComplaintOver, AssigneeUnknown.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        complaint = await assign_complaint(connection, ports, complaint_id=complaint_id, login=new.login, staff=staff)
        return await desk_complaint_shown(connection, ports, complaint)


@router.post("/complaints/{complaint_id}/extension", status_code=200)
async def extend(complaint_id: UUID, new: NewExtension, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Take more time, once, and tell the customer why.

    Raises: ComplaintUnknown, ComplaintOver, ComplaintExtended.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        complaint = await extend_complaint(connection, ports, complaint_id=complaint_id, reason=new.reason, staff=staff)
        return await desk_complaint_shown(connection, ports, complaint)


@router.post("/complaints/{complaint_id}/evidence", status_code=201)
async def name_evidence(
    complaint_id: UUID, new: NewEvidence, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Name something of the customer's record as evidence.

    Raises: ComplaintUnknown, ComplaintOver, EvidenceUnknown.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        complaint = await lock_complaint(connection, complaint_id=complaint_id)
        await attach_evidence(connection, ports, complaint, subject_id=new.subject_id, by=staff.login)
        return await desk_complaint_shown(connection, ports, complaint)


@router.post("/complaints/{complaint_id}/answer", status_code=200)
async def answer(complaint_id: UUID, new: NewFinding, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Answer; an answer that gives money waits for a second person unless one may give it alone.

    Raises: ComplaintUnknown, ComplaintOver, ComplaintIncomplete, AnswerOwnComplaint, and what keeps the redress from
    being given.
    """
    ports = installation.ports
    finding = Finding(outcome=new.outcome, answer=new.answer, redress=new.redress, redress_minor=new.redress_minor)
    async with installation.transaction() as connection:
        complaint = await answer_complaint(connection, ports, complaint_id=complaint_id, finding=finding, staff=staff)
        return await desk_complaint_shown(connection, ports, complaint)


@router.post("/complaints/{complaint_id}/approval", status_code=200)
async def approve(
    complaint_id: UUID, new: NewAnswerApproval, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Let a proposed answer be given, or send it back.

    Raises: ComplaintUnknown, AnswerNotProposed, AnswerOwnProposal, AnswerOwnComplaint, and what keeps the redress from
    being given by now.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        complaint = await approve_answer(
            connection, ports, complaint_id=complaint_id, is_approved=new.is_approved, why=new.why, staff=staff
        )
        return await desk_complaint_shown(connection, ports, complaint)


@router.post("/complaints/{complaint_id}/closing", status_code=200)
async def close(complaint_id: UUID, new: NewClosing, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Close an answered complaint about which nothing is left to do.

    Raises: ComplaintUnknown, ComplaintNotAnswered.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        complaint = await close_complaint(connection, ports, complaint_id=complaint_id, reason=new.reason, staff=staff)
        return await desk_complaint_shown(connection, ports, complaint)


def _shown(installation: Installation) -> Shown[ComplaintRow]:
    at = installation.ports.business.now()
    return lambda row: complaint_line(complaint_of(row), at=at)
