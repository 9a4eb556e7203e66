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
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.listing import Paged, Shown, Sorted, StaffList
from fenqi.api.shape.collection import CollectionCaseLine
from fenqi.core.collection.arrears_case import CollectionCase
from fenqi.core.collection.contact import Answered, ContactChannel
from fenqi.services.contact_in_case import ContactInCase, contact_in_case
from fenqi.services.find_collection_case import Collector, collector_of, find_case
from fenqi.services.show_collection_case import case_line, case_shown
from fenqi.services.work_on_collection import (
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
from fenqi.stores.collection import DAYS_MAX, WorklistFilter
from fenqi.stores.fetch import Connection
from fenqi.stores.staff import Staff
from fenqi.wiring import Installation

router = APIRouter(prefix="/staff", tags=["staff"])
WORKLIST = StaffList("cases", cases.WORKLIST, CollectionCaseLine, file_name="collection_cases")
RequestId = Annotated[str, Field(min_length=8, max_length=128, pattern=r"^[\x21-\x7e]+$")]


class WhoseCases(StrEnum):
    """Who works on a case."""

    ANY = "any"
    NOBODY = "nobody"
    MINE = "mine"


class CaseOrder(StrEnum):
    """By what the next case is the first: that of which there is most."""

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

    def wanted(self, collector: Collector) -> WorklistFilter:
        return WorklistFilter(
            stage=self.stage,
            risk=self.risk,
            holder={"any": None, "nobody": "", "mine": collector.login}[self.held],
            agency_id=collector.agency.agency_id if collector.agency else self.agency_id,
            is_open=self.is_open,
            days_min=self.days_min,
            days_max=self.days_max,
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
    staff: AskingStaff, installation: Installed, asked: CasesAsked, paging: Paged
) -> dict[str, Any]:
    """The worklist, most overdue first unless sorted otherwise; an agency sees its own."""
    wanted = await _wanted(installation, staff, asked)
    return await WORKLIST.page(installation, wanted, paging, _shown(installation))


@router.get("/exports/collection-cases", response_class=StreamingResponse)
async def export_collection_cases(
    staff: AskingStaff, installation: Installed, asked: CasesAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every case that a filter lets through, as CSV."""
    wanted = await _wanted(installation, staff, asked)
    return await WORKLIST.file(installation, staff, wanted, sort, _shown(installation))


@router.post("/collection-cases/next")
async def take_next_one(new: NextCollectionCase, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Take the first case that nobody works on; it is kept for half an hour.

    Raises: NoCollectionCaseWaiting.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        collector = await collector_of(connection, staff, on=installation.ports.business.today())
        wanted = replace(_Cases(stage=new.stage, risk=new.risk).wanted(collector), holder="")
        case = await take_next_collection_case(connection, ports, collector=collector, wanted=wanted, by=new.sort.value)
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
        collector = await collector_of(connection, staff, on=installation.ports.business.today())
        begun = await contact_in_case(connection, installation.ports, command, collector=collector)
    return {"contact_id": str(begun.contact_id), "text": begun.text, "mobile": begun.mobile}


@router.post("/collection-cases/{case_id}/contacts/{contact_id}/outcome")
async def tell_contact_outcome(
    case_id: UUID, contact_id: UUID, new: NewOutcome, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Say what became of a call, once.

    Raises: ContactNotOfCase, ContactOfWarning, OutcomeTold.
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
        collector = await collector_of(connection, staff, on=installation.ports.business.today())
        case = await do(connection, collector)
        return await case_shown(connection, installation.ports, case, collector=collector)


async def _wanted(installation: Installation, staff: Staff, asked: _Cases) -> dict[str, Any]:
    at, on = installation.ports.business.now(), installation.ports.business.today()
    async with installation.reading() as connection:
        return asked.wanted(await collector_of(connection, staff, on=on)).parameters(at=at, on=on)


def _shown(installation: Installation) -> Shown[CollectionCase]:
    at = installation.ports.business.now()
    return lambda row: case_line(row, at=at)
