"""Calls that early warnings asked for, and what was said in them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fenqi.stores.fetch import Connection, change, every, fields_of, first
from fenqi.stores.query import queries

_SQL = queries("warning_call")


@dataclass(frozen=True, kw_only=True)
class WarningCall:
    """A call that was begun, and the step that asked for it."""

    b: int
    contact_id: UUID
    step_id: UUID
    warning_id: UUID
    customer_id: UUID
    begun_by: str
    begun_at: datetime


@dataclass(frozen=True, kw_only=True)
class WarningAnswer:
    """What was told of a call; `hardship_id` and `complaint_id` name what came of it."""

    b: int
    contact_id: UUID
    answered: str
    said: str | None
    pays_on: date | None
    words: str
    hardship_id: UUID | None
    complaint_id: UUID | None
    told_by: str
    told_at: datetime


@dataclass(frozen=True, kw_only=True)
class CallLine(WarningCall):
    """A call with what was told of it, if it was."""

    answered: str | None
    said: str | None
    pays_on: date | None
    words: str | None
    hardship_id: UUID | None
    complaint_id: UUID | None
    told_by: str | None
    told_at: datetime | None


@dataclass(frozen=True)
class _Said:
    is_so: bool


async def add(connection: Connection, call: WarningCall) -> None:
    """Append a call; the same call again changes nothing."""
    await change(connection, _SQL["add"], fields_of(call))


async def add_answer(connection: Connection, answer: WarningAnswer) -> None:
    """Append what was told of a call."""
    await change(connection, _SQL["add_answer"], fields_of(answer))


async def is_one(connection: Connection, *, b: int, contact_id: UUID) -> bool:
    """Whether a contact is a call that a warning asked for."""
    said = await first(connection, _Said, _SQL["is_one"], {"b": b, "contact_id": contact_id})
    return said is not None and said.is_so


async def of_warning(connection: Connection, *, b: int, warning_id: UUID) -> tuple[CallLine, ...]:
    """The calls about a warning, the oldest first."""
    return await every(connection, CallLine, _SQL["of_warning"], {"b": b, "warning_id": warning_id})


async def put_due(connection: Connection, *, b: int, warning_id: UUID, call_due_on: date | None) -> None:
    """Say by when somebody is to call; None if nobody is to any more."""
    await change(connection, _SQL["put_due"], {"b": b, "warning_id": warning_id, "call_due_on": call_due_on})
