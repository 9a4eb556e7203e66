"""What a credit bureau is told of a loan at the end of a month, in the sense of the two-generation format."""

from bisect import bisect_right
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from fenqi.core.loan.classification import Category
from fenqi.core.loan.state import LoanState, Status
from fenqi.core.refusal import Kind, Refusal
from fenqi.core.rulepack.pack import RulePack

_LATE_FROM = (1, 31, 61, 91, 121, 151, 181)
"""First day past due of each of the codes 1 to 7."""
_AGES = (31, 61, 91, 181)
"""First day past due of each age by which overdue principal is told; what is younger is in the whole alone."""
_NAMES = ("notice_days", "objection_days")


class AccountState(StrEnum):
    """Where an account is in its life."""

    NORMAL = "normal"
    """正常"""
    OVERDUE = "overdue"
    """逾期"""
    CLOSED = "closed"
    """结清"""
    WRITTEN_OFF = "written_off"
    """呆账"""


class CreditRecordUnknown(Refusal):
    """Nothing was reported of this loan for this month."""

    code: ClassVar[str] = "credit_record_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class CreditRecordUnchanged(Refusal):
    """What is known now says what was reported: first the loan has to be put right."""

    code: ClassVar[str] = "credit_record_unchanged"
    kind: ClassVar[Kind] = Kind.CONFLICT


class CreditFileUnknown(Refusal):
    """No such file was written down."""

    code: ClassVar[str] = "credit_file_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class CreditFileNotRejected(Refusal):
    """The bureau has the file, has not answered yet, or all of it has gone again."""

    code: ClassVar[str] = "credit_file_not_rejected"
    kind: ClassVar[Kind] = Kind.CONFLICT


@dataclass(frozen=True)
class ReportLaw:
    """The values in force, and who says so."""

    notice_days: int
    objection_days: int
    cited: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class LoanMonth:
    """A loan at the end of a month, as the portfolio keeps it.

    Units: minor.
    """

    loan_id: UUID
    customer_id: UUID
    month_on: date
    drawn_on: date
    currency: str
    status: Status
    days_past_due: int
    credit_minor: int
    balance_minor: int


@dataclass(frozen=True, kw_only=True)
class CreditRecord:
    """What is told of one loan for one month; a correction is a further version.

    Units: minor; overdue principal by its age in days.
    """

    loan_id: UUID
    customer_id: UUID
    month_on: date
    version: int = 1
    currency: str
    account_state: AccountState
    repayment: str
    """`*` nothing was due yet, `N` in time, `1` to `7` so long past due, `C` closed, `B` given up."""
    category: Category
    credit_minor: int
    balance_minor: int
    overdue_minor: int = 0
    overdue_count: int = 0
    """Instalments past due."""
    overdue_31_minor: int = 0
    overdue_61_minor: int = 0
    overdue_91_minor: int = 0
    overdue_181_minor: int = 0
    since_on: date | None = None
    """The due day since which it is past due."""

    @property
    def is_adverse(self) -> bool:
        """Whether it speaks against its borrower, who is told first (征信业管理条例 art. 15)."""
        return self.since_on is not None or self.account_state is AccountState.WRITTEN_OFF


def report_law(pack: RulePack, *, on: date, lender_type: str) -> ReportLaw:
    """The rules of a day.

    Raises: RuleNotInForce.
    """
    found = {name: pack.value(f"credit_report.{name}", on=on, lender_type=lender_type) for name in _NAMES}
    return ReportLaw(
        notice_days=found["notice_days"].value,
        objection_days=found["objection_days"].value,
        cited={name: value.cited for name, value in found.items()},
    )


def record_in_time(month: LoanMonth, *, category: Category) -> CreditRecord:
    """The record of a loan of which nothing is past due; it needs no fold."""
    is_closed = month.status is Status.CLOSED
    is_new = (month.drawn_on.year, month.drawn_on.month) == (month.month_on.year, month.month_on.month)
    return CreditRecord(
        loan_id=month.loan_id,
        customer_id=month.customer_id,
        month_on=month.month_on,
        currency=month.currency,
        account_state=AccountState.CLOSED if is_closed else AccountState.NORMAL,
        repayment="C" if is_closed else "*" if is_new else "N",
        category=Category.NORMAL if is_closed else category,
        credit_minor=month.credit_minor,
        balance_minor=0 if is_closed else month.balance_minor,
    )


def record_of_state(month: LoanMonth, state: LoanState, *, category: Category) -> CreditRecord:
    """The record of a loan as its fold stands at the month's end: what is overdue, since when, and how old it is."""
    in_time = record_in_time(_as_folded(month, state), category=category)
    is_lost = state.charged_off_on is not None and state.charged_off_on <= month.month_on
    late = [row for row in state.rows if row.payable_until < state.as_of and row.outstanding.total]
    if not late:
        return replace(in_time, account_state=AccountState.WRITTEN_OFF, repayment="B") if is_lost else in_time
    days = state.days_past_due
    by_age = [0] * (len(_AGES) + 1)
    for row in late:
        by_age[bisect_right(_AGES, (state.as_of - row.payable_until).days)] += row.outstanding.principal
    return replace(
        in_time,
        account_state=AccountState.WRITTEN_OFF if is_lost else AccountState.OVERDUE,
        repayment="B" if is_lost else str(bisect_right(_LATE_FROM, days)),
        overdue_minor=state.overdue.total,
        overdue_count=len(late),
        overdue_31_minor=by_age[1],
        overdue_61_minor=by_age[2],
        overdue_91_minor=by_age[3],
        overdue_181_minor=by_age[4],
        since_on=min(row.due_on for row in late),
    )


def corrected(told: CreditRecord, known: CreditRecord, *, was_rejected: bool) -> CreditRecord:
    """The next version of a record, as the loan is known now; one that was rejected may say the same again.

    Raises: CreditRecordUnchanged.
    """
    following = replace(known, version=told.version)
    if following == told and not was_rejected:
        raise CreditRecordUnchanged(
            f"the loan stands for {told.month_on.isoformat()} as it was reported",
            allowed="a correction after the loan itself was put right",
        )
    return replace(following, version=told.version + 1)


def _as_folded(month: LoanMonth, state: LoanState) -> LoanMonth:
    return replace(month, status=state.status, balance_minor=state.outstanding.principal)
