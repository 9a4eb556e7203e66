"""Decisions as they were made, and what people said of the referred ones."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import UUID

from fenqi.stores.fetch import Connection, change, every, first
from fenqi.stores.query import queries

_SQL = queries("decision")


@dataclass(frozen=True)
class StoredDecision:
    """A decision: `content` is its canonical record, byte for byte."""

    b: int
    decision_id: UUID
    customer_id: UUID
    checkout_b: int
    checkout_id: UUID
    outcome: str
    points: int | None
    limit_minor: int
    strategy_version: str
    scorecard_version: str
    rulepack_on: date
    content: bytes
    decided_at: datetime


@dataclass(frozen=True)
class _Count:
    decision_count: int


@dataclass(frozen=True)
class Review:
    """A person asked for, or a person's answer."""

    b: int
    review_id: UUID
    decision_id: UUID
    verdict: str
    reason: str
    staff_id: UUID | None
    asked_by: str
    recorded_at: datetime


async def add(connection: Connection, decision: StoredDecision) -> None:
    """Append a decision."""
    await change(connection, _SQL["add"], asdict(decision))


async def find(connection: Connection, *, b: int, decision_id: UUID) -> StoredDecision | None:
    """One decision."""
    return await first(connection, StoredDecision, _SQL["find"], {"b": b, "decision_id": decision_id})


async def count_since(connection: Connection, *, b: int, customer_id: UUID, since: datetime) -> int:
    """How often a customer was decided on, from an instant on."""
    parameters = {"b": b, "customer_id": customer_id, "since": since}
    found = await first(connection, _Count, _SQL["count_since"], parameters)
    return found.decision_count if found else 0


async def page(
    connection: Connection, *, outcome: str | None, before_at: datetime, before_id: UUID, limit: int
) -> tuple[StoredDecision, ...]:
    """Decisions, newest first, before a given one."""
    parameters = {"outcome": outcome, "before_at": before_at, "before_id": before_id, "limit": limit}
    return await every(connection, StoredDecision, _SQL["page"], parameters)


async def add_review(connection: Connection, review: Review) -> None:
    """Append a request for a person, or a person's answer."""
    await change(connection, _SQL["add_review"], asdict(review))


async def reviews(connection: Connection, *, b: int, decision_id: UUID) -> tuple[Review, ...]:
    """Everything people said of a decision, oldest first."""
    return await every(connection, Review, _SQL["reviews"], {"b": b, "decision_id": decision_id})
