"""What stops contacts with a customer: read, and said by hand where no case of its own says it."""

from typing import Any, Literal
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from fenqi.api.body import Body
from fenqi.api.edge import AskingStaff, Installed
from fenqi.services.look_at_customer import find_customer
from fenqi.services.note import note
from fenqi.services.prefer_contact import stop_contact
from fenqi.stores import contact as contacts
from fenqi.stores.fetch import Connection

router = APIRouter(prefix="/staff", tags=["staff"])


class NewContactStop(Body):
    """What a member of staff has learnt; complaints, disputes and hardship stop contacts by their own cases."""

    kind: Literal["over_indebted", "student"]
    lasts: bool = Field(strict=True)
    reason: str = Field(min_length=5, max_length=2000)


@router.get("/customers/{customer_id}/contact-stops")
async def list_contact_stops(customer_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """What stops contacts with a customer, or did.

    Raises: CustomerUnknown.
    """
    async with installation.reading() as connection:
        return await _shown(connection, customer_id=customer_id)


@router.post("/customers/{customer_id}/contact-stops", status_code=201)
async def post_contact_stop(
    customer_id: UUID, new: NewContactStop, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Stop contacts that the rules do not allow with such a customer, or let them begin again.

    Raises: CustomerUnknown.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        await find_customer(connection, customer_id=customer_id)
        await stop_contact(connection, ports, customer_id=customer_id, kind=new.kind, lasts=new.lasts, by=staff.login)
        await note(
            connection,
            ports,
            actor_kind="staff",
            actor=staff.login,
            action="stopped_contact" if new.lasts else "let_contact_begin",
            subject=str(customer_id),
            detail={"kind": new.kind, "reason": new.reason},
        )
        return await _shown(connection, customer_id=customer_id)


async def _shown(connection: Connection, *, customer_id: UUID) -> dict[str, Any]:
    customer = await find_customer(connection, customer_id=customer_id)
    stops = await contacts.stops(connection, lane=[customer.b], customer_ids=[customer_id])
    return {"stops": [{"kind": stop.kind, "lasts": stop.lasts} for stop in stops]}
