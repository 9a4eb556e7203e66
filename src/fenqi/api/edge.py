"""What every route begins with: the installation, and who is asking."""

from typing import Annotated
from uuid import UUID

from fastapi import Depends, Header, Request

from fenqi.api.access import ACCESS, Role
from fenqi.core.merchant.api_key import hash_of_api_key, key_in_authorization, require_api_key
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.log_in_staff import staff_of_session
from fenqi.services.open_session import SessionUnknown, customer_of_session
from fenqi.stores import merchant as merchants
from fenqi.stores.merchant import Merchant
from fenqi.stores.staff import Staff
from fenqi.wiring import Installation


class RoleMissing(Refusal):
    """This member of staff is not there for that."""

    code = "role_missing"
    kind = Kind.FORBIDDEN


async def installation_of(request: Request) -> Installation:
    """The installation that this process serves."""
    installation: Installation = request.app.state.installation
    return installation


Installed = Annotated[Installation, Depends(installation_of)]
Authorization = Annotated[str, Header()]


def bearer(authorization: str) -> str:
    """The token of an `Authorization: Bearer` header, empty if there is none."""
    scheme, _, token = authorization.partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


async def asking_merchant(installation: Installed, authorization: Authorization = "") -> Merchant:
    """The merchant whose API key came with the request.

    Raises: ApiKeyMissing, ApiKeyInvalid.
    """
    key = key_in_authorization(authorization)
    async with installation.reading() as connection:
        stored = await merchants.api_key(connection, key_hash=hash_of_api_key(key))
        valid = require_api_key(stored, key=key)
        return await merchants.known(connection, merchant_id=valid.merchant_id)


async def asking_customer(installation: Installed, authorization: Authorization = "") -> UUID:
    """The customer whose session token came with the request.

    Raises: SessionUnknown.
    """
    token = session_token(authorization)
    async with installation.reading() as connection:
        return await customer_of_session(connection, installation.ports, token=token)


def session_token(authorization: str) -> str:
    """The token of a customer's session.

    Raises: SessionUnknown without one.
    """
    token = bearer(authorization)
    if not token:
        raise SessionUnknown("there is no session token", allowed="answer a code first")
    return token


async def asking_staff(request: Request, installation: Installed, authorization: Authorization = "") -> Staff:
    """The member of staff whose session token came with the request, if the route is theirs.

    Raises: StaffSessionUnknown, RoleMissing.
    """
    async with installation.reading() as connection:
        staff = await staff_of_session(connection, installation.ports, token=bearer(authorization))
    allowed = ACCESS[request.method, request.scope["route"].path]
    if allowed.isdisjoint(Role(role) for role in staff.roles):
        raise RoleMissing("your roles do not include this", allowed=", ".join(sorted(allowed)))
    return staff


AskingMerchant = Annotated[Merchant, Depends(asking_merchant)]
AskingCustomer = Annotated[UUID, Depends(asking_customer)]
AskingStaff = Annotated[Staff, Depends(asking_staff)]
