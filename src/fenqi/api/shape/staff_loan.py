"""What the console's routes about one loan answer."""

from typing import Literal

from fenqi.api.shape.credit import LoanShape, RowChange, StandingShape
from fenqi.api.shape.part import Page, Shape
from fenqi.core.ledger.account import AccountKind
from fenqi.core.loan.change import ChangeKind
from fenqi.core.loan.classification import Category
from fenqi.core.loan.grading import Why


class GradedShape(Shape):
    """How a loan was graded at the end of a month, and what that asked of the books."""

    month_on: str
    category: Category
    stage: int
    why: Why
    is_accruing: bool
    principal_minor: int
    provision_minor: int
    suspended_minor: int


class StaffLoanShape(LoanShape):
    """A loan on any day, as known at an instant; null: as known now."""

    graded: GradedShape | None
    known_at: str | None
    seq: int
    category: Category
    late_rate_per_day: str


class PreviewLeg(Shape):
    """A leg that posting a change would bring."""

    kind: str
    debit: AccountKind
    credit: AccountKind
    amount_minor: int
    value_on: str


class ChangePreviewShape(Shape):
    """What a change would do; `seq` is the last event of the loan that it knows."""

    loan_id: str
    currency: str
    seq: int
    needs_second: bool
    before: StandingShape
    after: StandingShape
    rows: list[RowChange]
    legs: list[PreviewLeg]


class ChangeContent(Shape):
    """A change as it was asked for."""

    kind: ChangeKind
    on: str
    amount_minor: int | None
    component: Literal["interest", "fee", "penalty"] | None
    due_on: str | None
    new_due_on: str | None
    from_on: str | None
    until_on: str | None
    rate_per_year: str | None
    instalment_count: int | None
    event_id: str | None


class ChangeShape(Shape):
    """A change that was proposed, and what became of it."""

    change_id: str
    loan_id: str
    kind: ChangeKind
    content: ChangeContent
    reason: str
    state: Literal["proposed", "posted", "rejected"]
    is_alone: bool
    seen_seq: int
    proposed_by: str
    proposed_at: str
    decided_by: str | None
    decided_at: str | None
    decided_why: str | None


class ChangesShape(Shape):
    """The changes of a loan."""

    changes: list[ChangeShape]


class WaitingChangesShape(Page):
    """Changes that wait for a second person."""

    changes: list[ChangeShape]


SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("GET", "/staff/loans/{loan_id}"): StaffLoanShape,
    ("POST", "/staff/loans/{loan_id}/previews"): ChangePreviewShape,
    ("GET", "/staff/loans/{loan_id}/changes"): ChangesShape,
    ("POST", "/staff/loans/{loan_id}/changes"): ChangeShape,
    ("POST", "/staff/loans/{loan_id}/changes/{change_id}/answer"): ChangeShape,
    ("GET", "/staff/loan-changes"): WaitingChangesShape,
}
