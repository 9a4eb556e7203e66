"""What staff read in lists: decisions and loans, by filter and sort, page by page or as one file."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.responses import StreamingResponse

from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.listing import Code, ListDay, Paged, Sorted, StaffList, begin
from fenqi.api.shape.staff_book import StaffLoanLine
from fenqi.api.shape.staff_decision import DecisionLine as DecisionShape
from fenqi.core.dates.business_day import days_late, late_before
from fenqi.core.loan.state import Status
from fenqi.stores import staff_list
from fenqi.stores.staff_list import DecisionLine, LoanLine
from fenqi.wiring import Installation

router = APIRouter(prefix="/staff", tags=["staff"])
DECISIONS = StaffList("decisions", staff_list.DECISIONS, DecisionShape)
LOANS = StaffList("loans", staff_list.LOANS, StaffLoanLine)


@dataclass(frozen=True)
class _Decisions:
    """Which decisions: days in Shanghai, from the first on and before the last."""

    outcome: Annotated[str | None, Query(pattern="^(approve|refer|decline)$")] = None
    unanswered: bool = False
    strategy_version: Code | None = None
    from_on: ListDay | None = None
    until_on: ListDay | None = None

    @property
    def wanted(self) -> dict[str, Any]:
        return {
            "outcome": self.outcome,
            "unanswered": self.unanswered,
            "strategy_version": self.strategy_version,
            "from_at": self.from_on and begin(self.from_on),
            "until_at": self.until_on and begin(self.until_on),
        }


@dataclass(frozen=True)
class _Loans:
    """Which loans; days on which they were drawn, from the first on and before the last."""

    status: Status | None = None
    late: bool = False
    merchant_id: UUID | None = None
    product_id: Code | None = None
    from_on: ListDay | None = None
    until_on: ListDay | None = None

    def wanted(self, *, today: date) -> dict[str, Any]:
        return {
            "status": self.status and self.status.value,
            "late_on": today if self.late else None,
            "late_before": late_before(today),
            "merchant_id": self.merchant_id,
            "product_id": self.product_id,
            "from_on": self.from_on,
            "until_on": self.until_on,
        }


DecisionsAsked = Annotated[_Decisions, Depends()]
LoansAsked = Annotated[_Loans, Depends()]


@router.get("/decisions")
async def list_decisions(
    staff: AskingStaff, installation: Installed, asked: DecisionsAsked, paging: Paged
) -> dict[str, Any]:
    """Decisions, newest first unless sorted otherwise."""
    return await DECISIONS.page(installation, asked.wanted, paging, decision_line)


@router.get("/exports/decisions", response_class=StreamingResponse)
async def export_decisions(
    staff: AskingStaff, installation: Installed, asked: DecisionsAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every decision that a filter lets through, as CSV."""
    return await DECISIONS.file(installation, staff, asked.wanted, sort, decision_line)


@router.get("/loans")
async def list_loans(staff: AskingStaff, installation: Installed, asked: LoansAsked, paging: Paged) -> dict[str, Any]:
    """Loans, newest first unless sorted otherwise."""
    today = _today(installation)
    return await LOANS.page(installation, asked.wanted(today=today), paging, lambda row: loan_line(row, today=today))


@router.get("/exports/loans", response_class=StreamingResponse)
async def export_loans(
    staff: AskingStaff, installation: Installed, asked: LoansAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every loan that a filter lets through, as CSV."""
    today = _today(installation)
    wanted = asked.wanted(today=today)
    return await LOANS.file(installation, staff, wanted, sort, lambda row: loan_line(row, today=today))


def decision_line(row: DecisionLine) -> dict[str, Any]:
    """A decision as it stands in a list."""
    return {
        "decision_id": str(row.decision_id),
        "checkout_id": str(row.checkout_id),
        "outcome": row.outcome,
        "verdict": row.verdict,
        "points": row.points,
        "limit_minor": row.limit_minor,
        "strategy_version": row.strategy_version,
        "scorecard_version": row.scorecard_version,
        "decided_at": row.decided_at.isoformat(),
    }


def loan_line(row: LoanLine, *, today: date) -> dict[str, Any]:
    """A loan as it stands in a list."""
    return {
        "loan_id": str(row.loan_id),
        "checkout_id": str(row.checkout_id),
        "merchant_id": str(row.merchant_id),
        "product_id": row.product_id,
        "status": row.status,
        "principal_minor": row.principal_minor,
        "outstanding_minor": row.outstanding_minor,
        "overpaid_minor": row.overpaid_minor,
        "currency": row.currency,
        "drawn_on": row.drawn_on.isoformat(),
        "next_due_on": None if row.next_due_on is None else row.next_due_on.isoformat(),
        "unpaid_due_on": None if row.unpaid_due_on is None else row.unpaid_due_on.isoformat(),
        "days_past_due": days_late(row.unpaid_due_on, on=today, rolls=row.rolls_holidays),
    }


def _today(installation: Installation) -> date:
    return installation.ports.business.today()
