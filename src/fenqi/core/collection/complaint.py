"""A complaint: from whom and about what, by when it is acknowledged and answered, and what keeps it from going on."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from fenqi.core.refusal import Kind, Refusal

LAST_PART = 4
"""In the last fourth of its time a complaint goes to those who answer for the portfolio."""


class ComplaintChannel(StrEnum):
    """The way it came."""

    APP = "app"
    """The customer wrote it in the app."""
    HOTLINE = "hotline"
    """Told on the phone, and written down by whoever took the call."""
    AGENT = "agent"
    """Told to somebody who was talking with the customer about something else."""
    REGULATOR = "regulator"
    """Passed on by a supervisor or by the financial consumers' hotline."""


class ComplaintCause(StrEnum):
    """What it is about."""

    GOODS = "goods"
    """What was bought is not what came, or did not come: a dispute."""
    COST = "cost"
    """Interest, fees, late charges."""
    CONTACT = "contact"
    """How, when or how often somebody was contacted."""
    DECISION = "decision"
    """An application that was declined: an appeal, which a person looks at."""
    PRIVACY = "privacy"
    """What is done with personal data."""
    REPAYMENT = "repayment"
    """Debits, transfers, what was booked."""
    CREDIT_RECORD = "credit_record"
    """What was reported to a credit bureau, or who asked there."""
    SERVICE = "service"
    """How somebody was treated."""
    OTHER = "other"
    """Something else, told in words."""


class ComplaintState(StrEnum):
    """Where it stands."""

    RECEIVED = "received"
    """Nobody has taken it up yet."""
    ACKNOWLEDGED = "acknowledged"
    """A person has taken it up."""
    PROPOSED = "proposed"
    """An answer that gives money waits for a second person."""
    ANSWERED = "answered"
    """Answered; the customer may ask for a second look."""
    CLOSED = "closed"
    """The customer has said whether they are satisfied, or the time to say so is over."""
    WITHDRAWN = "withdrawn"
    """The customer wants no answer any more."""


OPEN = frozenset({ComplaintState.RECEIVED, ComplaintState.ACKNOWLEDGED, ComplaintState.PROPOSED})


class ComplaintLevel(StrEnum):
    """Who has to answer."""

    AGENT = "agent"
    """Whoever looks after borrowers."""
    LEAD = "lead"
    """Who answers for the portfolio: it came by the regulator, is looked at again, or its time is nearly over."""


class ComplaintOutcome(StrEnum):
    """What was found."""

    UPHELD = "upheld"
    """The customer is right."""
    PARTLY_UPHELD = "partly_upheld"
    """The customer is right in a part."""
    REJECTED = "rejected"
    """What happened was right."""


class Redress(StrEnum):
    """How a wrong is made good."""

    NONE = "none"
    """Nothing is given."""
    GOODWILL = "goodwill"
    """The lender gives an amount, which discharges what the loan owes."""
    REFUND = "refund"
    """The price of goods is given back at the merchant's cost."""


class ComplaintUnknown(Refusal):
    """There is no such complaint, or not for whoever asks."""

    code: ClassVar[str] = "complaint_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class ComplaintOver(Refusal):
    """The complaint has been answered, closed or withdrawn."""

    code: ClassVar[str] = "complaint_over"
    kind: ClassVar[Kind] = Kind.CONFLICT


class ComplaintNotAnswered(Refusal):
    """Nobody has answered the complaint yet, or it is closed."""

    code: ClassVar[str] = "complaint_not_answered"
    kind: ClassVar[Kind] = Kind.CONFLICT


class ComplaintIncomplete(Refusal):
    """A complaint lacks what its cause or its channel needs, or an answer what its outcome needs."""

    code: ClassVar[str] = "complaint_incomplete"


class ComplaintOpen(Refusal):
    """A complaint of this cause about the same thing is open already."""

    code: ClassVar[str] = "complaint_open"
    kind: ClassVar[Kind] = Kind.CONFLICT


class ComplaintExtended(Refusal):
    """The time to answer has been extended already, or may not be."""

    code: ClassVar[str] = "complaint_extended"
    kind: ClassVar[Kind] = Kind.RULE


class AnswerNotProposed(Refusal):
    """No answer waits for a second person."""

    code: ClassVar[str] = "answer_not_proposed"
    kind: ClassVar[Kind] = Kind.CONFLICT


class AnswerOwnProposal(Refusal):
    """Whoever proposed an answer cannot be the one who approves it."""

    code: ClassVar[str] = "answer_own_proposal"
    kind: ClassVar[Kind] = Kind.FORBIDDEN


class AnswerOwnComplaint(Refusal):
    """Whoever answered a complaint cannot be the one who looks at it again."""

    code: ClassVar[str] = "answer_own_complaint"
    kind: ClassVar[Kind] = Kind.FORBIDDEN


@dataclass(frozen=True, kw_only=True)
class Finding:
    """An answer: what was found, in which words, and how it is made good.

    Units: minor.
    """

    outcome: ComplaintOutcome
    answer: str
    redress: Redress = Redress.NONE
    redress_minor: int = 0

    def __post_init__(self) -> None:
        """Raises: ComplaintIncomplete."""
        is_given = self.redress is not Redress.NONE
        if is_given != (self.redress_minor > 0) or (is_given and self.outcome is ComplaintOutcome.REJECTED):
            raise ComplaintIncomplete(
                f"{self.outcome} with {self.redress} of {self.redress_minor}",
                allowed="an amount with a redress, none without; a rejected complaint has none",
            )


@dataclass(frozen=True, kw_only=True)
class Complaint:
    """A complaint as it stands.

    Units: minor.
    """

    b: int
    complaint_id: UUID
    customer_id: UUID
    channel: ComplaintChannel
    reference: str = ""
    """The number under which somebody else passed it on."""
    cause: ComplaintCause
    state: ComplaintState
    level: ComplaintLevel
    assigned_to: str | None = None
    follows_id: UUID | None = None
    """The complaint at which this one is the second look."""
    loan_id: UUID | None = None
    checkout_id: UUID | None = None
    decision_id: UUID | None = None
    disputed_minor: int = 0
    received_by: str
    received_at: datetime
    acknowledge_due_at: datetime
    answer_due_at: datetime
    is_extended: bool = False
    acknowledge_missed_at: datetime | None = None
    answer_missed_at: datetime | None = None
    acknowledged_at: datetime | None = None
    acknowledged_by: str | None = None
    outcome: ComplaintOutcome | None = None
    answer: str = ""
    redress: Redress = Redress.NONE
    redress_minor: int = 0
    proposed_by: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None
    settle_by: datetime | None = None
    """Until when the customer may say whether they are satisfied."""
    is_satisfied: bool | None = None
    ended_by: str | None = None
    ended_at: datetime | None = None

    @property
    def is_open(self) -> bool:
        """Whether somebody still has to answer."""
        return self.state in OPEN

    @property
    def subject(self) -> UUID:
        """What it is about: a loan, an application, or the customer's whole relation with the lender."""
        return self.loan_id or self.checkout_id or self.customer_id

    @property
    def finding(self) -> Finding | None:
        """The answer that was given, or that waits for a second person."""
        if self.outcome is None:
            return None
        return Finding(outcome=self.outcome, answer=self.answer, redress=self.redress, redress_minor=self.redress_minor)

    def is_late(self, *, at: datetime) -> bool:
        """Whether the answer came, or is still to come, after its time."""
        return (self.answered_at or self.ended_at or at) >= self.answer_due_at


def require_complete(complaint: Complaint) -> None:
    """Refuse a complaint that lacks what its cause or its channel needs.

    Raises: ComplaintIncomplete.
    """
    is_dispute = complaint.cause is ComplaintCause.GOODS
    if is_dispute and (complaint.loan_id is None or complaint.disputed_minor <= 0):
        raise ComplaintIncomplete(
            "a dispute without a loan or an amount", allowed="the loan, and what of it is disputed"
        )
    if complaint.disputed_minor and not is_dispute:
        raise ComplaintIncomplete("an amount without a dispute", allowed="an amount with goods alone")
    if complaint.cause is ComplaintCause.DECISION and complaint.decision_id is None:
        raise ComplaintIncomplete("an appeal without a decision", allowed="an application that was decided")
    if complaint.channel is ComplaintChannel.REGULATOR and not complaint.reference:
        raise ComplaintIncomplete("passed on without a number", allowed="the number under which it was passed on")


def require_new(complaint: Complaint, known: Iterable[Complaint]) -> None:
    """Refuse a second open complaint of one cause about one thing.

    Raises: ComplaintOpen.
    """
    for each in known:
        if each.is_open and (each.cause, each.subject) == (complaint.cause, complaint.subject):
            raise ComplaintOpen(
                f"a complaint about {complaint.cause} is open since {each.received_at.isoformat()}",
                allowed="papers and words added to that one",
            )
