"""What staff read in lists: decisions and loans, by filter, page by page or as one file."""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Annotated, Any, TypeVar
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.responses import StreamingResponse

from fenqi.api.csv import as_csv
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.merchant import LAST_ID, LATEST
from fenqi.core.dates.business_day import days_late
from fenqi.core.loan.state import Status
from fenqi.services.note import note
from fenqi.stores import staff_list
from fenqi.stores.staff_list import DecisionFilter, DecisionLine, LoanLine
from fenqi.wiring import SHANGHAI, Installation

router = APIRouter(prefix="/staff", tags=["staff"])
Limit = Annotated[int, Query(ge=1, le=200)]
LAST_DAY = date(9999, 12, 31)
EXPORT_PAGE = 500
_EARLIEST = date(2000, 1, 1)
Line = TypeVar("Line")


@dataclass(frozen=True)
class _Decisions:
    """Which decisions: days in Shanghai, from the first on and before the last."""

    outcome: Annotated[str | None, Query(pattern="^(approve|refer|decline)$")] = None
    unanswered: bool = False
    from_on: date = _EARLIEST
    until_on: date | None = None

    @property
    def wanted(self) -> DecisionFilter:
        return DecisionFilter(outcome=self.outcome, unanswered=self.unanswered, from_at=_begin(self.from_on))

    def before(self, at: datetime) -> datetime:
        return at if self.until_on is None else min(at, _begin(self.until_on))


@dataclass(frozen=True)
class _Loans:
    status: Status | None = None
    late: bool = False


DecisionsAsked = Annotated[_Decisions, Depends()]
LoansAsked = Annotated[_Loans, Depends()]


@router.get("/decisions")
async def list_decisions(
    staff: AskingStaff,
    installation: Installed,
    asked: DecisionsAsked,
    before_at: datetime = LATEST,
    before_id: UUID = LAST_ID,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Decisions, newest first."""
    async with installation.reading() as connection:
        rows = await staff_list.decisions(
            connection, asked.wanted, before_at=asked.before(before_at), before_id=before_id, limit=limit
        )
    following = {"before_at": rows[-1].decided_at.isoformat(), "before_id": str(rows[-1].decision_id)} if rows else None
    return {"decisions": [decision_line(row) for row in rows], "next": following if len(rows) == limit else None}


@router.get("/loans")
async def list_loans(
    staff: AskingStaff,
    installation: Installed,
    asked: LoansAsked,
    before_on: date = LAST_DAY,
    before_id: UUID = LAST_ID,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Loans, newest first."""
    today = installation.ports.business.today()
    rows = await _loans(installation, asked, before_on=before_on, before_id=before_id, limit=limit)
    following = {"before_on": rows[-1].drawn_on.isoformat(), "before_id": str(rows[-1].loan_id)} if rows else None
    return {"loans": [loan_line(row, today=today) for row in rows], "next": following if len(rows) == limit else None}


@router.get("/exports/decisions", response_class=StreamingResponse)
async def export_decisions(staff: AskingStaff, installation: Installed, asked: DecisionsAsked) -> StreamingResponse:
    """Every decision that a filter lets through, as CSV."""

    async def after(last: DecisionLine | None) -> tuple[DecisionLine, ...]:
        at, identity = (last.decided_at, last.decision_id) if last else (asked.before(LATEST), LAST_ID)
        async with installation.reading() as connection:
            return await staff_list.decisions(
                connection, asked.wanted, before_at=at, before_id=identity, limit=EXPORT_PAGE
            )

    await note_export(installation, staff.login, "decisions")
    return as_csv("decisions.csv", pages_after(after, decision_line))


@router.get("/exports/loans", response_class=StreamingResponse)
async def export_loans(staff: AskingStaff, installation: Installed, asked: LoansAsked) -> StreamingResponse:
    """Every loan that a filter lets through, as CSV."""
    today = installation.ports.business.today()

    async def after(last: LoanLine | None) -> tuple[LoanLine, ...]:
        on, identity = (last.drawn_on, last.loan_id) if last else (LAST_DAY, LAST_ID)
        return await _loans(installation, asked, before_on=on, before_id=identity, limit=EXPORT_PAGE)

    await note_export(installation, staff.login, "loans")
    return as_csv("loans.csv", pages_after(after, lambda row: loan_line(row, today=today)))


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
        "days_past_due": days_late(row.unpaid_due_on, on=today, rolls=row.rolls_holidays),
    }


async def _loans(
    installation: Installation, asked: _Loans, *, before_on: date, before_id: UUID, limit: int
) -> tuple[LoanLine, ...]:
    async with installation.reading() as connection:
        return await staff_list.loans(
            connection,
            status=asked.status and asked.status.value,
            late=asked.late,
            today=installation.ports.business.today(),
            before_on=before_on,
            before_id=before_id,
            limit=limit,
        )


async def pages_after(
    after: Callable[[Line | None], Awaitable[tuple[Line, ...]]], shown: Callable[[Line], dict[str, Any]]
) -> AsyncIterator[list[dict[str, Any]]]:
    """Page by page, each from the last line of the one before, until one is not full."""
    page = await after(None)
    while page:
        yield [shown(line) for line in page]
        page = await after(page[-1]) if len(page) == EXPORT_PAGE else ()


async def note_export(installation: Installation, login: str, what: str) -> None:
    """Keep in the audit trail who took which list away."""
    async with installation.transaction() as connection:
        await note(
            connection, installation.ports, actor_kind="staff", actor=login, action=f"exported_{what}", subject=what
        )


def _begin(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=SHANGHAI)
