"""What the routes of a borrower's credit answer."""

from typing import Literal

from fenqi.api.shape.part import Parts, SentCodeShape, SessionShape, Shape
from fenqi.core.loan.state import Status
from fenqi.core.merchant.payment_order import PaymentKind, PaymentState


class MeShape(Shape):
    """A customer, masked, and their credit line."""

    mobile_masked: str
    name_masked: str | None
    identified: bool
    currency: str
    limit_minor: int
    used_minor: int
    available_minor: int


class LoanLine(Shape):
    """One loan in a list."""

    loan_id: str
    status: Status
    principal_minor: int
    outstanding_minor: int
    overpaid_minor: int
    currency: str
    drawn_on: str
    next_due_on: str | None


class LoansShape(Shape):
    """The loans of a borrower."""

    loans: list[LoanLine]


class Instalment(Shape):
    """One instalment: due, paid, and how it stands."""

    instalment: int
    due_on: str
    due: Parts
    paid: Parts
    outstanding_minor: int
    paid_on: str | None
    standing: Literal["paid", "late", "due", "to_come"]


class Effect(Shape):
    """One thing that happened to a loan."""

    on: str
    what: str
    amount_minor: int
    parts: Parts
    overpaid_minor: int
    balance_minor: int


class LoanShape(Shape):
    """A loan whole, on a day."""

    loan_id: str
    checkout_id: str
    agreement_id: str
    merchant_id: str
    product_id: str
    as_of: str
    status: Status
    currency: str
    principal_minor: int
    outstanding: Parts
    overdue: Parts
    overpaid_minor: int
    days_past_due: int
    payoff_minor: int
    next_due_on: str | None
    next_due_minor: int
    instalments: list[Instalment]
    timeline: list[Effect]


class PayoffShape(Shape):
    """What closes a loan on a day."""

    loan_id: str
    on: str
    amount_minor: int
    currency: str


class PaymentShape(Shape):
    """A payment order and what is known of it."""

    order_id: str
    kind: PaymentKind
    state: PaymentState
    amount_minor: int
    currency: str
    channel: str
    is_stand_in: bool


class DocumentLine(Shape):
    """One document of the borrower."""

    document_id: str
    kind: Literal["disclosure", "agreement", "plan"]
    language: str
    sha256: str
    media_type: str
    created_at: str


class DocumentsShape(Shape):
    """The documents of a checkout or loan."""

    documents: list[DocumentLine]


SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("POST", "/h5/codes"): SentCodeShape,
    ("POST", "/h5/sessions"): SessionShape,
    ("GET", "/h5/me"): MeShape,
    ("GET", "/h5/loans"): LoansShape,
    ("GET", "/h5/loans/{loan_id}"): LoanShape,
    ("GET", "/h5/loans/{loan_id}/payoff"): PayoffShape,
    ("POST", "/h5/loans/{loan_id}/repayments"): PaymentShape,
    ("GET", "/h5/loans/{loan_id}/documents"): DocumentsShape,
}
