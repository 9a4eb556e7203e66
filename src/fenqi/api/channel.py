"""Where the payment channel tells us what became of an order."""

from fastapi import APIRouter, Request

from fenqi.api.edge import Installed
from fenqi.services.hear_of_payment import hear_notice

router = APIRouter(prefix="/channel", tags=["channel"])


@router.post("/notices")
async def receive_notice(request: Request, installation: Installed) -> dict[str, str]:
    """A signed notice; one that was heard before or says something older is refused for good, and changes nothing."""
    body = await request.body()
    notice = installation.read_payment_notice(str(request.url), dict(request.headers), body)
    async with installation.transaction() as connection:
        state = await hear_notice(connection, installation.ports, notice)
    return {"order_id": str(notice.order_id), "state": state}
