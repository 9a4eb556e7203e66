"""Cases, the decisions in them, and what was done about them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from fenqi.core.decision.case import LAST_PART, Case, CaseKind, Disposition, Level
from fenqi.stores.fetch import Connection, change, every, fields_of
from fenqi.stores.listing import Listing, Order, lines, sorts
from fenqi.stores.query import queries
from fenqi.stores.staff_list import DecisionLine

_SQL = queries("case")


@dataclass(frozen=True)
class CaseRow:
    """A case as it is kept."""

    b: int
    case_id: UUID
    customer_id: UUID
    kind: str
    level: str
    opened_at: datetime
    due_at: datetime
    expected_loss_minor: int
    taken_by: str | None
    taken_until: datetime | None
    closed_at: datetime | None
    closed_by: str | None
    disposition: str | None
    pivot_key: str | None
    pivot_value: str | None


@dataclass(frozen=True)
class CaseEvent:
    """Something done in a case, by whom, and what they said to it."""

    b: int
    case_event_id: UUID
    case_id: UUID
    what: str
    by: str
    text: str
    recorded_at: datetime


@dataclass(frozen=True)
class Tally:
    """The cases that somebody ended in one way: how many, how long half of them took, how many were late."""

    closed_by: str
    disposition: str
    case_count: int
    median_seconds: int
    late_count: int


@dataclass(frozen=True)
class Waiting:
    """The open cases of a level and kind."""

    level: str
    kind: str
    case_count: int
    oldest_at: datetime
    late_count: int
    expected_loss_minor: int


@dataclass(frozen=True, kw_only=True)
class QueueFilter:
    """Which open cases: at levels, of a kind, held by a login; the empty login holds what nobody holds."""

    levels: frozenset[Level]
    kind: CaseKind | None = None
    holder: str | None = None

    def parameters(self, *, at: datetime) -> dict[str, Any]:
        """As the queue's query knows them, at an instant."""
        return {
            "levels": [level.value for level in self.levels],
            "kind": self.kind and self.kind.value,
            "holder": self.holder,
            "at": at,
        }


QUEUE = Listing(
    row=CaseRow,
    query=_SQL["queue"],
    key="case_id",
    sorts=sorts("expected_loss_minor", "opened_at", "due_at"),
    usual="-expected_loss_minor",
)
CLOSED = Listing(
    row=CaseRow,
    query=_SQL["closed"],
    key="case_id",
    sorts=sorts("closed_at", "expected_loss_minor", "opened_at"),
    usual="-closed_at",
)
_DEAREST_FIRST = Order("expected_loss_minor", is_descending=True)


async def add(connection: Connection, case: Case) -> None:
    """A new case."""
    await change(connection, _SQL["add"], _fields(case))


async def save(connection: Connection, case: Case) -> None:
    """What has become of a case."""
    await change(connection, _SQL["save"], _fields(case))


async def find(connection: Connection, *, b: int, case_id: UUID) -> Case | None:
    """One case."""
    return _one(await every(connection, CaseRow, _SQL["find"], {"b": b, "case_id": case_id}))


async def lock(connection: Connection, *, b: int, case_id: UUID) -> Case | None:
    """One case, held until the transaction ends."""
    return _one(await every(connection, CaseRow, _SQL["lock"], {"b": b, "case_id": case_id}))


async def lock_free(connection: Connection, *, b: int, case_id: UUID) -> Case | None:
    """One case, held until the transaction ends; None while another transaction holds it."""
    return _one(await every(connection, CaseRow, _SQL["lock_free"], {"b": b, "case_id": case_id}))


async def lock_open(connection: Connection, *, b: int, customer_id: UUID) -> Case | None:
    """A customer's open case, held until the transaction ends."""
    return _one(await every(connection, CaseRow, _SQL["lock_open"], {"b": b, "customer_id": customer_id}))


async def of_decision(connection: Connection, *, b: int, decision_id: UUID) -> Case | None:
    """The latest case that a decision is in."""
    return _one(await every(connection, CaseRow, _SQL["of_decision"], {"b": b, "decision_id": decision_id}))


async def add_decision(connection: Connection, case: Case, *, decision_id: UUID, added_at: datetime) -> bool:
    """Put a decision into a case; False if it was there."""
    parameters = {"b": case.b, "case_id": case.case_id, "decision_id": decision_id, "added_at": added_at}
    return await change(connection, _SQL["add_decision"], parameters) == 1


async def add_event(connection: Connection, event: CaseEvent) -> None:
    """Append what was done."""
    await change(connection, _SQL["add_event"], fields_of(event))


async def events(connection: Connection, case: Case) -> tuple[CaseEvent, ...]:
    """Everything done in a case, oldest first."""
    return await every(connection, CaseEvent, _SQL["events"], {"b": case.b, "case_id": case.case_id})


async def decisions(connection: Connection, case: Case) -> tuple[DecisionLine, ...]:
    """The decisions in a case, oldest first."""
    return await every(connection, DecisionLine, _SQL["decisions"], {"b": case.b, "case_id": case.case_id})


async def open_of_customers(connection: Connection, *, lane: list[int], customers: list[UUID]) -> tuple[Case, ...]:
    """The open cases of these customers, dearest first."""
    return _cases(await every(connection, CaseRow, _SQL["open_of_customers"], {"lane": lane, "customers": customers}))


async def queue(connection: Connection, wanted: QueueFilter, *, at: datetime, limit: int) -> tuple[Case, ...]:
    """Open cases, dearest first."""
    parameters = wanted.parameters(at=at)
    rows = await lines(connection, QUEUE, parameters, order=_DEAREST_FIRST, after=None, limit=limit)
    return _cases(rows)


async def nearly_late(connection: Connection, *, at: datetime, limit: int) -> tuple[Case, ...]:
    """Open cases with the reviewers whose last part of time has begun."""
    return _cases(await every(connection, CaseRow, _SQL["nearly_late"], {"at": at, "part": LAST_PART, "limit": limit}))


async def tally(connection: Connection, *, from_at: datetime, until_at: datetime) -> tuple[Tally, ...]:
    """What everybody answered from one instant on and before another."""
    return await every(connection, Tally, _SQL["tally"], {"from_at": from_at, "until_at": until_at})


async def waiting(connection: Connection, *, at: datetime) -> tuple[Waiting, ...]:
    """The open cases by level and kind."""
    return await every(connection, Waiting, _SQL["waiting"], {"at": at})


def case_of(row: CaseRow) -> Case:
    """The case that a row keeps."""
    disposition = Disposition(row.disposition) if row.disposition else None
    typed: dict[str, Any] = {"kind": CaseKind(row.kind), "level": Level(row.level), "disposition": disposition}
    return Case(**(fields_of(row) | typed))


def _fields(case: Case) -> dict[str, Any]:
    disposition = case.disposition and case.disposition.value
    return fields_of(case) | {"kind": case.kind.value, "level": case.level.value, "disposition": disposition}


def _one(rows: tuple[CaseRow, ...]) -> Case | None:
    return next(iter(_cases(rows)), None)


def _cases(rows: Iterable[CaseRow]) -> tuple[Case, ...]:
    return tuple(case_of(row) for row in rows)
