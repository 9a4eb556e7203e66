"""Complaints, their evidence, what was done about them, and their causes counted."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from fenqi.core.collection.complaint import (
    LAST_PART,
    Complaint,
    ComplaintCause,
    ComplaintChannel,
    ComplaintLevel,
    ComplaintOutcome,
    ComplaintState,
    Redress,
)
from fenqi.stores.fetch import Connection, change, every, fields_of, first
from fenqi.stores.listing import Listing, sorts
from fenqi.stores.packed import int2s
from fenqi.stores.query import queries

_SQL = queries("complaint")
_CONTACTS_OFFERED = 50


@dataclass(frozen=True)
class ComplaintRow:
    """A complaint as it is kept."""

    b: int
    complaint_id: UUID
    customer_id: UUID
    channel: str
    reference: str
    cause: str
    state: str
    level: str
    assigned_to: str | None
    follows_id: UUID | None
    loan_id: UUID | None
    checkout_id: UUID | None
    decision_id: UUID | None
    disputed_minor: int
    received_by: str
    received_at: datetime
    acknowledge_due_at: datetime
    answer_due_at: datetime
    is_extended: bool
    acknowledge_missed_at: datetime | None
    answer_missed_at: datetime | None
    acknowledged_at: datetime | None
    acknowledged_by: str | None
    outcome: str | None
    answer: str
    redress: str
    redress_minor: int
    proposed_by: str | None
    answered_by: str | None
    answered_at: datetime | None
    settle_by: datetime | None
    is_satisfied: bool | None
    ended_by: str | None
    ended_at: datetime | None


@dataclass(frozen=True)
class _Sealed:
    text_sealed: bytes


@dataclass(frozen=True)
class ComplaintEvent:
    """Something done about a complaint, by whom, and in which words."""

    b: int
    complaint_event_id: UUID
    complaint_id: UUID
    what: str
    by: str
    text: str
    recorded_at: datetime


@dataclass(frozen=True)
class Evidence:
    """Something of the record that a complaint rests on."""

    b: int
    complaint_id: UUID
    kind: str
    subject_id: UUID
    added_by: str
    added_at: datetime


@dataclass(frozen=True)
class RecordLine:
    """Something of a customer's record that may be evidence."""

    kind: str
    subject_id: UUID
    at: datetime
    told: str


@dataclass(frozen=True)
class CauseCount:
    """The complaints of one month, cause and channel.

    Units: minor.
    """

    month: str
    cause: str
    channel: str
    complaint_count: int
    upheld_count: int
    partly_count: int
    rejected_count: int
    withdrawn_count: int
    open_count: int
    late_count: int
    unsatisfied_count: int
    redress_minor: int


LISTED = Listing(
    row=ComplaintRow,
    query=_SQL["listed"],
    key="complaint_id",
    sorts=sorts("received_at", "answered_at", answer_due_on="answer_due_at"),
    usual="answer_due_on",
)


async def add(connection: Connection, complaint: Complaint, *, text_sealed: bytes) -> None:
    """A new complaint, with its words, sealed."""
    await change(connection, _SQL["add"], _fields(complaint) | {"text_sealed": text_sealed})


async def save(connection: Connection, complaint: Complaint) -> None:
    """What has become of a complaint."""
    await change(connection, _SQL["save"], _fields(complaint))


async def find(connection: Connection, *, b: int, complaint_id: UUID) -> Complaint | None:
    """One complaint."""
    return _one(await every(connection, ComplaintRow, _SQL["find"], {"b": b, "complaint_id": complaint_id}))


async def lock(connection: Connection, *, b: int, complaint_id: UUID) -> Complaint | None:
    """One complaint, held until the transaction ends."""
    return _one(await every(connection, ComplaintRow, _SQL["lock"], {"b": b, "complaint_id": complaint_id}))


async def text_of(connection: Connection, complaint: Complaint) -> bytes:
    """The words of a complaint, sealed.

    Raises: LookupError if the complaint has no row, which is a fault of ours.
    """
    found = await first(connection, _Sealed, _SQL["text"], _key(complaint))
    if found is None:
        raise LookupError(f"complaint {complaint.complaint_id} has no row")
    return found.text_sealed


async def of_customer(connection: Connection, *, b: int, customer_id: UUID) -> tuple[Complaint, ...]:
    """A customer's complaints, newest first."""
    parameters = {"b": b, "customer_id": customer_id}
    return _complaints(await every(connection, ComplaintRow, _SQL["of_customer"], parameters))


async def to_watch(connection: Connection, *, lane: Sequence[int], at: datetime) -> tuple[Complaint, ...]:
    """What time has made something of: a deadline missed or near, or nothing said of an answer."""
    parameters = {"lane": int2s(lane), "at": at, "part": LAST_PART}
    return _complaints(await every(connection, ComplaintRow, _SQL["to_watch"], parameters))


async def causes(
    connection: Connection, *, from_at: datetime, until_at: datetime, at: datetime
) -> tuple[CauseCount, ...]:
    """Complaints by month, cause and channel."""
    parameters = {"from_at": from_at, "until_at": until_at, "at": at}
    return await every(connection, CauseCount, _SQL["causes"], parameters)


async def add_event(connection: Connection, event: ComplaintEvent) -> None:
    """Append what was done."""
    await change(connection, _SQL["add_event"], fields_of(event))


async def events(connection: Connection, complaint: Complaint) -> tuple[ComplaintEvent, ...]:
    """Everything done about a complaint, oldest first."""
    return await every(connection, ComplaintEvent, _SQL["events"], _key(complaint))


async def add_evidence(connection: Connection, evidence: Evidence) -> bool:
    """Name something of the record; False if it was named before."""
    return await change(connection, _SQL["add_evidence"], fields_of(evidence)) == 1


async def evidence(connection: Connection, complaint: Complaint) -> tuple[Evidence, ...]:
    """What a complaint rests on."""
    return await every(connection, Evidence, _SQL["evidence"], _key(complaint))


async def record(connection: Connection, *, b: int, customer_id: UUID) -> tuple[RecordLine, ...]:
    """What of a customer's record may be evidence, newest first; of contacts the latest."""
    parameters = {"b": b, "customer_id": customer_id, "contact_count": _CONTACTS_OFFERED}
    return await every(connection, RecordLine, _SQL["record"], parameters)


def complaint_of(row: ComplaintRow) -> Complaint:
    """The complaint that a row keeps."""
    typed: dict[str, Any] = {
        "channel": ComplaintChannel(row.channel),
        "cause": ComplaintCause(row.cause),
        "state": ComplaintState(row.state),
        "level": ComplaintLevel(row.level),
        "outcome": ComplaintOutcome(row.outcome) if row.outcome else None,
        "redress": Redress(row.redress),
    }
    return Complaint(**(fields_of(row) | typed))


def _key(complaint: Complaint) -> dict[str, Any]:
    return {"b": complaint.b, "complaint_id": complaint.complaint_id}


def _fields(complaint: Complaint) -> dict[str, Any]:
    return fields_of(complaint) | {
        "channel": complaint.channel.value,
        "cause": complaint.cause.value,
        "state": complaint.state.value,
        "level": complaint.level.value,
        "outcome": complaint.outcome and complaint.outcome.value,
        "redress": complaint.redress.value,
    }


def _one(rows: tuple[ComplaintRow, ...]) -> Complaint | None:
    return next(iter(_complaints(rows)), None)


def _complaints(rows: Iterable[ComplaintRow]) -> tuple[Complaint, ...]:
    return tuple(complaint_of(row) for row in rows)
