"""One-time codes and the sessions they open."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fenqi.stores.fetch import Connection, change, every, fields_of, first
from fenqi.stores.query import queries

_SQL = queries("code")


@dataclass(frozen=True)
class Code:
    """A code sent to a mobile number; lives in the bucket of the number's blind index."""

    b: int
    code_id: UUID
    purpose: str
    subject: UUID
    mobile_index: bytes
    digest: bytes
    sent_at: datetime
    tries: int
    passed_at: datetime | None


@dataclass(frozen=True)
class Session:
    """A customer who has answered a code."""

    b: int
    session_id: UUID
    customer_id: UUID
    token_hash: bytes
    created_at: datetime
    expires_at: datetime


@dataclass(frozen=True)
class _Sent:
    sent_at: datetime


async def add(connection: Connection, code: Code) -> None:
    """Record a code before it is sent."""
    await change(connection, _SQL["add"], fields_of(code))


async def lock(connection: Connection, *, b: int, code_id: UUID) -> Code | None:
    """One code, held until the transaction ends so that two tries are two tries."""
    return await first(connection, Code, _SQL["lock"], {"b": b, "code_id": code_id})


async def sent_since(
    connection: Connection, *, b: int, mobile_index: bytes, purpose: str, since: datetime
) -> tuple[datetime, ...]:
    """When a number was sent codes for a purpose, from an instant on, oldest first."""
    parameters = {"b": b, "mobile_index": mobile_index, "purpose": purpose, "since": since}
    return tuple(sent.sent_at for sent in await every(connection, _Sent, _SQL["sent_since"], parameters))


async def tried(connection: Connection, *, b: int, code_id: UUID, tries: int, passed_at: datetime | None) -> None:
    """Save how often a code was tried; `passed_at` marks the try that was right."""
    parameters = {"b": b, "code_id": code_id, "tries": tries, "passed_at": passed_at}
    await change(connection, _SQL["tried"], parameters)


async def add_session(connection: Connection, session: Session) -> None:
    """Open a session."""
    await change(connection, _SQL["add_session"], fields_of(session))


async def session(connection: Connection, *, b: int, session_id: UUID) -> Session | None:
    """One session, expired or not."""
    return await first(connection, Session, _SQL["session"], {"b": b, "session_id": session_id})


async def end_session(connection: Connection, *, b: int, session_id: UUID, ended_at: datetime) -> None:
    """End a session before its time: from now on it is one that has expired."""
    await change(connection, _SQL["end_session"], {"b": b, "session_id": session_id, "ended_at": ended_at})
