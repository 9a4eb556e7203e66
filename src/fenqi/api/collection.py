"""Collection: the worklist, one case as a workspace, and what is done in it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from pydantic import Field
from starlette.responses import StreamingResponse

from fenqi.api.body import Body
from fenqi.api.console_list import EXPORT_PAGE, Limit, note_export, pages_after
from fenqi.api.csv import as_csv
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.merchant import LAST_ID
from fenqi.core.collection.arrears_case import CollectionCase
from fenqi.core.collection.contact import ContactChannel
from fenqi.services.contact_in_case import ContactInCase, contact_in_case
from fenqi.services.find_collection_case import Collector, collector_of, find_case
from fenqi.services.show_collection_case import case_line, case_shown
from fenqi.services.work_on_collection import (
    Answered,
    TraceSource,
    note_collection_case,
    promise_to_pay,
    release_collection_case,
    take_collection_case,
    take_next_collection_case,
    tell_outcome,
    trace,
)
from fenqi.stores import collection as cases
from fenqi.stores.collection import DAYS_MAX, Place, WorklistFilter
from fenqi.stores.fetch import Connection
from fenqi.stores.staff import Staff
from fenqi.wiring import Installation

router = APIRouter(prefix="/staff", tags=["staff"])
HIGHEST = 2**63 - 1
RequestId = Annotated[str, Field(min_length=8, max_length=128, pattern=r"^[\x21-\x7e]+$")]


class WhoseCases(StrEnum):
    """Who works on a case."""

    ANY = "any"
    NOBODY = "nobody"
    MINE = "mine"


class CaseOrder(StrEnum):
    """By what the worklist is ordered, the highest first."""

    OVERDUE = "overdue_minor"
    DAYS = "days_past_due"
    OWED = "owed_minor"
    OPENED = "opened_on"


@dataclass(frozen=True)
class _Cases:
    """Which collection cases."""

    stage: Annotated[str, Query(max_length=20)] = ""
    risk: Annotated[str, Query(max_length=20)] = ""
    held: WhoseCases = WhoseCases.ANY
    agency_id: UUID | None = None
    is_open: bool = True
    days_min: Annotated[int, Query(ge=0, le=DAYS_MAX)] = 0
    days_max: Annotated[int, Query(ge=0, le=DAYS_MAX)] = DAYS_MAX
    sort: CaseOrder = CaseOrder.OVERDUE

    def wanted(self, collector: Collector) -> WorklistFilter:
        return WorklistFilter(
            stage=self.stage,
            risk=self.risk,
            holder={"any": None, "nobody": "", "mine": collector.login}[self.held],
            agency_id=collector.agency.agency_id if collector.agency else self.agency_id,
            is_open=self.is_open,
            days_min=self.days_min,
            days_max=self.days_max,
            sort=self.sort,
        )


CasesAsked = Annotated[_Cases, Depends()]


class NewCollectionText(Body):
    """What somebody has to say to a case."""

    text: str = Field(min_length=2, max_length=2000)


class NextCollectionCase(Body):
    """From which part of the worklist the next case is wanted."""

    stage: str = Field(default="", max_length=20)
    risk: str = Field(default="", max_length=20)
    sort: CaseOrder = CaseOrder.OVERDUE


class NewCaseContact(Body):
    """A contact that is to begin; a number is the borrower's own, or it is refused."""

    channel: ContactChannel
    template: str = Field(max_length=41)
    number: str = Field(default="", max_length=20)
    request_id: RequestId


class NewOutcome(Body):
    """What became of a call."""

    answered: Answered
    text: str = Field(default="", max_length=2000)


class NewPromise(Body):
    """So much by the end of a day."""

    amount_minor: int = Field(le=10**12)
    promised_on: date
    request_id: RequestId


class NewTrace(Body):
    """Where somebody looks for a borrower, and what was found."""

    source: TraceSource
    text: str = Field(min_length=2, max_length=2000)


@router.get("/collection-cases")
async def list_collection_cases(
    staff: AskingStaff,
    installation: Installed,
    asked: CasesAsked,
    before_minor: Annotated[int, Query(le=HIGHEST)] = HIGHEST,
    before_id: UUID = LAST_ID,
    limit: Limit = 50,
) -> dict[str, Any]:
    """The worklist: cases in an order, the highest first; an agency sees its own."""
    at = installation.ports.business.now()
    rows = await _page(installation, staff, asked, place=Place(before_minor, before_id), limit=limit)
    return {
        "cases": [case_line(row, at=at) for row in rows],
        "next": _after(rows[-1], asked.sort) if len(rows) == limit else None,
    }


@router.get("/exports/collection-cases", response_class=StreamingResponse)
async def export_collection_cases(staff: AskingStaff, installation: Installed, asked: CasesAsked) -> StreamingResponse:
    """Every case that a filter lets through, as CSV."""
    at = installation.ports.business.now()

    async def after(last: CollectionCase | None) -> tuple[CollectionCase, ...]:
        place = Place(_place(last, asked.sort), last.case_id) if last else Place()
        return await _page(installation, staff, asked, place=place, limit=EXPORT_PAGE)

    await note_export(installation, staff.login, "collection_cases")
    return as_csv("collection-cases.csv", pages_after(after, lambda row: case_line(row, at=at)))


@router.post("/collection-cases/next")
async def take_next_one(new: NextCollectionCase, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Take the first case that nobody works on; it is kept for half an hour.

    Raises: NoCollectionCaseWaiting.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        collector = await collector_of(connection, staff)
        wanted = replace(_Cases(stage=new.stage, risk=new.risk, sort=new.sort).wanted(collector), holder="")
        case = await take_next_collection_case(connection, ports, collector=collector, wanted=wanted)
        return await case_shown(connection, ports, case, collector=collector)


@router.get("/collection-cases/{case_id}")
async def get_collection_case(case_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """One case: what is owed, what was done, what is best next and why, and which contacts may begin now."""

    async def look(connection: Connection, collector: Collector) -> CollectionCase:
        return await find_case(connection, installation.ports, case_id=case_id, collector=collector)

    return await do_in_case(installation, staff, look)


@router.post("/collection-cases/{case_id}/taking")
async def take_collection(case_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Take a case, or keep it longer."""
    return await do_in_case(
        installation,
        staff,
        lambda connection, by: take_collection_case(connection, installation.ports, case_id=case_id, collector=by),
    )


@router.post("/collection-cases/{case_id}/release")
async def release_collection(case_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Give a case back."""
    return await do_in_case(
        installation,
        staff,
        lambda connection, by: release_collection_case(connection, installation.ports, case_id=case_id, collector=by),
    )


@router.post("/collection-cases/{case_id}/notes")
async def write_collection_note(
    case_id: UUID, new: NewCollectionText, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Write something down."""
    return await do_in_case(
        installation,
        staff,
        lambda connection, by: note_collection_case(
            connection, installation.ports, case_id=case_id, collector=by, text=new.text
        ),
    )


@router.post("/collection-cases/{case_id}/contacts", status_code=201)
async def begin_case_contact(
    case_id: UUID, new: NewCaseContact, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Begin a contact, or be refused by the rule that forbids it; a call shows the number that is to be called.

    Raises: NothingOverdue, ChannelNotOfStage, ContactThirdParty, ContactTextUnapproved, ContactStopped,
    ContactUnwanted, ContactOutOfHours, ContactTooOften.
    """
    command = ContactInCase(
        case_id=case_id, channel=new.channel, template=new.template, number=new.number, request_id=new.request_id
    )
    async with installation.transaction() as connection:
        collector = await collector_of(connection, staff)
        begun = await contact_in_case(connection, installation.ports, command, collector=collector)
    return {"contact_id": str(begun.contact_id), "text": begun.text, "mobile": begun.mobile}


@router.post("/collection-cases/{case_id}/contacts/{contact_id}/outcome")
async def tell_contact_outcome(
    case_id: UUID, contact_id: UUID, new: NewOutcome, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Say what became of a call, once.

    Raises: ContactNotOfCase, OutcomeTold.
    """
    return await do_in_case(
        installation,
        staff,
        lambda connection, by: tell_outcome(
            connection,
            installation.ports,
            case_id=case_id,
            contact_id=contact_id,
            collector=by,
            answered=new.answered,
            text=new.text,
        ),
    )


@router.post("/collection-cases/{case_id}/promises", status_code=201)
async def keep_promise(case_id: UUID, new: NewPromise, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Keep what a borrower promises to pay; the books decide whether it was kept.

    Raises: PromiseInThePast, PromiseTooFar, PromiseAboveOverdue, PromiseOpen.
    """
    return await do_in_case(
        installation,
        staff,
        lambda connection, by: promise_to_pay(
            connection,
            installation.ports,
            case_id=case_id,
            collector=by,
            amount_minor=new.amount_minor,
            promised_on=new.promised_on,
            request_id=new.request_id,
        ),
    )


@router.post("/collection-cases/{case_id}/traces", status_code=201)
async def trace_customer(case_id: UUID, new: NewTrace, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Look for a borrower who cannot be reached, where that is allowed.

    Raises: TraceForbidden.
    """
    return await do_in_case(
        installation,
        staff,
        lambda connection, by: trace(
            connection, installation.ports, case_id=case_id, collector=by, source=new.source, text=new.text
        ),
    )


async def do_in_case(
    installation: Installation, staff: Staff, do: Callable[[Connection, Collector], Awaitable[CollectionCase]]
) -> dict[str, Any]:
    """Do something in a case, in one transaction, and show how it stands afterwards."""
    async with installation.transaction() as connection:
        collector = await collector_of(connection, staff)
        case = await do(connection, collector)
        return await case_shown(connection, installation.ports, case, collector=collector)


async def _page(
    installation: Installation, staff: Staff, asked: _Cases, *, place: Place, limit: int
) -> tuple[CollectionCase, ...]:
    at, on = installation.ports.business.now(), installation.ports.business.today()
    async with installation.reading() as connection:
        collector = await collector_of(connection, staff)
        return await cases.worklist(connection, asked.wanted(collector), at=at, on=on, place=place, limit=limit)


def _place(case: CollectionCase, sort: CaseOrder) -> int:
    if sort == CaseOrder.OPENED:
        return (case.opened_on - date(2000, 1, 1)).days
    return int(getattr(case, sort))


def _after(case: CollectionCase, sort: CaseOrder) -> dict[str, Any]:
    return {"before_minor": _place(case, sort), "before_id": str(case.case_id)}
