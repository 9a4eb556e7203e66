"""One loan in the console: any day of it, as known on any day; what a change would do; proposing and answering it."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import AwareDatetime, Field
from starlette.responses import StreamingResponse

from fenqi.api.amount import AmountOrNothingMinor
from fenqi.api.body import Body
from fenqi.api.console_ledger import leg_line
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.listing import Code, Paged, Sorted, StaffList
from fenqi.api.shape.staff_loan import ChangeShape
from fenqi.core.loan.change import Change, ChangeKind
from fenqi.core.loan.component import Component
from fenqi.services.change_loan import (
    Answer,
    ProposeChange,
    answer_change,
    change_shown,
    propose_change,
    try_change,
)
from fenqi.services.find_loan import find_loan
from fenqi.services.preview_change import preview_shown
from fenqi.services.show_loan import staff_loan_shown
from fenqi.stores import ledger, loan_change

router = APIRouter(prefix="/staff", tags=["staff"])
WAITING = StaffList("changes", loan_change.WAITING, ChangeShape, file_name="loan_changes")
Text = Annotated[str, Field(min_length=5, max_length=2000)]


class WaivedComponent(StrEnum):
    """What can be waived."""

    INTEREST = "interest"
    FEE = "fee"
    PENALTY = "penalty"


class NewChange(Body):
    """A change of a loan; each kind has its own of these values, and no other."""

    kind: ChangeKind
    on: date | None = None
    """From when it counts; today, if nothing is said."""
    amount_minor: AmountOrNothingMinor | None = None
    component: WaivedComponent | None = None
    due_on: date | None = None
    new_due_on: date | None = None
    from_on: date | None = None
    until_on: date | None = None
    rate_per_year: Annotated[Decimal, Field(ge=0, le=1, decimal_places=8)] | None = None
    instalment_count: Annotated[int, Field(strict=True)] | None = None
    event_id: Annotated[str, Field(max_length=64)] | None = None

    def change(self, *, today: date) -> Change:
        """As the core knows it.

        Raises: ChangeIncomplete.
        """
        given: dict[str, Any] = {"on": today} | self.model_dump(exclude_none=True)
        if self.component is not None:
            given["component"] = Component[self.component.upper()]
        return Change(**given)


class NewProposal(Body):
    """A change and why it is wanted; `request_id` makes it happen once."""

    change: NewChange
    reason: Text
    request_id: str = Field(min_length=8, max_length=128, pattern=r"^[\x21-\x7e]+$")


class NewAnswer(Body):
    """An answer to a proposal; an approval names the last event of the loan in the preview that was looked at."""

    approved: bool
    why: Text
    seen_seq: int = Field(ge=0, le=2**31 - 1)


@dataclass(frozen=True)
class _Waiting:
    """Which changes that wait."""

    kind: ChangeKind | None = None
    proposed_by: Code | None = None

    @property
    def wanted(self) -> dict[str, Any]:
        return {"kind": self.kind and self.kind.value, "proposed_by": self.proposed_by}


WaitingAsked = Annotated[_Waiting, Depends()]


@router.get("/loans/{loan_id}")
async def get_loan(
    loan_id: UUID,
    staff: AskingStaff,
    installation: Installed,
    on: date | None = None,
    known_at: AwareDatetime | None = None,
) -> dict[str, Any]:
    """A loan with its schedule and what happened, on any day, as it was known at any instant."""
    ports = installation.ports
    async with installation.transaction() as connection:
        return await staff_loan_shown(
            connection,
            loan_id=loan_id,
            as_of=on or ports.business.today(),
            known_at=known_at,
            pack=ports.authority.pack,
        )


@router.get("/loans/{loan_id}/legs")
async def get_legs(loan_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Every leg in the ledger that belongs to a loan."""
    async with installation.transaction() as connection:
        row = await find_loan(connection, loan_id=loan_id)
        legs = await ledger.legs_of_loan(connection, bucket=row.b, loan_id=loan_id)
    return {"legs": [leg_line(leg) for leg in legs]}


@router.post("/loans/{loan_id}/previews")
async def preview(loan_id: UUID, new: NewChange, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """What a change would do if it were posted now; nothing is done by looking."""
    change = new.change(today=installation.ports.business.today())
    async with installation.transaction() as connection:
        seen, needs_second = await try_change(connection, installation.ports, loan_id=loan_id, change=change)
    return preview_shown(seen, needs_second=needs_second)


@router.get("/loans/{loan_id}/changes")
async def list_changes(loan_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """What was proposed for a loan, newest first, and what became of it."""
    async with installation.transaction() as connection:
        row = await find_loan(connection, loan_id=loan_id)
        rows = await loan_change.of_loan(connection, b=row.b, loan_id=loan_id)
    return {"changes": [change_shown(each) for each in rows]}


@router.post("/loans/{loan_id}/changes", status_code=201)
async def propose(loan_id: UUID, new: NewProposal, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Propose a change; one that needs no second person is posted at once, and the same request is the same change."""
    change = new.change.change(today=installation.ports.business.today())
    command = ProposeChange(loan_id, change, new.reason, new.request_id)
    async with installation.transaction() as connection:
        return change_shown(await propose_change(connection, installation.ports, command, staff=staff))


@router.post("/loans/{loan_id}/changes/{change_id}/answer")
async def answer(
    loan_id: UUID, change_id: UUID, new: NewAnswer, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Post what somebody else proposed, or reject it."""
    given = Answer(approved=new.approved, why=new.why, seen_seq=new.seen_seq)
    async with installation.transaction() as connection:
        answered = await answer_change(
            connection, installation.ports, loan_id=loan_id, change_id=change_id, answer=given, staff=staff
        )
    return change_shown(answered)


@router.get("/loan-changes")
async def list_waiting(
    staff: AskingStaff, installation: Installed, asked: WaitingAsked, paging: Paged
) -> dict[str, Any]:
    """Changes of loans that wait for a second person, oldest first unless sorted otherwise."""
    return await WAITING.page(installation, asked.wanted, paging, change_shown)


@router.get("/exports/loan-changes", response_class=StreamingResponse)
async def export_waiting(
    staff: AskingStaff, installation: Installed, asked: WaitingAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every waiting change that a filter lets through, as CSV."""
    return await WAITING.file(installation, staff, asked.wanted, sort, change_shown)
