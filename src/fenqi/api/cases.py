"""Cases: the queue of what people have to look into, and what they do there."""

from collections.abc import Awaitable, Callable
from datetime import date, datetime, time
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Query
from pydantic import Field

from fenqi.api.body import Body
from fenqi.api.console_list import Limit, decision_line
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.merchant import LAST_ID, LATEST
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
from fenqi.stores.case import QueueFilter
from fenqi.stores.fetch import Connection
from fenqi.wiring import SHANGHAI, Installation

router = APIRouter(prefix="/staff", tags=["staff"])
_DEAREST = 2**63 - 1


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


@router.get("/cases")
async def list_cases(
    staff: AskingStaff,
    installation: Installed,
    held: Held = Held.ANY,
    kind: CaseKind | None = None,
    level: Level | None = None,
    before_minor: Annotated[int, Query(le=_DEAREST)] = _DEAREST,
    before_id: UUID = LAST_ID,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Open cases, those with most at stake first."""
    at = installation.ports.business.now()
    holder = {Held.ANY: None, Held.NOBODY: "", Held.MINE: staff.login}[held]
    wanted = QueueFilter(levels=frozenset([level] if level else Level), kind=kind, holder=holder)
    async with installation.reading() as connection:
        rows = await cases.queue(connection, wanted, at=at, before_minor=before_minor, before_id=before_id, limit=limit)
    last = {"before_minor": rows[-1].expected_loss_minor, "before_id": str(rows[-1].case_id)} if rows else None
    return {"cases": [case_line(row, at=at) for row in rows], "next": last if len(rows) == limit else None}


@router.get("/closed-cases")
async def list_closed_cases(
    staff: AskingStaff,
    installation: Installed,
    kind: CaseKind | None = None,
    before_at: datetime = LATEST,
    before_id: UUID = LAST_ID,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Cases that have ended, newest first."""
    wanted = QueueFilter(levels=frozenset(Level), kind=kind)
    async with installation.reading() as connection:
        rows = await cases.closed(connection, wanted, before_at=before_at, before_id=before_id, limit=limit)
    at = installation.ports.business.now()
    lines = [case_line(row, at=at) for row in rows]
    following = {"before_at": lines[-1]["closed_at"], "before_id": lines[-1]["case_id"]} if lines else None
    return {"cases": lines, "next": following if len(rows) == limit else None}


@router.get("/case-figures")
async def get_case_figures(
    staff: AskingStaff, installation: Installed, from_on: date | None = None, until_on: date | None = None
) -> dict[str, Any]:
    """What waits, and who answered what and how fast between two days, the second left out."""
    today, at = installation.ports.business.today(), installation.ports.business.now()
    from_at = datetime.combine(from_on or today.replace(day=1), time.min, tzinfo=SHANGHAI)
    until_at = datetime.combine(until_on, time.min, tzinfo=SHANGHAI) if until_on else LATEST
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
    }


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
