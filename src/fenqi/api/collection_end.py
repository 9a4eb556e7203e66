"""Where cases go that asking has not ended: agencies, the court, the write-off."""

from collections.abc import AsyncIterator
from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field
from starlette.responses import StreamingResponse

from fenqi.api.body import Body
from fenqi.api.collection import NewCollectionText, RequestId, do_in_case
from fenqi.api.csv import as_csv
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.listing import ListDay
from fenqi.core.collection.agency import Agency, AgencyChange, AgencyChangeKind, AgencyUnknown
from fenqi.core.collection.legal import LegalStep
from fenqi.core.customer.profile import mask_name
from fenqi.services.assign_agency import add_agency, add_member, assign_case, change_agency, recall_case
from fenqi.services.change_loan import change_shown
from fenqi.services.find_collection_case import collector_of
from fenqi.services.give_up_case import TakeLegalStep, propose_write_off, take_legal_step
from fenqi.services.note import note
from fenqi.stores import agency as agencies
from fenqi.stores.agency import FileLine
from fenqi.wiring import Installation

_FILE_HEADS = (
    "case_id",
    "name_masked",
    "mobile_masked",
    "days_past_due",
    "overdue_minor",
    "owed_minor",
    "stage",
    "from_on",
)
router = APIRouter(prefix="/staff", tags=["staff"])
_FIRST = UUID(int=0)
_FILE_PAGE = 500
_CHANGES_SHOWN = 50


class NewAgency(Body):
    """An agency for the list."""

    name: str = Field(min_length=2, max_length=100)
    contract_from: ListDay
    contract_until: ListDay
    assessed_on: ListDay
    commission_permille: int = Field(ge=0, le=500)


class NewAgencyDay(Body):
    """The day that stands on the list from now on, and why."""

    day: ListDay
    why: str = Field(min_length=5, max_length=1000)


class NewMember(Body):
    """A login that is to belong to an agency."""

    login: str = Field(min_length=1, max_length=64)


class NewAssignment(Body):
    """To which agency a case goes."""

    agency_id: UUID


class NewLegalStep(Body):
    """A step in court, with the court's reference and what it costs."""

    step: LegalStep
    reference: str = Field(default="", max_length=100)
    cost_minor: int = Field(default=0, ge=0, le=10**12)
    text: str = Field(default="", max_length=2000)


class NewWriteOff(Body):
    """Why a case is given up in the books."""

    reason: str = Field(min_length=5, max_length=1000)
    request_id: RequestId


@router.get("/agencies")
async def list_agencies(staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """The agencies on the list, what they have in hand and have earned, and what changed about them lately."""
    async with installation.reading() as connection:
        rows = await agencies.all_of_them(connection)
        figures = await agencies.figures(connection)
        changes = await agencies.changes(connection, limit=_CHANGES_SHOWN)
    return {
        "agencies": [
            _agency_line(row)
            | {
                "case_count": figures[row.agency_id].case_count,
                "commission_minor": figures[row.agency_id].commission_minor,
            }
            for row in rows
        ],
        "changes": [_change_line(each) for each in changes],
    }


@router.post("/agencies", status_code=201)
async def post_agency(new: NewAgency, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Put an agency on the list.

    Raises: AgencyContractEmpty, AgencyAssessedLater, AgencyOnList.
    """
    ports = installation.ports
    agency = Agency(
        agency_id=ports.new_id(),
        name=new.name,
        contract_from=new.contract_from,
        contract_until=new.contract_until,
        assessed_on=new.assessed_on,
        commission_permille=new.commission_permille,
        added_by=staff.login,
        added_at=ports.business.now(),
    )
    async with installation.transaction() as connection:
        added = await add_agency(connection, ports, agency)
    return _agency_line(added) | {"case_count": 0, "commission_minor": 0}


@router.post("/agencies/{agency_id}/renewal", status_code=201)
async def post_renewal(
    agency_id: UUID, new: NewAgencyDay, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Let an agency's contract run until a later day.

    Raises: AgencyUnknown, AgencyDayOutOfRange.
    """
    return await _changed(installation, agency_id, AgencyChangeKind.RENEWED, new, by=staff.login)


@router.post("/agencies/{agency_id}/assessment", status_code=201)
async def post_assessment(
    agency_id: UUID, new: NewAgencyDay, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Keep that an agency was assessed again.

    Raises: AgencyUnknown, AgencyDayOutOfRange, AgencyAssessedLater.
    """
    return await _changed(installation, agency_id, AgencyChangeKind.ASSESSED, new, by=staff.login)


@router.post("/agencies/{agency_id}/end", status_code=201)
async def post_end(agency_id: UUID, new: NewAgencyDay, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """End an agency's contract on a day; from then on it has no case.

    Raises: AgencyUnknown, AgencyDayOutOfRange.
    """
    return await _changed(installation, agency_id, AgencyChangeKind.ENDED, new, by=staff.login)


@router.post("/agencies/{agency_id}/members", status_code=201)
async def post_member(agency_id: UUID, new: NewMember, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Let a login in the role of an agency belong to one.

    Raises: AgencyUnknown, LoginNotOfAgency, LoginWithAgency.
    """
    async with installation.transaction() as connection:
        await add_member(connection, installation.ports, agency_id=agency_id, login=new.login, by=staff.login)
    return {"agency_id": str(agency_id), "login": new.login}


@router.get("/agencies/{agency_id}/file", response_class=StreamingResponse)
async def get_agency_file(agency_id: UUID, staff: AskingStaff, installation: Installed) -> StreamingResponse:
    """The cases that an agency has in hand: no more than it needs, names and numbers masked; who took it is kept.

    Raises: AgencyUnknown.
    """
    async with installation.transaction() as connection:
        collector = await collector_of(connection, staff, on=installation.ports.business.today())
        if collector.agency is not None and collector.agency.agency_id != agency_id:
            raise AgencyUnknown("no such agency", allowed="your own")
        await note(
            connection,
            installation.ports,
            actor_kind="staff",
            actor=staff.login,
            action="took_agency_file",
            subject=str(agency_id),
        )
    return as_csv("agency-cases.csv", _FILE_HEADS, _file_pages(installation, agency_id))


@router.post("/collection-cases/{case_id}/assignment", status_code=201)
async def post_assignment(
    case_id: UUID, new: NewAssignment, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Give a case to an agency; its borrower is told before.

    Raises: AgencyUnknown, AgencyNotUsable, ContactStopped, ContactTextUnapproved, NothingOverdue, CaseWithAgency.
    """
    return await do_in_case(
        installation,
        staff,
        lambda connection, by: assign_case(
            connection, installation.ports, case_id=case_id, agency_id=new.agency_id, collector=by
        ),
    )


@router.post("/collection-cases/{case_id}/recall")
async def post_recall(
    case_id: UUID, new: NewCollectionText, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Take a case back from its agency.

    Raises: CaseNotWithAgency.
    """
    return await do_in_case(
        installation,
        staff,
        lambda connection, by: recall_case(connection, installation.ports, case_id=case_id, collector=by, why=new.text),
    )


@router.post("/collection-cases/{case_id}/legal-steps", status_code=201)
async def post_legal_step(
    case_id: UUID, new: NewLegalStep, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Take the next step in court; whoever wants to go there is not who agrees.

    Raises: LegalStepOutOfOrder, SecondPersonNeeded.
    """
    command = TakeLegalStep(
        case_id=case_id, step=new.step, reference=new.reference, cost_minor=new.cost_minor, text=new.text
    )
    return await do_in_case(
        installation,
        staff,
        lambda connection, by: take_legal_step(connection, installation.ports, command, collector=by),
    )


@router.post("/collection-cases/{case_id}/write-off", status_code=201)
async def post_write_off(
    case_id: UUID, new: NewWriteOff, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Propose to write a case's late loans off, where the rule allows it; finance answers each change.

    Raises: WriteOffTooEarly, NothingOverdue.
    """
    async with installation.transaction() as connection:
        collector = await collector_of(connection, staff, on=installation.ports.business.today())
        changes = await propose_write_off(
            connection,
            installation.ports,
            case_id=case_id,
            collector=collector,
            reason=new.reason,
            request_id=new.request_id,
        )
    return {"changes": [change_shown(change) for change in changes]}


async def _file_pages(installation: Installation, agency_id: UUID) -> AsyncIterator[list[dict[str, Any]]]:
    after_id, day = _FIRST, installation.ports.business.today()
    while True:
        async with installation.reading() as connection:
            page = await agencies.file_page(
                connection, agency_id=agency_id, day=day, after_id=after_id, limit=_FILE_PAGE
            )
        if not page:
            return
        yield [await _file_line(installation, line) for line in page]
        after_id = page[-1].case_id


async def _file_line(installation: Installation, line: FileLine) -> dict[str, Any]:
    name = ""
    if line.name_sealed is not None:
        name = await installation.ports.keys.unseal(line.name_sealed, row=line.customer_id, field="name")
    return {
        "case_id": str(line.case_id),
        "name_masked": mask_name(name) if name else "",
        "mobile_masked": line.mobile_masked,
        "days_past_due": line.days_past_due,
        "overdue_minor": line.overdue_minor,
        "owed_minor": line.owed_minor,
        "stage": line.stage,
        "from_on": line.effective_from.isoformat(),
    }


async def _changed(
    installation: Installation, agency_id: UUID, kind: AgencyChangeKind, new: NewAgencyDay, *, by: str
) -> dict[str, Any]:
    async with installation.transaction() as connection:
        after = await change_agency(
            connection, installation.ports, agency_id=agency_id, kind=kind, to=new.day, why=new.why, by=by
        )
    return _agency_line(after)


def _change_line(row: AgencyChange) -> dict[str, Any]:
    return {
        "change_id": str(row.change_id),
        "agency_id": str(row.agency_id),
        "kind": row.kind.value,
        "was_on": row.was_on.isoformat(),
        "is_on": row.is_on.isoformat(),
        "why": row.why,
        "changed_by": row.changed_by,
        "changed_at": row.changed_at.isoformat(),
    }


def _agency_line(row: Agency) -> dict[str, Any]:
    return {
        "agency_id": str(row.agency_id),
        "name": row.name,
        "contract_from": row.contract_from.isoformat(),
        "contract_until": row.contract_until.isoformat(),
        "assessed_on": row.assessed_on.isoformat(),
        "commission_permille": row.commission_permille,
    }
