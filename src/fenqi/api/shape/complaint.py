"""What the routes about complaints answer."""

from typing import Literal

from fenqi.api.shape.hardship import PaperLineShape
from fenqi.api.shape.part import Page, Shape
from fenqi.core.collection.complaint import (
    ComplaintCause,
    ComplaintChannel,
    ComplaintLevel,
    ComplaintOutcome,
    ComplaintState,
    Redress,
)

EvidenceKind = Literal["loan", "decision", "contact", "statement"]
ComplaintDone = Literal[
    "received",
    "acknowledged",
    "assigned",
    "extended",
    "proposed",
    "sent_back",
    "answered",
    "closed",
    "withdrawn",
    "satisfied",
    "unsatisfied",
    "acknowledge_missed",
    "answer_missed",
    "escalated_late",
    "person_asked",
    "person_asked_before",
    "appeal_here",
]


class EvidenceLine(Shape):
    """Something of the record that a complaint rests on."""

    kind: EvidenceKind
    subject_id: str
    added_by: str
    added_at: str


class RecordLineShape(Shape):
    """Something of a customer's record that a complaint may rest on."""

    kind: EvidenceKind
    subject_id: str
    at: str
    on: str
    told: str


class OwnComplaintShape(Shape):
    """A complaint as its customer sees it."""

    complaint_id: str
    channel: ComplaintChannel
    cause: ComplaintCause
    state: ComplaintState
    loan_id: str | None
    disputed_minor: int
    currency: str
    text: str
    received_at: str
    answer_due_on: str
    extended_because: str | None
    follows_id: str | None
    outcome: ComplaintOutcome | None
    answer: str
    redress: Redress
    redress_minor: int
    answered_at: str | None
    settle_on: str | None
    is_satisfied: bool | None
    ended_at: str | None
    papers: list[PaperLineShape]
    evidence: list[EvidenceLine]


class OwnComplaintsShape(Shape):
    """A customer's complaints."""

    complaints: list[OwnComplaintShape]
    record: list[RecordLineShape]
    answer_days: int
    settled_days: int


class ComplaintLineShape(Shape):
    """A complaint in the desk's lists."""

    complaint_id: str
    customer_id: str
    channel: ComplaintChannel
    reference: str
    cause: ComplaintCause
    state: ComplaintState
    level: ComplaintLevel
    assigned_to: str | None
    loan_id: str | None
    disputed_minor: int
    received_by: str
    received_at: str
    acknowledge_due_on: str
    answer_due_on: str
    is_late: bool
    is_acknowledge_missed: bool
    outcome: ComplaintOutcome | None
    redress: Redress
    redress_minor: int
    answered_at: str | None
    is_satisfied: bool | None
    ended_at: str | None


class ComplaintListShape(Page):
    """A list of the desk."""

    complaints: list[ComplaintLineShape]


class ComplaintEventShape(Shape):
    """Something done about a complaint."""

    what: ComplaintDone
    by: str
    text: str
    recorded_at: str


class ComplaintShape(ComplaintLineShape):
    """A complaint as the desk sees it."""

    currency: str
    text: str
    decision_id: str | None
    case_id: str | None
    follows_id: str | None
    is_extended: bool
    acknowledged_by: str | None
    answer: str
    proposed_by: str | None
    answered_by: str | None
    settle_on: str | None
    answer_days: int
    answer_source: str
    extended_days: int
    papers: list[PaperLineShape]
    evidence: list[EvidenceLine]
    record: list[RecordLineShape]
    others: list[ComplaintLineShape]
    events: list[ComplaintEventShape]


class ComplaintFigureLine(Shape):
    """The complaints of a month, cause and channel."""

    month: str
    cause: ComplaintCause
    channel: ComplaintChannel
    complaint_count: int
    upheld_count: int
    partly_count: int
    rejected_count: int
    withdrawn_count: int
    open_count: int
    late_count: int
    unsatisfied_count: int
    redress_minor: int


class ComplaintFiguresShape(Shape):
    """Causes counted."""

    lines: list[ComplaintFigureLine]


SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("GET", "/h5/complaints"): OwnComplaintsShape,
    ("POST", "/h5/complaints"): OwnComplaintShape,
    ("POST", "/h5/complaints/{complaint_id}/papers"): OwnComplaintShape,
    ("POST", "/h5/complaints/{complaint_id}/withdrawal"): OwnComplaintShape,
    ("POST", "/h5/complaints/{complaint_id}/satisfaction"): OwnComplaintShape,
    ("GET", "/staff/complaints"): ComplaintListShape,
    ("POST", "/staff/complaints"): ComplaintShape,
    ("GET", "/staff/complaints/{complaint_id}"): ComplaintShape,
    ("POST", "/staff/complaints/{complaint_id}/acknowledgement"): ComplaintShape,
    ("POST", "/staff/complaints/{complaint_id}/assignment"): ComplaintShape,
    ("POST", "/staff/complaints/{complaint_id}/extension"): ComplaintShape,
    ("POST", "/staff/complaints/{complaint_id}/evidence"): ComplaintShape,
    ("POST", "/staff/complaints/{complaint_id}/answer"): ComplaintShape,
    ("POST", "/staff/complaints/{complaint_id}/approval"): ComplaintShape,
    ("POST", "/staff/complaints/{complaint_id}/closing"): ComplaintShape,
    ("GET", "/staff/complaint-figures"): ComplaintFiguresShape,
}
