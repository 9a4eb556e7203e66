"""One's own credit record with us: who asked a bureau, and what it is told."""

from typing import Any

from fastapi import APIRouter

from fenqi.api.edge import AskingCustomer, Installed
from fenqi.services.show_credit_record import credit_record_shown

router = APIRouter(prefix="/h5", tags=["borrower"])


@router.get("/credit-record")
async def get_credit_record(customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """Who looked at your credit record through us, and what we tell of your loans."""
    async with installation.reading() as connection:
        return await credit_record_shown(connection, installation.ports, customer_id=customer_id)
