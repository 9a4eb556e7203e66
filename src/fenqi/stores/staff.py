"""Staff and their sessions."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fenqi.stores.fetch import Connection, change, fields_of, first
from fenqi.stores.query import queries

_SQL = queries("staff")


@dataclass(frozen=True)
class Staff:
    """Somebody who works here, with the roles that say what they may do."""

    staff_id: UUID
    login: str
    password_hash: str
    roles: list[str]
    is_demo: bool


async def add(connection: Connection, staff: Staff, *, created_at: datetime) -> bool:
    """Record a member of staff; False if the login is taken."""
    return await change(connection, _SQL["add"], fields_of(staff) | {"created_at": created_at}) == 1


async def by_login(connection: Connection, *, login: str) -> Staff | None:
    """The member of staff with this login, unless disabled."""
    return await first(connection, Staff, _SQL["by_login"], {"login": login})


async def open_session(
    connection: Connection, *, token_hash: bytes, staff_id: UUID, created_at: datetime, expires_at: datetime
) -> None:
    """Begin a session, known by the hash of its token."""
    parameters = {
        "token_hash": token_hash,
        "staff_id": staff_id,
        "created_at": created_at,
        "expires_at": expires_at,
    }
    await change(connection, _SQL["open_session"], parameters)


async def of_session(connection: Connection, *, token_hash: bytes, at: datetime) -> Staff | None:
    """Who is behind a session that is still open."""
    return await first(connection, Staff, _SQL["of_session"], {"token_hash": token_hash, "at": at})


async def end_session(connection: Connection, *, token_hash: bytes, ended_at: datetime) -> None:
    """Log out."""
    await change(connection, _SQL["end_session"], {"token_hash": token_hash, "ended_at": ended_at})
