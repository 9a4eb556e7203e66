"""A borrower's credit line: what it is, how it came about, what would raise it, and whether it may rise at all."""

from typing import Any

from fastapi import APIRouter

from fenqi.api.body import Body
from fenqi.api.edge import AskingCustomer, Installed
from fenqi.services.show_limit import limit_shown, want_rises

router = APIRouter(prefix="/h5", tags=["borrower"])


class NewRises(Body):
    """Whether the line may be raised."""

    wanted: bool


@router.get("/limit")
async def get_limit(customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """Your credit line, its history, and what would raise it."""
    async with installation.transaction() as connection:
        return await limit_shown(connection, installation.ports, customer_id=customer_id)


@router.post("/limit/rises")
async def post_rises(new: NewRises, customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """Switch rises of your credit line on or off, from now on.

    Raises: LineUnknown.
    """
    async with installation.transaction() as connection:
        await want_rises(connection, installation.ports, customer_id=customer_id, wanted=new.wanted)
        return await limit_shown(connection, installation.ports, customer_id=customer_id)
