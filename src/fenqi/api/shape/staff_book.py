"""What the console's routes about loans, merchants and the books answer."""

from typing import Any, Literal

from fenqi.api.shape.part import Page, Shape
from fenqi.core.ledger.account import AccountKind
from fenqi.core.loan.record import EventName
from fenqi.core.loan.state import Status
from fenqi.core.merchant.settlement import ItemKind


class StaffLoanLine(Shape):
    """A loan in a list."""

    loan_id: str
    checkout_id: str
    merchant_id: str
    product_id: str
    status: Status
    principal_minor: int
    outstanding_minor: int
    overpaid_minor: int
    currency: str
    drawn_on: str
    next_due_on: str | None
    unpaid_due_on: str | None
    days_past_due: int


class LoanListShape(Page):
    """Loans, newest first."""

    loans: list[StaffLoanLine]


class LoanEventLine(Shape):
    """One event as it arrived."""

    seq: int
    kind: EventName
    happened_on: str
    recorded_at: str
    content: dict[str, Any]


class LoanFileShape(Shape):
    """What belongs to a loan beside its schedule."""

    loan_id: str
    order_number: str
    decision_id: str | None
    customer_id: str
    mobile_masked: str
    booked_on: str
    events: list[LoanEventLine]


class Leg(Shape):
    """A leg of the journal."""

    bucket: int
    seq: int
    transaction_id: str
    kind: str
    effective_on: str
    value_on: str
    debit: AccountKind
    credit: AccountKind
    amount_minor: int
    currency: str


class LegsShape(Shape):
    """The legs of a loan."""

    legs: list[Leg]


class JournalShape(Page):
    """The journal of a bucket."""

    bucket: int
    legs: list[Leg]


class TransactionShape(Shape):
    """A transaction, leg by leg."""

    transaction_id: str
    bucket: int
    posted_at: str
    loan_id: str | None
    note: str
    legs: list[Leg]


class TrialLine(Shape):
    """What all accounts of a kind hold together."""

    kind: AccountKind
    name_zh: str
    subject_code: str
    is_memo: bool
    normal_side: Literal["debit", "credit"]
    balance_minor: int
    debits_minor: int
    credits_minor: int
    currency: str


class TrialBalanceShape(Shape):
    """The whole book."""

    lines: list[TrialLine]
    debits_minor: int
    credits_minor: int


class AccountLine(TrialLine):
    """One account."""

    account_id: str
    owner: str | None
    bucket: int
    debits_pending: int
    credits_pending: int


class AccountListShape(Page):
    """Accounts of a kind or an owner."""

    accounts: list[AccountLine]


class FindingLine(Shape):
    """Something that does not hold."""

    invariant: str
    bucket: int | None
    subject: str
    what: str


class VerificationShape(Shape):
    """What was looked at, and what does not hold."""

    account_count: int
    leg_count: int
    transaction_count: int
    hold_count: int
    loan_count: int
    findings: list[FindingLine]
    is_clean: bool


class DaysShape(Shape):
    """Which days are closed."""

    today: str
    closed_through: str | None
    closed_bucket_count: int
    latest_closed_on: str | None


class ClosedShape(Shape):
    """A closing of days."""

    day: str
    day_count: int
    bucket_count: int
    loan_count: int


class MerchantLine(Shape):
    """A merchant."""

    merchant_id: str
    name_zh: str
    name_en: str
    discount_rate: str
    webhook_url: str | None
    is_stand_in: bool


class MerchantListShape(Page):
    """Every merchant."""

    merchants: list[MerchantLine]


class StaffSettlement(Shape):
    """A settlement."""

    settlement_id: str
    until_on: str
    currency: str
    items_minor: int
    carried_in_minor: int
    paid_minor: int
    carried_out_minor: int
    item_count: int


class StaffSettlementsShape(Page):
    """What a merchant has been paid."""

    settlements: list[StaffSettlement]


class SettledShape(StaffSettlement):
    """A settlement and its payout."""

    payout: dict[str, Any] | None


class ItemLine(Shape):
    """One line of what a merchant is owed."""

    item_id: str
    checkout_id: str
    order_number: str
    kind: ItemKind
    amount_minor: int
    currency: str
    effective_on: str


class ItemListShape(Page):
    """What no settlement holds yet."""

    items: list[ItemLine]


class SettlementItemsShape(Page):
    """A settlement, line by line."""

    settlement_id: str
    items: list[ItemLine]


_MERCHANT = "/staff/merchants/{merchant_id}"
SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("GET", "/staff/loans"): LoanListShape,
    ("GET", "/staff/loans/{loan_id}/file"): LoanFileShape,
    ("GET", "/staff/loans/{loan_id}/legs"): LegsShape,
    ("GET", "/staff/ledger/accounts"): AccountListShape,
    ("GET", "/staff/ledger/journal"): JournalShape,
    ("GET", "/staff/ledger/transactions/{transaction_id}"): TransactionShape,
    ("GET", "/staff/ledger/trial-balance"): TrialBalanceShape,
    ("POST", "/staff/ledger/verifications"): VerificationShape,
    ("GET", "/staff/days"): DaysShape,
    ("POST", "/staff/days"): ClosedShape,
    ("GET", "/staff/merchants"): MerchantListShape,
    ("GET", f"{_MERCHANT}/items"): ItemListShape,
    ("GET", f"{_MERCHANT}/settlements"): StaffSettlementsShape,
    ("POST", f"{_MERCHANT}/settlements"): SettledShape,
    ("GET", f"{_MERCHANT}/settlements/{{settlement_id}}"): SettlementItemsShape,
}
