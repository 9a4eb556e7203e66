"""Agencies, the cases they have in hand, and what they have earned."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from fenqi.core.collection.agency import Agency, AgencyChange, AgencyChangeKind, Assignment
from fenqi.stores.fetch import Connection, change, every, fields_of, first
from fenqi.stores.packed import int2s, uuids
from fenqi.stores.query import queries

_SQL = queries("agency")
_LEARNT_LATE = timedelta(days=92)
"""For how long after a case came back its first payment may become known."""


@dataclass(frozen=True)
class Booked:
    """What was booked for an assignment so far."""

    assignment_id: UUID
    commission_minor: int


@dataclass(frozen=True, kw_only=True)
class Commission:
    """What one day added to what an agency is owed."""

    b: int
    commission_id: UUID
    assignment_id: UUID
    agency_id: UUID
    booked_for: date
    paid_minor: int
    commission_minor: int


@dataclass(frozen=True)
class AgencyFigures:
    """How many cases an agency has in hand, and what it has earned."""

    agency_id: UUID
    case_count: int
    commission_minor: int


@dataclass(frozen=True)
class _Recalled:
    case_id: UUID
    assignment_id: UUID


@dataclass(frozen=True)
class FileLine:
    """A case as the file for an agency has it, the name still sealed."""

    b: int
    case_id: UUID
    customer_id: UUID
    days_past_due: int
    overdue_minor: int
    owed_minor: int
    stage: str
    effective_from: date
    mobile_masked: str
    name_sealed: bytes | None


async def add(connection: Connection, agency: Agency) -> bool:
    """Put an agency on the list; False if the name is on it."""
    return await change(connection, _SQL["add"], fields_of(agency)) == 1


async def all_of_them(connection: Connection) -> tuple[Agency, ...]:
    """Every agency on the list, by name."""
    return await every(connection, Agency, _SQL["every"], {})


async def find(connection: Connection, *, agency_id: UUID) -> Agency | None:
    """One agency."""
    return await first(connection, Agency, _SQL["find"], {"agency_id": agency_id})


async def lock(connection: Connection, *, agency_id: UUID) -> Agency | None:
    """One agency, held until the transaction ends."""
    return await first(connection, Agency, _SQL["lock"], {"agency_id": agency_id})


async def put(connection: Connection, agency: Agency, made: AgencyChange) -> None:
    """Keep an agency's days as they are now, and the change that made them."""
    await change(connection, _SQL["put"], fields_of(agency))
    await change(connection, _SQL["add_change"], fields_of(made) | {"kind": made.kind.value})


async def changes(connection: Connection, *, limit: int) -> tuple[AgencyChange, ...]:
    """What has changed on the list, newest first."""
    rows = await every(connection, AgencyChange, _SQL["changes"], {"limit": limit})
    return tuple(replace(row, kind=AgencyChangeKind(row.kind)) for row in rows)


async def recall_over(
    connection: Connection, *, lane: Sequence[int], on: date, agency_id: UUID | None, by: str, why: str
) -> dict[UUID, UUID]:
    """Take back what agencies whose contract is over by a day have, or one of them; the assignment of each case.

    Nothing that comes in from the end of the contract on is the agency's, however late it is taken back.
    """
    parameters = {"lane": int2s(lane), "on": on, "agency_id": agency_id, "recalled_by": by, "recalled_why": why}
    rows = await every(connection, _Recalled, _SQL["recall_over"], parameters)
    return {row.case_id: row.assignment_id for row in rows}


async def add_member(connection: Connection, *, login: str, agency_id: UUID, added_by: str, added_at: datetime) -> bool:
    """Let a login belong to an agency, for good; False if it belongs to one."""
    parameters = {"login": login, "agency_id": agency_id, "added_by": added_by, "added_at": added_at}
    return await change(connection, _SQL["add_member"], parameters) == 1


async def of_member(connection: Connection, *, login: str) -> Agency | None:
    """The agency that a login belongs to."""
    return await first(connection, Agency, _SQL["of_member"], {"login": login})


async def add_assignment(connection: Connection, assignment: Assignment) -> bool:
    """Give a case to an agency; False if one has it."""
    return await change(connection, _SQL["add_assignment"], fields_of(assignment)) == 1


async def recall(connection: Connection, assignment: Assignment) -> None:
    """Take a case back."""
    await change(connection, _SQL["recall"], fields_of(assignment))


async def open_of_case(connection: Connection, *, b: int, case_id: UUID) -> Assignment | None:
    """With whom a case is."""
    return await first(connection, Assignment, _SQL["open_of_case"], {"b": b, "case_id": case_id})


async def find_assignment(connection: Connection, *, b: int, assignment_id: UUID) -> Assignment | None:
    """One assignment, over or not."""
    parameters = {"b": b, "assignment_id": assignment_id}
    return await first(connection, Assignment, _SQL["find_assignment"], parameters)


async def earning(connection: Connection, *, lane: Sequence[int], day: date) -> tuple[Assignment, ...]:
    """The assignments of a lane whose earnings may differ from what is booked, held until the transaction ends.

    One that is over stays among them for a while, and for good if something was booked: what came in while it lasted
    may be learnt of later, or taken back.
    """
    parameters = {"lane": int2s(lane), "day": day, "recalled_from": day - _LEARNT_LATE}
    return await every(connection, Assignment, _SQL["earning"], parameters)


async def booked(connection: Connection, *, lane: Sequence[int], assignment_ids: Sequence[UUID]) -> dict[UUID, int]:
    """What was booked for each assignment so far."""
    parameters = {"lane": int2s(lane), "assignment_ids": uuids(assignment_ids)}
    rows = await every(connection, Booked, _SQL["booked"], parameters)
    return {row.assignment_id: row.commission_minor for row in rows}


async def add_commission(connection: Connection, commission: Commission) -> bool:
    """Append what a day added; False if it was added before."""
    return await change(connection, _SQL["add_commission"], fields_of(commission)) == 1


async def figures(connection: Connection) -> dict[UUID, AgencyFigures]:
    """What each agency has in hand and has earned."""
    return {row.agency_id: row for row in await every(connection, AgencyFigures, _SQL["figures"], {})}


async def file_page(
    connection: Connection, *, agency_id: UUID, day: date, after_id: UUID, limit: int
) -> tuple[FileLine, ...]:
    """The cases that an agency has in hand on a day, by id, after a given one."""
    parameters = {"agency_id": agency_id, "day": day, "after_id": after_id, "limit": limit}
    return await every(connection, FileLine, _SQL["file"], parameters)
