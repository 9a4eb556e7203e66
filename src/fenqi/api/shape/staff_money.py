"""What the routes of reconciliation answer."""

from typing import Literal

from fenqi.api.shape.credit import PaymentShape
from fenqi.api.shape.part import Page, Shape
from fenqi.core.billing.money_case import ClosedHow, MoneyCaseKind


class SettlementFileLine(Shape):
    """A file of the payment channel, and what it came to."""

    file_sha256: str
    channel: str
    settled_on: str
    line_count: int
    matched_count: int
    concluded_count: int
    break_count: int
    cleared_minor: int
    is_stand_in: bool
    read_at: str


class SettlementFilesShape(Page):
    """The files that were read."""

    files: list[SettlementFileLine]


class MoneyCaseShape(Shape):
    """A case about money; amounts are positive where money came to us."""

    case_id: str
    kind: MoneyCaseKind
    subject: str
    on_day: str
    ours_minor: int | None
    theirs_minor: int | None
    currency: str
    opened_at: str
    closed_at: str | None
    closed_by: str | None
    closed_how: ClosedHow | None
    closed_text: str | None


class MoneyCasesShape(Page):
    """Cases about money."""

    cases: list[MoneyCaseShape]


class TransferShape(Shape):
    """Money that came without an order of ours."""

    transfer_id: str
    way: Literal["bank", "counter", "channel"]
    state: Literal["suspense", "placed", "returning", "returned"]
    amount_minor: int
    currency: str
    received_on: str
    customer_id: str | None


SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("GET", "/staff/settlement-files"): SettlementFilesShape,
    ("GET", "/staff/money-cases"): MoneyCasesShape,
    ("POST", "/staff/money-cases/{case_id}/closing"): MoneyCaseShape,
    ("POST", "/staff/transfers"): TransferShape,
    ("POST", "/staff/transfers/{transfer_id}/placing"): TransferShape,
    ("POST", "/staff/transfers/{transfer_id}/return"): PaymentShape,
}
