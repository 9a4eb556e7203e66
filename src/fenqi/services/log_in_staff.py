"""A member of staff logs in and is recognised."""

import asyncio
import hashlib
import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import ClassVar

from fenqi.core.identity.throttle import LOG_IN, require_may_log_in
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.port import Ports
from fenqi.stores import staff as staffs
from fenqi.stores import throttle
from fenqi.stores.fetch import Connection
from fenqi.stores.staff import Staff

SESSION_LIFETIME = timedelta(hours=10)
TOKEN_BYTES = 32
SALT_BYTES = 16
_TRIED = "staff_log_in"
_COST, _BLOCK, _PARALLEL = 2**14, 8, 1
_NOBODY = "scrypt$" + "00" * SALT_BYTES + "$" + "00" * 32


class LoginRefused(Refusal):
    """Login and password do not belong together, or the account is closed: the two are not told apart."""

    code: ClassVar[str] = "login_refused"
    kind: ClassVar[Kind] = Kind.UNAUTHENTICATED


class StaffSessionUnknown(Refusal):
    """Nobody of the staff is behind this token any more."""

    code: ClassVar[str] = "staff_session_unknown"
    kind: ClassVar[Kind] = Kind.UNAUTHENTICATED


@dataclass(frozen=True)
class StaffSession:
    """The token is shown once; only its hash is kept."""

    token: str
    expires_at: datetime
    roles: tuple[str, ...]


def hash_password(password: str, *, salt: bytes) -> str:
    """The salted scrypt hash under which a password is kept."""
    derived = hashlib.scrypt(password.encode(), salt=salt, n=_COST, r=_BLOCK, p=_PARALLEL, dklen=32)
    return f"scrypt${salt.hex()}${derived.hex()}"


def password_is(password: str, stored: str) -> bool:
    """Whether a password is the one that was kept, in constant time."""
    _, salt, _ = stored.split("$")
    return hmac.compare_digest(hash_password(password, salt=bytes.fromhex(salt)), stored)


async def count_log_in(connection: Connection, ports: Ports, *, login: str) -> None:
    """Count a try to log in; the caller commits before the password is looked at, so that a wrong one stays counted.

    Raises: LogInTooOften, also for a login that nobody has.
    """
    subject = login.encode()
    require_may_log_in(
        await throttle.tried(connection, kind=_TRIED, subject=subject, throttle=LOG_IN, at=ports.wall.now())
    )


async def log_in_staff(connection: Connection, ports: Ports, *, login: str, password: str) -> StaffSession:
    """Open a session for a member of staff.

    An unknown login costs the same time as a wrong password.

    Raises: LoginRefused.
    """
    found = await staffs.by_login(connection, login=login)
    right = await asyncio.to_thread(password_is, password, found.password_hash if found else _NOBODY)
    if found is None or not right:
        raise LoginRefused("login or password is wrong", allowed="a login that an administrator gave you")
    at = ports.wall.now()
    await throttle.forget(connection, kind=_TRIED, subject=login.encode())
    token = ports.chance(TOKEN_BYTES)
    expires_at = at + SESSION_LIFETIME
    await staffs.open_session(
        connection,
        token_hash=hashlib.sha256(token).digest(),
        staff_id=found.staff_id,
        created_at=at,
        expires_at=expires_at,
    )
    return StaffSession(token.hex(), expires_at, tuple(found.roles))


async def staff_of_session(connection: Connection, ports: Ports, *, token: str) -> Staff:
    """Who is behind a session token.

    Raises: StaffSessionUnknown.
    """
    try:
        token_hash = hashlib.sha256(bytes.fromhex(token)).digest()
    except ValueError:
        token_hash = b""
    found = await staffs.of_session(connection, token_hash=token_hash, at=ports.wall.now())
    if found is None:
        raise StaffSessionUnknown("the session is over or never was", allowed="log in again")
    return found


async def end_staff_session(connection: Connection, ports: Ports, *, token: str) -> None:
    """Log out: the token is worth nothing from now on."""
    token_hash = hashlib.sha256(bytes.fromhex(token)).digest()
    await staffs.end_session(connection, token_hash=token_hash, ended_at=ports.wall.now())
