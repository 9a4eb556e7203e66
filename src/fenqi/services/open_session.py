"""A customer who has answered a code enters; a new number becomes a customer."""

import hashlib
import hmac
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import ClassVar
from uuid import UUID

from fenqi.core.identity.mobile import mask_mobile
from fenqi.core.ledger.account import bucket_in, bucket_of, id_in_bucket
from fenqi.core.refusal import Kind, Refusal
from fenqi.core.velocity.entry import EntryKind
from fenqi.services.attempt import NOWHERE, Attempt, Origin, key_of, log
from fenqi.services.port import Ports
from fenqi.stores import code as codes
from fenqi.stores import customer as customers
from fenqi.stores.code import Session
from fenqi.stores.fetch import Connection

SESSION_LIFETIME = timedelta(hours=12)
TOKEN_BYTES = 32


class SessionUnknown(Refusal):
    """Nobody is behind this token any more."""

    code: ClassVar[str] = "session_unknown"
    kind: ClassVar[Kind] = Kind.UNAUTHENTICATED


@dataclass(frozen=True)
class SessionKey:
    """A session token, read."""

    session_id: UUID
    secret: bytes = field(repr=False)

    @property
    def b(self) -> int:
        """The bucket of the session, which is its customer's."""
        return bucket_in(self.session_id)

    def opens(self, token_hash: bytes, *, until: datetime, at: datetime) -> bool:
        """Whether the secret is the session's, and there is still time."""
        return hmac.compare_digest(token_hash, hashlib.sha256(self.secret).digest()) and at < until


@dataclass(frozen=True)
class OpenedSession:
    """The token is shown once; only its hash is kept."""

    token: str
    customer_id: UUID
    expires_at: datetime


async def open_session(connection: Connection, ports: Ports, *, mobile: str, origin: Origin = NOWHERE) -> OpenedSession:
    """Open a session for the owner of a mobile number, who has just answered a code."""
    customer_id = await _customer_of(connection, ports, mobile=mobile)
    b = bucket_of(customer_id)
    at = ports.wall.now()
    session_id = id_in_bucket(ports.new_id(), b)
    secret = ports.chance(TOKEN_BYTES)
    session = Session(
        b=b,
        session_id=session_id,
        customer_id=customer_id,
        token_hash=hashlib.sha256(secret).digest(),
        created_at=at,
        expires_at=at + SESSION_LIFETIME,
    )
    await codes.add_session(connection, session)
    contact = await key_of(ports, mobile, field="mobile")
    entered = Attempt(kind=EntryKind.ENTERED, b=b, origin=origin, customer_id=customer_id, contact=contact)
    await log(connection, ports, entered)
    return OpenedSession(f"{session_id.hex}.{secret.hex()}", customer_id, session.expires_at)


async def customer_of_session(connection: Connection, ports: Ports, *, token: str) -> UUID:
    """Who is behind a session token.

    Raises: SessionUnknown.
    """
    key = read_token(token)
    session = await codes.session(connection, b=key.b, session_id=key.session_id)
    if session is None or not key.opens(session.token_hash, until=session.expires_at, at=ports.wall.now()):
        raise session_over()
    return session.customer_id


async def end_session(connection: Connection, ports: Ports, *, token: str) -> None:
    """Log out: the token is worth nothing from now on.

    Raises: SessionUnknown.
    """
    await customer_of_session(connection, ports, token=token)
    key = read_token(token)
    await codes.end_session(connection, b=key.b, session_id=key.session_id, ended_at=ports.wall.now())


def session_over() -> SessionUnknown:
    """The refusal of a token that opens nothing, or nothing any more."""
    return SessionUnknown("the session is over or never was", allowed="answer a code again")


def read_token(token: str) -> SessionKey:
    """Which session a token names, and the secret that opens it.

    Raises: SessionUnknown.
    """
    session_id, _, secret = token.partition(".")
    try:
        return SessionKey(UUID(session_id), bytes.fromhex(secret))
    except ValueError:
        raise SessionUnknown("this is no session token", allowed="answer a code again") from None


async def _customer_of(connection: Connection, ports: Ports, *, mobile: str) -> UUID:
    index = await ports.keys.blind_index(mobile, field="mobile")
    customer_id = ports.new_id()
    key_b, b = bucket_of(index.hex()), bucket_of(customer_id)
    claimed = await customers.claim(connection, b=key_b, kind="mobile", value=index, owner_b=b, owner=customer_id)
    if not claimed:
        owner = await customers.owner(connection, b=key_b, kind="mobile", value=index)
        if owner is not None:
            return owner.owner
    await customers.add(
        connection,
        b=b,
        customer_id=customer_id,
        mobile_sealed=await ports.keys.seal(mobile, row=customer_id, field="mobile"),
        mobile_masked=mask_mobile(mobile),
        created_at=ports.business.now(),
    )
    return customer_id
