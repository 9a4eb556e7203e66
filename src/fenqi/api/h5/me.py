"""A borrower enters without a checkout, and looks at their credit."""

from typing import Any
from uuid import uuid5

from fastapi import APIRouter

from fenqi.api.edge import AskingCustomer, Authorization, Installed, session_token
from fenqi.api.h5.checkout import Answer, Mobile, hand_over
from fenqi.api.origin import AskedFrom
from fenqi.core.identity.factor import require_passed
from fenqi.core.identity.mobile import read_mobile
from fenqi.services.open_session import end_session, open_session
from fenqi.services.send_code import SendCode, send_code
from fenqi.services.show_customer import customer_shown
from fenqi.services.try_code import TryCode, try_sent_code
from fenqi.wiring import HOUSE

router = APIRouter(prefix="/h5", tags=["borrower"])
_HERE = uuid5(HOUSE.brand_id, "my credit")
"""What a code opens that was sent for no checkout."""


@router.post("/codes", status_code=201)
async def new_code(new: Mobile, installation: Installed, origin: AskedFrom) -> dict[str, Any]:
    """Send a code to a phone."""
    async with installation.transaction() as connection:
        sent = await send_code(connection, installation.ports, SendCode(new.mobile, "session", _HERE, origin))
    return await hand_over(installation, sent)


@router.post("/sessions", status_code=201)
async def new_session(answer: Answer, installation: Installed, origin: AskedFrom) -> dict[str, Any]:
    """Answer the code and be in."""
    ports = installation.ports
    mobile = read_mobile(answer.mobile)
    async with installation.transaction() as connection:
        command = TryCode(answer.code_id, mobile, "session", _HERE, answer.digits, origin)
        tried = await try_sent_code(connection, ports, command)
    require_passed(tried, policy=ports.authority.code_policy(on=ports.business.today()))
    async with installation.transaction() as connection:
        session = await open_session(connection, ports, mobile=mobile, origin=origin)
    return {"token": session.token, "expires_at": session.expires_at.isoformat()}


@router.delete("/session", status_code=204)
async def log_out(installation: Installed, authorization: Authorization = "") -> None:
    """Log out, here and wherever else the token is held."""
    async with installation.transaction() as connection:
        await end_session(connection, installation.ports, token=session_token(authorization))


@router.get("/me")
async def get_me(customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """You, masked, and your credit line."""
    async with installation.transaction() as connection:
        return await customer_shown(connection, installation.ports, customer_id=customer_id)
