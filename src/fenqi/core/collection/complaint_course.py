"""What people and time make of a complaint: taken up, extended, proposed, answered, withdrawn, closed."""

from dataclasses import replace
from datetime import datetime, timedelta

from fenqi.core.collection.complaint import (
    LAST_PART,
    AnswerNotProposed,
    AnswerOwnComplaint,
    AnswerOwnProposal,
    Complaint,
    ComplaintExtended,
    ComplaintLevel,
    ComplaintNotAnswered,
    ComplaintOver,
    ComplaintState,
    Finding,
    Redress,
)

SYSTEM = "system"


def acknowledge(complaint: Complaint, *, by: str, at: datetime) -> Complaint:
    """A person takes it up; who did so first stays.

    Raises: ComplaintOver.
    """
    require_open(complaint)
    if complaint.acknowledged_at is not None:
        return complaint
    return replace(complaint, state=ComplaintState.ACKNOWLEDGED, acknowledged_at=at, acknowledged_by=by)


def assign(complaint: Complaint, *, to: str) -> Complaint:
    """Somebody is to answer it.

    Raises: ComplaintOver.
    """
    require_open(complaint)
    return replace(complaint, assigned_to=to)


def extend(complaint: Complaint, *, days: int) -> Complaint:
    """More time to answer, once.

    Raises: ComplaintOver, ComplaintExtended.
    """
    require_open(complaint)
    if complaint.is_extended:
        raise ComplaintExtended("no more time can be taken", allowed="an answer within its time")
    return replace(complaint, is_extended=True, answer_due_at=complaint.answer_due_at + timedelta(days=days))


def propose(complaint: Complaint, finding: Finding, *, by: str, at: datetime) -> Complaint:
    """An answer that needs a second person.

    Raises: ComplaintOver.
    """
    taken = acknowledge(complaint, by=by, at=at)
    return replace(_found(taken, finding), state=ComplaintState.PROPOSED, proposed_by=by)


def answer(complaint: Complaint, finding: Finding, *, by: str, at: datetime, settle_by: datetime) -> Complaint:
    """The answer is given.

    Raises: ComplaintOver.
    """
    taken = acknowledge(complaint, by=by, at=at)
    return replace(
        _found(taken, finding), state=ComplaintState.ANSWERED, answered_by=by, answered_at=at, settle_by=settle_by
    )


def require_other_person(complaint: Complaint, followed: Complaint | None, *, by: str) -> None:
    """Refuse a second look by whoever answered first.

    Raises: AnswerOwnComplaint.
    """
    if followed is not None and by in {followed.answered_by, followed.proposed_by}:
        raise AnswerOwnComplaint(
            f"you answered the complaint that {complaint.complaint_id} follows", allowed="somebody else answers"
        )


def require_second(complaint: Complaint, *, by: str) -> Finding:
    """The proposed answer, for somebody else than whoever proposed it.

    Raises: AnswerNotProposed, AnswerOwnProposal.
    """
    finding = complaint.finding
    if complaint.state is not ComplaintState.PROPOSED or finding is None:
        raise AnswerNotProposed("no answer waits for a second person", allowed="a complaint whose answer was proposed")
    if complaint.proposed_by == by:
        raise AnswerOwnProposal("you proposed this answer", allowed="somebody else approves it")
    return finding


def send_back(complaint: Complaint) -> Complaint:
    """The second person does not agree: somebody has to answer anew."""
    return replace(
        complaint,
        state=ComplaintState.ACKNOWLEDGED,
        outcome=None,
        answer="",
        redress=Redress.NONE,
        redress_minor=0,
        proposed_by=None,
    )


def withdraw(complaint: Complaint, *, by: str, at: datetime) -> Complaint:
    """The complainant wants no answer any more.

    Raises: ComplaintOver.
    """
    require_open(complaint)
    return replace(send_back(complaint), state=ComplaintState.WITHDRAWN, ended_by=by, ended_at=at)


def close(complaint: Complaint, *, by: str, at: datetime, is_satisfied: bool | None = None) -> Complaint:
    """Nothing more is done about an answered complaint; what the customer says of the answer stays.

    Raises: ComplaintNotAnswered.
    """
    if complaint.state is not ComplaintState.ANSWERED:
        raise ComplaintNotAnswered(f"the complaint is {complaint.state}", allowed="a complaint that was answered")
    return replace(complaint, state=ComplaintState.CLOSED, is_satisfied=is_satisfied, ended_by=by, ended_at=at)


def watched(complaint: Complaint, *, at: datetime) -> tuple[Complaint, tuple[str, ...]]:
    """What time has made of a complaint, and what of it is new."""
    happened: list[str] = []
    if complaint.state is ComplaintState.ANSWERED and complaint.settle_by is not None and complaint.settle_by <= at:
        return close(complaint, by=SYSTEM, at=at), ("closed",)
    if not complaint.is_open:
        return complaint, ()
    if complaint.acknowledged_at is None and complaint.acknowledge_due_at <= at and not complaint.acknowledge_missed_at:
        complaint = replace(complaint, acknowledge_missed_at=at)
        happened.append("acknowledge_missed")
    if complaint.answer_due_at <= at and not complaint.answer_missed_at:
        complaint = replace(complaint, answer_missed_at=at)
        happened.append("answer_missed")
    if complaint.level is ComplaintLevel.AGENT and (happened or _is_nearly_late(complaint, at=at)):
        complaint = replace(complaint, level=ComplaintLevel.LEAD)
        happened.append("escalated_late")
    return complaint, tuple(happened)


def require_open(complaint: Complaint) -> None:
    """Refuse what can be done only while somebody has to answer.

    Raises: ComplaintOver.
    """
    if not complaint.is_open:
        raise ComplaintOver(f"the complaint is {complaint.state}", allowed="a complaint that is not answered")


def _is_nearly_late(complaint: Complaint, *, at: datetime) -> bool:
    whole = complaint.answer_due_at - complaint.received_at
    return at >= complaint.answer_due_at - whole / LAST_PART


def _found(complaint: Complaint, finding: Finding) -> Complaint:
    return replace(
        complaint,
        outcome=finding.outcome,
        answer=finding.answer,
        redress=finding.redress,
        redress_minor=finding.redress_minor,
    )
