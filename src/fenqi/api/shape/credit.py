"""What the routes of a borrower's credit answer."""

from typing import Literal

from fenqi.api.shape.part import Parts, SentCodeShape, SessionShape, Shape
from fenqi.core.loan.state import Status
from fenqi.core.merchant.payment_order import PaymentKind, PaymentState
from fenqi.core.product.cooling_off import WithdrawalCost


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
    payable_until: str
    due: Parts
    paid: Parts
    outstanding: Parts
    outstanding_minor: int
    paid_on: str | None
    standing: Literal["paid", "late", "due", "to_come"]


EffectKind = Literal[
    "disbursement",
    "customer",
    "withdrawn",
    "cost_given_back",
    "down_payment",
    "merchant_refund",
    "payout_refund",
    "goodwill",
    "interest_waiver",
    "interest_refund",
    "recovery",
    "cash_refund",
    "credit_balance_refund",
    "chargeback",
    "principal",
    "interest",
    "fee",
    "penalty",
    "waiver",
    "charge_off",
    "rate_changed",
    "due_date_moved",
    "interest_paused",
    "late_charge_paused",
    "late_charge_resumed",
    "fraud_flagged",
    "fraud_cleared",
    "re_age",
    "re_amortise",
    "reversed",
    "late",
]


class EffectDetails(Shape):
    """What else there is to say of an event, by its kind."""

    component: Literal["principal", "interest", "fee", "penalty"] | None
    due_on: str | None
    new_due_on: str | None
    from_on: str | None
    until_on: str | None
    rate_per_year: str | None
    instalment_count: int | None
    undoes: EffectKind | None
    undoes_on: str | None
    instalment: int | None


class Effect(Shape):
    """One thing that happened to a loan, or an instalment that was not paid in time."""

    event_id: str | None
    on: str
    what: EffectKind
    amount_minor: int
    parts: Parts
    overpaid_minor: int
    balance_minor: int | None
    recorded_at: str | None
    undone_on: str | None
    details: EffectDetails


class StandingShape(Shape):
    """How a loan stands on a day, in a few figures."""

    as_of: str
    status: Status
    outstanding: Parts
    overdue: Parts
    overpaid_minor: int
    days_past_due: int
    payoff_minor: int
    next_due_on: str | None
    next_due_minor: int
    charged_off_on: str | None
    fraud_flagged_on: str | None


class WithdrawalShape(Shape):
    """Until when the borrower may withdraw from a loan, what of interest that costs, and what closes it today."""

    until_on: str
    cost: WithdrawalCost
    is_open: bool
    amount_minor: int


class LoanShape(StandingShape):
    """A loan whole, on a day."""

    loan_id: str
    checkout_id: str
    agreement_id: str
    merchant_id: str
    product_id: str
    currency: str
    principal_minor: int
    due: Parts
    paid: Parts
    payoff: Parts
    accrued: Parts
    withdrawal: WithdrawalShape | None
    instalments: list[Instalment]
    timeline: list[Effect]


class RowChange(Shape):
    """An instalment before and after; null where there is none."""

    instalment: int
    before: Instalment | None
    after: Instalment | None


class WhatIfShape(Shape):
    """What a payment would do on a day: what it goes to, what it saves, and how the loan would stand."""

    loan_id: str
    on: str
    currency: str
    amount_minor: int
    pays_off: bool
    parts: Parts
    overpaid_minor: int
    saved_minor: int
    before: StandingShape
    after: StandingShape
    rows: list[RowChange]


class PayoffShape(Shape):
    """What closes a loan on a day."""

    loan_id: str
    on: str
    amount_minor: int
    parts: Parts
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
    ("GET", "/h5/loans/{loan_id}/what-if"): WhatIfShape,
    ("POST", "/h5/loans/{loan_id}/repayments"): PaymentShape,
    ("POST", "/h5/loans/{loan_id}/withdrawal"): PaymentShape,
    ("GET", "/h5/loans/{loan_id}/documents"): DocumentsShape,
}
