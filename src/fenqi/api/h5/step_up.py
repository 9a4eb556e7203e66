"""The shopper shows once more who they are, when the screening of their order wants it."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter
from pydantic import Field

from fenqi.api.body import Body
from fenqi.api.edge import AskingCustomer, Installed
from fenqi.api.h5.checkout import Digits, Identity, hand_over
from fenqi.api.origin import AskedFrom
from fenqi.core.decision.screening_strategy import StepUp
from fenqi.core.identity.factor import require_passed
from fenqi.services.identify_customer import mobile_of, read_elements, record_check, require_match
from fenqi.services.prove_identity import PURPOSE, prove_identity, require_proof_wanted
from fenqi.services.send_code import SendCode, send_code
from fenqi.services.try_code import TryCode, try_sent_code

router = APIRouter(prefix="/h5", tags=["shopper"])


class ProofCode(Body):
    """The code as typed."""

    code_id: UUID
    digits: Digits = Field(description="as they reached the phone")


@router.post("/checkouts/{checkout_id}/proof-codes", status_code=201)
async def new_proof_code(
    checkout_id: UUID, customer_id: AskingCustomer, installation: Installed, origin: AskedFrom
) -> dict[str, Any]:
    """Send the code that shows once more whose phone it is."""
    ports = installation.ports
    async with installation.transaction() as connection:
        await require_proof_wanted(connection, ports, checkout_id=checkout_id, customer_id=customer_id, how=StepUp.CODE)
        mobile = await mobile_of(connection, ports, customer_id=customer_id)
        sent = await send_code(connection, ports, SendCode(mobile, PURPOSE, checkout_id, origin))
    return await hand_over(installation, sent)


@router.post("/checkouts/{checkout_id}/proofs/code", status_code=201)
async def prove_by_code(
    checkout_id: UUID, new: ProofCode, customer_id: AskingCustomer, installation: Installed, origin: AskedFrom
) -> dict[str, str]:
    """Answer that code; what was decided takes effect."""
    ports = installation.ports
    async with installation.transaction() as connection:
        await require_proof_wanted(connection, ports, checkout_id=checkout_id, customer_id=customer_id, how=StepUp.CODE)
        mobile = await mobile_of(connection, ports, customer_id=customer_id)
        tried = await try_sent_code(
            connection, ports, TryCode(new.code_id, mobile, PURPOSE, checkout_id, new.digits, origin)
        )
    require_passed(tried, policy=ports.authority.code_policy(on=ports.business.today()))
    async with installation.transaction() as connection:
        row = await prove_identity(connection, ports, checkout_id=checkout_id, customer_id=customer_id)
    return {"checkout_id": str(checkout_id), "status": row.state}


@router.post("/checkouts/{checkout_id}/proofs/identity", status_code=201)
async def prove_by_identity(
    checkout_id: UUID, new: Identity, customer_id: AskingCustomer, installation: Installed, origin: AskedFrom
) -> dict[str, str]:
    """Say again who you are; the registry is asked again, and what was decided takes effect."""
    ports = installation.ports
    async with installation.transaction() as connection:
        await require_proof_wanted(
            connection, ports, checkout_id=checkout_id, customer_id=customer_id, how=StepUp.IDENTITY
        )
        elements = await read_elements(
            connection, ports, customer_id=customer_id, name=new.name, id_number=new.id_number
        )
    check = await installation.identity.check_three_elements(
        name=elements.name, id_number=elements.id_number, mobile=elements.mobile, at=ports.business.now()
    )
    async with installation.transaction() as connection:
        await record_check(
            connection, ports, checkout_id=checkout_id, customer_id=customer_id, check=check, origin=origin
        )
    require_match(check)
    async with installation.transaction() as connection:
        row = await prove_identity(connection, ports, checkout_id=checkout_id, customer_id=customer_id)
    return {"checkout_id": str(checkout_id), "status": row.state}
