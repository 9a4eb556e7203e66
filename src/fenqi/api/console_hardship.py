"""The hardship desk: what waits for an answer and until when, what could be offered, the answer."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Response
from pydantic import Field
from starlette.responses import StreamingResponse

from fenqi.api.body import Body
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.h5.hardship import NewHardship
from fenqi.api.listing import ListDay, Paged, Shown, Sorted, StaffList, begin
from fenqi.api.paper import paper_file
from fenqi.api.shape.hardship import HardshipLineShape
from fenqi.core.collection.hardship import HardshipCause, HardshipLevel, HardshipState, HardshipUnknown
from fenqi.core.ledger.account import bucket_in
from fenqi.services.answer_hardship import offer_relief, refuse_relief
from fenqi.services.ask_hardship import AskHardship, ask_hardship
from fenqi.services.keep_paper import open_paper, require_about_help
from fenqi.services.look_at_customer import find_customer
from fenqi.services.note import note
from fenqi.services.show_hardship import desk_request_shown, request_line
from fenqi.stores import hardship as requests
from fenqi.stores.hardship import HardshipRow, request_of
from fenqi.wiring import Installation

router = APIRouter(prefix="/staff", tags=["staff"])
WAITING = StaffList("requests", requests.WAITING, HardshipLineShape, file_name="hardship")
ANSWERED = StaffList("requests", requests.ANSWERED, HardshipLineShape, file_name="answered_hardship")


class HardshipList(StrEnum):
    """Which requests."""

    OFFERED = "offered"
    """Answered, and not signed yet."""
    OBSERVED = "observed"
    """Signed; the loans are observed."""
    ENDED = "ended"
    """Refused, withdrawn, lapsed, or observed to the end."""


_STATES = {
    HardshipList.OFFERED: (HardshipState.OFFERED,),
    HardshipList.OBSERVED: (HardshipState.AGREED,),
    HardshipList.ENDED: (
        HardshipState.REFUSED,
        HardshipState.WITHDRAWN,
        HardshipState.LAPSED,
        HardshipState.KEPT,
        HardshipState.BROKEN,
    ),
}


class NewHardshipOf(NewHardship):
    """The same, told to an agent by a customer."""

    customer_id: UUID


class NewReliefOffer(Body):
    """The ways out that the borrower may choose among, and why these."""

    option_ids: list[str] = Field(min_length=1, max_length=10)
    reason: str = Field(min_length=5, max_length=2000)


class NewReliefRefusal(Body):
    """Why there is no way out."""

    reason: str = Field(min_length=5, max_length=2000)


@dataclass(frozen=True)
class _Waiting:
    """Which requests that wait."""

    level: HardshipLevel | None = None

    @property
    def wanted(self) -> dict[str, Any]:
        return {"level": self.level and self.level.value}


@dataclass(frozen=True)
class _Answered:
    """Which requests that were answered; days on which they were asked, from the first on and before the last."""

    which: HardshipList = HardshipList.OFFERED
    cause: HardshipCause | None = None
    from_on: ListDay | None = None
    until_on: ListDay | None = None

    @property
    def wanted(self) -> dict[str, Any]:
        return {
            "states": [state.value for state in _STATES[self.which]],
            "cause": self.cause and self.cause.value,
            "from_at": self.from_on and begin(self.from_on),
            "until_at": self.until_on and begin(self.until_on),
        }


WaitingAsked = Annotated[_Waiting, Depends()]
AnsweredAsked = Annotated[_Answered, Depends()]


@router.get("/hardship")
async def list_waiting(
    staff: AskingStaff, installation: Installed, asked: WaitingAsked, paging: Paged
) -> dict[str, Any]:
    """Requests that wait for an answer, the most urgent first unless sorted otherwise."""
    return await WAITING.page(installation, asked.wanted, paging, _shown(installation))


@router.get("/exports/hardship", response_class=StreamingResponse)
async def export_waiting(
    staff: AskingStaff, installation: Installed, asked: WaitingAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every request that waits for an answer, as CSV."""
    return await WAITING.file(installation, staff, asked.wanted, sort, _shown(installation))


@router.get("/answered-hardship")
async def list_answered(
    staff: AskingStaff, installation: Installed, asked: AnsweredAsked, paging: Paged
) -> dict[str, Any]:
    """Requests that were answered, newest first unless sorted otherwise."""
    return await ANSWERED.page(installation, asked.wanted, paging, _shown(installation))


@router.get("/exports/answered-hardship", response_class=StreamingResponse)
async def export_answered(
    staff: AskingStaff, installation: Installed, asked: AnsweredAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every request that was answered and that a filter lets through, as CSV."""
    return await ANSWERED.file(installation, staff, asked.wanted, sort, _shown(installation))


@router.post("/hardship", status_code=201)
async def ask_for_customer(new: NewHardshipOf, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Write a request down for a customer who asks on the phone; everything is held at once.

    Raises: CustomerUnknown, HardshipOpen, HardshipNothingOwed.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        customer = await find_customer(connection, customer_id=new.customer_id)
        command = AskHardship(
            customer_id=customer.customer_id, stated=new.stated(), by=staff.login, once_for=new.request_id
        )
        request = await ask_hardship(connection, ports, command)
        return await desk_request_shown(connection, ports, request)


@router.get("/hardship/{request_id}")
async def get_hardship(request_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """One request with every way out, worked out now; who looked is in the audit trail."""
    ports = installation.ports
    async with installation.transaction() as connection:
        request = await requests.find(connection, b=bucket_in(request_id), request_id=request_id)
        if request is None:
            raise HardshipUnknown("no such request", allowed="an id from the desk's lists")
        await note(
            connection,
            ports,
            actor_kind="staff",
            actor=staff.login,
            action="looked_at_hardship",
            subject=str(request_id),
        )
        return await desk_request_shown(connection, ports, request)


@router.post("/hardship/{request_id}/offer", status_code=200)
async def post_offer(
    request_id: UUID, new: NewReliefOffer, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Put ways out before the borrower.

    Raises: HardshipUnknown, HardshipOver, HardshipOptionWithheld.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        request = await offer_relief(
            connection, ports, request_id=request_id, option_ids=new.option_ids, reason=new.reason, staff=staff
        )
        return await desk_request_shown(connection, ports, request)


@router.post("/hardship/{request_id}/refusal", status_code=200)
async def post_refusal(
    request_id: UUID, new: NewReliefRefusal, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Say no, with the reason that the borrower reads.

    Raises: HardshipUnknown, HardshipOver.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        request = await refuse_relief(connection, ports, request_id=request_id, reason=new.reason, staff=staff)
        return await desk_request_shown(connection, ports, request)


@router.get("/papers/{paper_id}")
async def get_paper(paper_id: UUID, staff: AskingStaff, installation: Installed) -> Response:
    """A paper of a request for help or a complaint, to be saved; who looked is in the audit trail.

    Raises: PaperUnknown.
    """
    async with installation.transaction() as connection:
        await require_about_help(connection, paper_id=paper_id)
        paper, content = await open_paper(connection, installation.ports, paper_id=paper_id, by=staff.login)
    return paper_file(paper, content)


def _shown(installation: Installation) -> Shown[HardshipRow]:
    at = installation.ports.business.now()
    return lambda row: request_line(request_of(row), at=at)
