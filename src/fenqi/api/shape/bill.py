"""What the routes of bills, joint payments and mandates answer."""

from fenqi.api.shape.credit import PaymentShape
from fenqi.api.shape.part import SentCodeShape, Shape
from fenqi.core.billing.bill import BillStanding
from fenqi.core.merchant.payment_order import PaymentState
from fenqi.core.product.catalogue import BillingMode


class BillShape(Shape):
    """A bill: as it was made, and what is left of it."""

    bill_id: str
    mode: BillingMode
    billed_on: str
    due_on: str
    status: BillStanding
    currency: str
    new_minor: int
    carried_minor: int
    total_minor: int
    left_minor: int
    document_id: str


class BeforeBill(Shape):
    """Where a list of bills goes on."""

    before_on: str
    before_id: str


class BillsShape(Shape):
    """The bills of a borrower, what is due today, and what would close everything."""

    currency: str
    due_minor: int
    owed_minor: int
    bills: list[BillShape]
    next: BeforeBill | None


class BilledInstalment(Shape):
    """One instalment on a bill."""

    loan_id: str
    instalment: int
    due_on: str
    principal_minor: int
    interest_minor: int
    fee_minor: int
    penalty_minor: int
    total_minor: int
    left_minor: int


class WholeBillShape(BillShape):
    """A bill, line by line."""

    lines: list[BilledInstalment]


class CalendarLine(Shape):
    """What one loan takes on a day."""

    loan_id: str
    instalment: int
    amount_minor: int


class CalendarDay(Shape):
    """What falls due on a day."""

    due_on: str
    is_late: bool
    total_minor: int
    lines: list[CalendarLine]


class CalendarShape(Shape):
    """Everything still to be paid, by day."""

    currency: str
    days: list[CalendarDay]


class PlannedPart(Shape):
    """What one loan would get."""

    loan_id: str
    amount_minor: int
    pays_off: bool


class PreviewShape(Shape):
    """How a payment would be divided."""

    amount_minor: int
    parts: list[PlannedPart]


class PaidPart(Shape):
    """What one loan got."""

    loan_id: str
    amount_minor: int


class JointPaymentShape(PaymentShape):
    """A payment over several loans; the parts are there once the money has moved."""

    parts: list[PaidPart]


class Overpayment(Shape):
    """What is held for the borrower on a loan."""

    loan_id: str
    overpaid_minor: int
    currency: str


class PaidBack(Shape):
    """A payment back and how far it has come."""

    order_id: str
    loan_id: str
    amount_minor: int
    state: PaymentState
    account_ending: str
    requested_on: str


class OverpaymentsShape(Shape):
    """What was paid too much, and what became of paying it back."""

    held: list[Overpayment]
    returns: list[PaidBack]


class TransferCodeShape(Shape):
    """What to write in the remark of a bank transfer."""

    code: str


class ActiveMandate(Shape):
    """A mandate in force."""

    mandate_id: str
    account_ending: str
    text_version: str
    signed_at: str


class MandateShape(Shape):
    """Leave for automatic debits, and the words to sign."""

    active: ActiveMandate | None
    text: str
    text_sha256: str
    text_version: str


SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("GET", "/h5/bills"): BillsShape,
    ("GET", "/h5/bills/{bill_id}"): WholeBillShape,
    ("GET", "/h5/calendar"): CalendarShape,
    ("POST", "/h5/payment-previews"): PreviewShape,
    ("POST", "/h5/payments"): JointPaymentShape,
    ("GET", "/h5/payments/{order_id}"): JointPaymentShape,
    ("GET", "/h5/overpayments"): OverpaymentsShape,
    ("GET", "/h5/transfer-code"): TransferCodeShape,
    ("GET", "/h5/mandate"): MandateShape,
    ("POST", "/h5/mandate"): MandateShape,
    ("POST", "/h5/mandate/codes"): SentCodeShape,
    ("POST", "/h5/mandate/revocation"): MandateShape,
}
