"""The hardship desk: what waits for an answer and until when, what could be offered, the answer."""

from datetime import UTC, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Response
from pydantic import Field

from fenqi.api.body import Body
from fenqi.api.console_list import Limit
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.h5.hardship import NewHardship
from fenqi.api.merchant import LAST_ID, LATEST
from fenqi.core.collection.hardship import HardshipRequest, HardshipState, HardshipUnknown
from fenqi.core.ledger.account import bucket_in
from fenqi.services.answer_hardship import offer_relief, refuse_relief
from fenqi.services.ask_hardship import AskHardship, ask_hardship
from fenqi.services.keep_paper import open_paper
from fenqi.services.look_at_customer import find_customer
from fenqi.services.note import note
from fenqi.services.show_hardship import desk_request_shown, request_line
from fenqi.stores import hardship as requests

router = APIRouter(prefix="/staff", tags=["staff"])
EARLIEST = datetime(2000, 1, 1, tzinfo=UTC)
FIRST_ID = UUID(int=0)


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


@router.get("/hardship")
async def list_waiting(
    staff: AskingStaff,
    installation: Installed,
    after_at: datetime = EARLIEST,
    after_id: UUID = FIRST_ID,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Requests that wait for an answer, the most urgent first."""
    async with installation.reading() as connection:
        rows = await requests.waiting(connection, after_at=after_at, after_id=after_id, limit=limit)
    following = {"after_at": rows[-1].answer_due_at.isoformat(), "after_id": str(rows[-1].request_id)} if rows else None
    return _lines(installation, rows) | {"next": following if len(rows) == limit else None}


@router.get("/answered-hardship")
async def list_answered(
    staff: AskingStaff,
    installation: Installed,
    which: HardshipList = HardshipList.OFFERED,
    before_at: datetime = LATEST,
    before_id: UUID = LAST_ID,
    limit: Limit = 50,
) -> dict[str, Any]:
    """Requests that were answered, newest first."""
    async with installation.reading() as connection:
        rows = await requests.in_state(
            connection, _STATES[which], before_at=before_at, before_id=before_id, limit=limit
        )
    following = {"before_at": rows[-1].asked_at.isoformat(), "before_id": str(rows[-1].request_id)} if rows else None
    return _lines(installation, rows) | {"next": following if len(rows) == limit else None}


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
    """A paper that was handed in, to be saved; who looked is in the audit trail."""
    async with installation.transaction() as connection:
        paper, content = await open_paper(connection, installation.ports, paper_id=paper_id, by=staff.login)
    ending = {"application/pdf": "pdf", "image/png": "png", "image/jpeg": "jpg"}[paper.media_type]
    headers = {
        "content-disposition": f'attachment; filename="{paper.paper_id}.{ending}"',
        "x-content-type-options": "nosniff",
        "cache-control": "private, no-store",
    }
    return Response(content, media_type=paper.media_type, headers=headers)


def _lines(installation: Any, rows: tuple[HardshipRequest, ...]) -> dict[str, Any]:
    at = installation.ports.business.now()
    return {"requests": [request_line(row, at=at) for row in rows]}
