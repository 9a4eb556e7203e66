"""Cases: the queue of what people have to look into, and what they do there."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.responses import StreamingResponse

from fenqi.api.body import Body
from fenqi.api.console_list import decision_line
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.listing import Code, ListDay, Paged, Shown, Sorted, StaffList, begin
from fenqi.api.merchant import LATEST
from fenqi.api.shape.staff_case import CaseLine
from fenqi.core.decision.case import Case, CaseKind, Disposition, Level
from fenqi.services.note import note
from fenqi.services.work_on_case import (
    end_case,
    escalate_case,
    find_case,
    note_case,
    release_case,
    take_case,
    take_next_case,
)
from fenqi.stores import case as cases
from fenqi.stores.case import CaseRow, QueueFilter, case_of
from fenqi.stores.fetch import Connection
from fenqi.wiring import Installation

router = APIRouter(prefix="/staff", tags=["staff"])
OPEN = StaffList("cases", cases.QUEUE, CaseLine)
ENDED = StaffList("cases", cases.CLOSED, CaseLine, file_name="closed_cases")


class Held(StrEnum):
    """Whose open cases."""

    ANY = "any"
    NOBODY = "nobody"
    MINE = "mine"


class NewCaseText(Body):
    """What somebody has to say to a case."""

    text: str = Field(min_length=5, max_length=2000)


class NewCaseEnd(NewCaseText):
    """What was found in a case in which nothing has to be answered."""

    found: Disposition


class NextCase(Body):
    """Which kind of case is wanted; any, if none is named."""

    kind: CaseKind | None = None


@dataclass(frozen=True)
class _Open:
    """Which open cases."""

    held: Held = Held.ANY
    kind: CaseKind | None = None
    level: Level | None = None

    def wanted(self, *, login: str, at: datetime) -> dict[str, Any]:
        holder = {Held.ANY: None, Held.NOBODY: "", Held.MINE: login}[self.held]
        levels = frozenset([self.level] if self.level else Level)
        return QueueFilter(levels=levels, kind=self.kind, holder=holder).parameters(at=at)


@dataclass(frozen=True)
class _Ended:
    """Which ended cases; days on which they ended, from the first on and before the last."""

    kind: CaseKind | None = None
    found: Disposition | None = None
    closed_by: Code | None = None
    from_on: ListDay | None = None
    until_on: ListDay | None = None

    @property
    def wanted(self) -> dict[str, Any]:
        return {
            "kind": self.kind and self.kind.value,
            "disposition": self.found and self.found.value,
            "closed_by": self.closed_by,
            "from_at": self.from_on and begin(self.from_on),
            "until_at": self.until_on and begin(self.until_on),
        }


OpenAsked = Annotated[_Open, Depends()]
EndedAsked = Annotated[_Ended, Depends()]


@router.get("/cases")
async def list_cases(staff: AskingStaff, installation: Installed, asked: OpenAsked, paging: Paged) -> dict[str, Any]:
    """Open cases, those with most at stake first unless sorted otherwise."""
    at = installation.ports.business.now()
    return await OPEN.page(installation, asked.wanted(login=staff.login, at=at), paging, _shown(at))


@router.get("/exports/cases", response_class=StreamingResponse)
async def export_cases(
    staff: AskingStaff, installation: Installed, asked: OpenAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every open case that a filter lets through, as CSV."""
    at = installation.ports.business.now()
    return await OPEN.file(installation, staff, asked.wanted(login=staff.login, at=at), sort, _shown(at))


@router.get("/closed-cases")
async def list_closed_cases(
    staff: AskingStaff, installation: Installed, asked: EndedAsked, paging: Paged
) -> dict[str, Any]:
    """Cases that have ended, newest first unless sorted otherwise."""
    return await ENDED.page(installation, asked.wanted, paging, _shown(installation.ports.business.now()))


@router.get("/exports/closed-cases", response_class=StreamingResponse)
async def export_closed_cases(
    staff: AskingStaff, installation: Installed, asked: EndedAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every ended case that a filter lets through, as CSV."""
    return await ENDED.file(installation, staff, asked.wanted, sort, _shown(installation.ports.business.now()))


@router.get("/case-figures")
async def get_case_figures(
    staff: AskingStaff, installation: Installed, from_on: ListDay | None = None, until_on: ListDay | None = None
) -> dict[str, Any]:
    """What waits, and who answered what and how fast between two days, the second left out."""
    today, at = installation.ports.business.today(), installation.ports.business.now()
    from_at = begin(from_on or today.replace(day=1))
    until_at = begin(until_on) if until_on else LATEST
    async with installation.reading() as connection:
        waiting = await cases.waiting(connection, at=at)
        tally = await cases.tally(connection, from_at=from_at, until_at=until_at)
    return {
        "waiting": [vars(each) | {"oldest_at": each.oldest_at.isoformat()} for each in waiting],
        "answered": [vars(each) for each in tally],
    }


@router.post("/cases/next")
async def take_next(new: NextCase, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Take the case with most at stake that nobody looks into; it is kept for fifteen minutes."""
    async with installation.transaction() as connection:
        case = await take_next_case(connection, installation.ports, staff=staff, kind=new.kind)
        return await _whole(connection, installation, case)


@router.get("/cases/{case_id}")
async def get_case(case_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """One case: the decisions in it, and everything done about them."""
    async with installation.transaction() as connection:
        case = await find_case(connection, case_id=case_id)
        await note(
            connection,
            installation.ports,
            actor_kind="staff",
            actor=staff.login,
            action="looked_at_case",
            subject=str(case_id),
        )
        return await _whole(connection, installation, case)


@router.post("/cases/{case_id}/taking")
async def take(case_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Take a case, or keep it for another fifteen minutes."""
    return await _done(
        installation, lambda connection: take_case(connection, installation.ports, case_id=case_id, staff=staff)
    )


@router.post("/cases/{case_id}/release")
async def release(case_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Give a case back to the queue."""
    return await _done(
        installation, lambda connection: release_case(connection, installation.ports, case_id=case_id, staff=staff)
    )


@router.post("/cases/{case_id}/escalation")
async def escalate(case_id: UUID, new: NewCaseText, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Pass a case on to those who answer for the strategy."""
    return await _done(
        installation,
        lambda connection: escalate_case(connection, installation.ports, case_id=case_id, staff=staff, text=new.text),
    )


@router.post("/cases/{case_id}/notes")
async def write_note(case_id: UUID, new: NewCaseText, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Write something down in a case."""
    return await _done(
        installation,
        lambda connection: note_case(connection, installation.ports, case_id=case_id, staff=staff, text=new.text),
    )


@router.post("/cases/{case_id}/end")
async def end(case_id: UUID, new: NewCaseEnd, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """End a case in which no decision waits for an answer."""
    return await _done(
        installation,
        lambda connection: end_case(
            connection, installation.ports, case_id=case_id, staff=staff, disposition=new.found, text=new.text
        ),
    )


def case_line(case: Case, *, at: datetime) -> dict[str, Any]:
    """A case as it stands in a list."""
    return {
        "case_id": str(case.case_id),
        "customer_id": str(case.customer_id),
        "kind": case.kind,
        "level": case.level,
        "opened_at": case.opened_at.isoformat(),
        "due_at": case.due_at.isoformat(),
        "is_late": (case.closed_at or at) > case.due_at,
        "expected_loss_minor": case.expected_loss_minor,
        "taken_by": case.holder(at=at),
        "taken_until": case.taken_until.isoformat() if case.taken_until and case.holder(at=at) else None,
        "closed_at": case.closed_at.isoformat() if case.closed_at else None,
        "closed_by": case.closed_by,
        "disposition": case.disposition,
        "pivot_key": case.pivot_key,
        "pivot_value": case.pivot_value,
    }


def _shown(at: datetime) -> Shown[CaseRow]:
    return lambda row: case_line(case_of(row), at=at)


async def _done(installation: Installation, do: Callable[[Connection], Awaitable[Case]]) -> dict[str, Any]:
    async with installation.transaction() as connection:
        return await _whole(connection, installation, await do(connection))


async def _whole(connection: Connection, installation: Installation, case: Case) -> dict[str, Any]:
    events = await cases.events(connection, case)
    return case_line(case, at=installation.ports.business.now()) | {
        "decisions": [decision_line(line) for line in await cases.decisions(connection, case)],
        "events": [
            {"what": event.what, "by": event.by, "text": event.text, "recorded_at": event.recorded_at.isoformat()}
            for event in events
        ],
    }
