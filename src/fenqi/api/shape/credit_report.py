"""What the routes about credit records answer."""

from typing import Literal

from fenqi.api.shape.part import Page, Shape
from fenqi.core.loan.classification import Category
from fenqi.core.loan.credit_record import AccountState

Repayment = Literal["*", "N", "1", "2", "3", "4", "5", "6", "7", "C", "B"]


class OwnEnquiry(Shape):
    """A question put to a bureau, as the person it was about sees it."""

    enquiry_id: str
    purpose: Literal["instalment_purchase"]
    bureau: str
    is_stand_in: bool
    is_answered: bool
    reference: str
    asked_at: str
    authorised_at: str | None


class OwnCreditRecord(Shape):
    """What a bureau is told of a loan for a month."""

    loan_id: str
    month_on: str
    version: int
    currency: str
    account_state: AccountState
    repayment: Repayment
    category: Category
    balance_minor: int
    overdue_minor: int
    overdue_count: int
    since_on: str | None
    is_adverse: bool
    told_at: str | None
    sent_at: str | None


class OwnCreditRecordShape(Shape):
    """Who looked at one's credit record, and what was told."""

    enquiries: list[OwnEnquiry]
    records: list[OwnCreditRecord]
    notice_days: int
    objection_days: int
    objection_source: str


class EnquiryLine(OwnEnquiry):
    """A question in the desk's list."""

    customer_id: str
    checkout_id: str | None


class EnquiriesShape(Page):
    """Questions put to a bureau."""

    enquiries: list[EnquiryLine]


class CreditRecordLine(OwnCreditRecord):
    """A record in the desk's list."""

    record_key: str
    customer_id: str
    credit_minor: int
    overdue_31_minor: int
    overdue_61_minor: int
    overdue_91_minor: int
    overdue_181_minor: int
    why: str
    made_by: str
    made_at: str
    file_id: str | None
    rejected_why: str | None


class CreditRecordsShape(Page):
    """What a bureau is told."""

    records: list[CreditRecordLine]


class CreditFileLine(Shape):
    """A file for a bureau."""

    file_id: str
    made_on: str
    record_count: int
    content_hash: str
    bureau: str
    is_stand_in: bool
    state: Literal["made", "sent", "rejected"]
    reference: str | None
    made_at: str
    sent_at: str | None
    rejected_at: str | None
    rejected_why: str | None


class CreditFilesShape(Page):
    """The files of the house."""

    files: list[CreditFileLine]


class CorrectedShape(Shape):
    """A record that was reported anew."""

    loan_id: str
    month_on: str
    version: int


class SentAnewShape(Shape):
    """A rejected file whose records go again."""

    file_id: str
    record_count: int


SHAPES: dict[tuple[str, str], type[Shape]] = {
    ("GET", "/h5/credit-record"): OwnCreditRecordShape,
    ("GET", "/staff/credit-enquiries"): EnquiriesShape,
    ("GET", "/staff/credit-records"): CreditRecordsShape,
    ("GET", "/staff/credit-files"): CreditFilesShape,
    ("POST", "/staff/credit-files/{file_id}/resend"): SentAnewShape,
    ("POST", "/staff/credit-records/{loan_id}/{month_on}/correction"): CorrectedShape,
}
