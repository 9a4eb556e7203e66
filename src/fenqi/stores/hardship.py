"""Requests of borrowers in difficulty, what was done about them, what was shown and signed."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from fenqi.core.collection.hardship import (
    LAST_PART,
    HardshipCause,
    HardshipLevel,
    HardshipRequest,
    HardshipState,
)
from fenqi.stores.fetch import Connection, change, every, fields_of, first
from fenqi.stores.listing import Listing, sorts
from fenqi.stores.packed import int2s
from fenqi.stores.query import queries

_SQL = queries("hardship")


@dataclass(frozen=True)
class HardshipRow:
    """A request as it is kept."""

    b: int
    request_id: UUID
    customer_id: UUID
    state: str
    level: str
    cause: str
    asked_by: str
    asked_at: datetime
    answer_due_at: datetime
    answered_at: datetime | None
    answered_by: str | None
    reason: str
    option_ids: list[str]
    accept_until: datetime | None
    agreed_option: str | None
    agreed_at: datetime | None
    observed_until: date | None
    ended_at: datetime | None


@dataclass(frozen=True)
class _Sealed:
    stated_sealed: bytes


@dataclass(frozen=True)
class HardshipEvent:
    """Something done about a request, by whom, and in which words."""

    b: int
    hardship_event_id: UUID
    request_id: UUID
    what: str
    by: str
    text: str
    recorded_at: datetime


@dataclass(frozen=True)
class HardshipShowing:
    """A plan put before a borrower; `seqs` says after which event of each loan it was reckoned."""

    b: int
    showing_id: UUID
    request_id: UUID
    option_id: str
    document_id: UUID
    seqs: dict[str, int]
    shown_on: date
    shown_at: datetime
    read_seconds_min: int


@dataclass(frozen=True)
class HardshipSignature:
    """What proves that a plan was read and signed."""

    b: int
    request_id: UUID
    showing_id: UUID
    evidence: dict[str, Any]
    signed_at: datetime


WAITING = Listing(
    row=HardshipRow,
    query=_SQL["waiting"],
    key="request_id",
    sorts=sorts("asked_at", answer_due_on="answer_due_at"),
    usual="answer_due_on",
)
ANSWERED = Listing(
    row=HardshipRow,
    query=_SQL["in_state"],
    key="request_id",
    sorts=sorts("asked_at", "answered_at"),
    usual="-asked_at",
)


async def add(connection: Connection, request: HardshipRequest, *, stated_sealed: bytes) -> None:
    """A new request, with what was stated, sealed."""
    await change(connection, _SQL["add"], _fields(request) | {"stated_sealed": stated_sealed})


async def save(connection: Connection, request: HardshipRequest) -> None:
    """What has become of a request."""
    await change(connection, _SQL["save"], _fields(request))


async def find(connection: Connection, *, b: int, request_id: UUID) -> HardshipRequest | None:
    """One request."""
    return _one(await every(connection, HardshipRow, _SQL["find"], {"b": b, "request_id": request_id}))


async def lock(connection: Connection, *, b: int, request_id: UUID) -> HardshipRequest | None:
    """One request, held until the transaction ends."""
    return _one(await every(connection, HardshipRow, _SQL["lock"], {"b": b, "request_id": request_id}))


async def stated_of(connection: Connection, request: HardshipRequest) -> bytes:
    """What was stated with a request, sealed.

    Raises: LookupError if the request has no row, which is a fault of ours.
    """
    parameters = {"b": request.b, "request_id": request.request_id}
    found = await first(connection, _Sealed, _SQL["stated"], parameters)
    if found is None:
        raise LookupError(f"request {request.request_id} has no row")
    return found.stated_sealed


async def of_customer(connection: Connection, *, b: int, customer_id: UUID) -> tuple[HardshipRequest, ...]:
    """A customer's requests, newest first."""
    return _requests(await every(connection, HardshipRow, _SQL["of_customer"], {"b": b, "customer_id": customer_id}))


async def to_watch(
    connection: Connection, *, lane: Sequence[int], at: datetime, on: date
) -> tuple[HardshipRequest, ...]:
    """What time has made something of: nearly late, not signed in time, observed to its end."""
    parameters = {"lane": int2s(lane), "at": at, "on": on, "part": LAST_PART}
    return _requests(await every(connection, HardshipRow, _SQL["to_watch"], parameters))


async def add_event(connection: Connection, event: HardshipEvent) -> None:
    """Append what was done."""
    await change(connection, _SQL["add_event"], fields_of(event))


async def events(connection: Connection, request: HardshipRequest) -> tuple[HardshipEvent, ...]:
    """Everything done about a request, oldest first."""
    parameters = {"b": request.b, "request_id": request.request_id}
    return await every(connection, HardshipEvent, _SQL["events"], parameters)


async def add_showing(connection: Connection, showing: HardshipShowing) -> None:
    """Append that a plan was put before a borrower."""
    await change(connection, _SQL["add_showing"], fields_of(showing) | {"seqs": Jsonb(showing.seqs)})


async def showing(connection: Connection, *, b: int, showing_id: UUID) -> HardshipShowing | None:
    """One showing."""
    return await first(connection, HardshipShowing, _SQL["showing"], {"b": b, "showing_id": showing_id})


async def add_signature(connection: Connection, signature: HardshipSignature) -> None:
    """Append a signature."""
    await change(connection, _SQL["add_signature"], fields_of(signature) | {"evidence": Jsonb(signature.evidence)})


async def signature(connection: Connection, request: HardshipRequest) -> HardshipSignature | None:
    """The signature under a request's plan, if there is one."""
    parameters = {"b": request.b, "request_id": request.request_id}
    return await first(connection, HardshipSignature, _SQL["signature"], parameters)


def _fields(request: HardshipRequest) -> dict[str, Any]:
    return fields_of(request) | {
        "state": request.state.value,
        "level": request.level.value,
        "cause": request.cause.value,
        "option_ids": list(request.option_ids),
    }


def _one(rows: tuple[HardshipRow, ...]) -> HardshipRequest | None:
    return next(iter(_requests(rows)), None)


def _requests(rows: Iterable[HardshipRow]) -> tuple[HardshipRequest, ...]:
    return tuple(request_of(row) for row in rows)


def request_of(row: HardshipRow) -> HardshipRequest:
    """The request that a row keeps."""
    typed: dict[str, Any] = {
        "state": HardshipState(row.state),
        "level": HardshipLevel(row.level),
        "cause": HardshipCause(row.cause),
        "option_ids": tuple(row.option_ids),
    }
    return HardshipRequest(**(fields_of(row) | typed))
