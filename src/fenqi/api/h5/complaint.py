"""A customer complains: opening, adding papers, taking back, saying what they think of the answer."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from fenqi.api.body import Body
from fenqi.api.edge import AskingCustomer, Installed
from fenqi.api.h5.hardship import MINOR_MAX
from fenqi.api.paper import NewPaper
from fenqi.core.collection.complaint import Complaint, ComplaintCause, ComplaintChannel
from fenqi.core.collection.complaint_course import require_open
from fenqi.core.customer.paper import read_paper
from fenqi.core.ledger.account import bucket_of
from fenqi.services.keep_complaint import CUSTOMER, law_of, lock_complaint
from fenqi.services.keep_paper import keep_paper
from fenqi.services.open_complaint import OpenComplaint, open_complaint
from fenqi.services.settle_complaint import settle_complaint, withdraw_complaint
from fenqi.services.show_complaint import own_complaint_shown, record_shown
from fenqi.stores import complaint as complaints

router = APIRouter(prefix="/h5", tags=["borrower"])


class ComplaintWords(Body):
    """What a complaint is about, in which words, and what of the record it rests on; `request_id` makes it one."""

    cause: ComplaintCause
    text: str = Field(min_length=5, max_length=4000)
    loan_id: UUID | None = None
    decision_id: UUID | None = None
    disputed_minor: int = Field(default=0, strict=True, ge=0, le=MINOR_MAX)
    evidence_ids: list[UUID] = Field(default=[], max_length=20)
    request_id: str = Field(min_length=8, max_length=128, pattern=r"^[\x21-\x7e]+$")

    def command(self, *, customer_id: UUID, channel: ComplaintChannel, by: str, reference: str = "") -> OpenComplaint:
        """The complaint, as it came."""
        return OpenComplaint(
            customer_id=customer_id,
            channel=channel,
            reference=reference,
            cause=self.cause,
            text=self.text,
            loan_id=self.loan_id,
            decision_id=self.decision_id,
            disputed_minor=self.disputed_minor,
            evidence_ids=tuple(self.evidence_ids),
            by=by,
            once_for=self.request_id,
        )


class NewSatisfaction(Body):
    """What a customer thinks of the answer; who is not satisfied says why."""

    is_satisfied: bool = Field(strict=True)
    text: str = Field(default="", max_length=4000)


@router.get("/complaints")
async def list_complaints(customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """Your complaints, newest first, and what of your record one may rest on."""
    ports, b = installation.ports, bucket_of(customer_id)
    async with installation.reading() as connection:
        known = await complaints.of_customer(connection, b=b, customer_id=customer_id)
        record = await complaints.record(connection, b=b, customer_id=customer_id)
        shown = [await own_complaint_shown(connection, ports, each) for each in known]
    law = law_of(ports)
    return {
        "complaints": shown,
        "record": record_shown(record),
        "answer_days": law.answer_days,
        "settled_days": law.settled_days,
    }


@router.post("/complaints", status_code=201)
async def complain(new: ComplaintWords, customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """Complain: from now on nobody collects from you until you have an answer.

    Raises: ComplaintIncomplete, ComplaintOpen, EvidenceUnknown, LoanUnknown, RefundAboveCaptured.
    """
    ports = installation.ports
    command = new.command(customer_id=customer_id, channel=ComplaintChannel.APP, by=CUSTOMER)
    async with installation.transaction() as connection:
        complaint = await open_complaint(connection, ports, command)
        return await own_complaint_shown(connection, ports, complaint)


@router.post("/complaints/{complaint_id}/papers", status_code=201)
async def add_paper(
    complaint_id: UUID, new: NewPaper, customer_id: AskingCustomer, installation: Installed
) -> dict[str, Any]:
    """Hand in a paper; only those who look after your complaint see it.

    Raises: ComplaintUnknown, ComplaintOver, PaperUnreadable, PaperTooLarge, PapersTooMany.
    """
    ports = installation.ports
    paper = read_paper(name=new.name, media_type=new.media_type, content_base64=new.content_base64)
    async with installation.transaction() as connection:
        complaint = await lock_complaint(connection, complaint_id=complaint_id, customer_id=customer_id)
        require_open(complaint)
        await keep_paper(connection, ports, paper, customer_id=customer_id, about=complaint_id, by=CUSTOMER)
        return await own_complaint_shown(connection, ports, complaint)


@router.post("/complaints/{complaint_id}/withdrawal", status_code=200)
async def take_back(complaint_id: UUID, customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """Want no answer any more.

    Raises: ComplaintUnknown, ComplaintOver.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        complaint: Complaint = await withdraw_complaint(
            connection, ports, complaint_id=complaint_id, customer_id=customer_id
        )
        return await own_complaint_shown(connection, ports, complaint)


@router.post("/complaints/{complaint_id}/satisfaction", status_code=200)
async def say_satisfied(
    complaint_id: UUID, new: NewSatisfaction, customer_id: AskingCustomer, installation: Installed
) -> dict[str, Any]:
    """Say whether the answer satisfies you; if not, somebody else looks again, once.

    Raises: ComplaintUnknown, ComplaintNotAnswered.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        complaint = await settle_complaint(
            connection,
            ports,
            complaint_id=complaint_id,
            customer_id=customer_id,
            is_satisfied=new.is_satisfied,
            text=new.text,
        )
        return await own_complaint_shown(connection, ports, complaint)
