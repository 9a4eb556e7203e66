"""Decisions as they were made, and what people said of the referred ones."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fenqi.core.dates.business_day import late_before
from fenqi.stores.fetch import Connection, Nothing, Statement, change, every, fields_of, first, run
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
class Standing:
    """How a customer stands with us: loans that are late, whether one is suspected fraud, the next due of each."""

    other_orders_count: int
    late_count: int
    is_suspected: bool
    next_due_minor: list[int]
    line: dict[str, Any] | None
    """Their credit line as it stands, column by column."""


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


@dataclass(frozen=True)
class _Asked:
    is_asked: bool


async def add(connection: Connection, decision: StoredDecision) -> None:
    """Append a decision."""
    await run(connection, to_add(decision))


def to_add(decision: StoredDecision) -> Statement[Nothing]:
    """Appends a decision."""
    return Statement(Nothing, _SQL["add"], fields_of(decision))


async def find(connection: Connection, *, b: int, decision_id: UUID) -> StoredDecision | None:
    """One decision."""
    return await first(connection, StoredDecision, _SQL["find"], {"b": b, "decision_id": decision_id})


def to_read_standing(
    *, b: int, customer_id: UUID, checkout_id: UUID, today: date, since: datetime
) -> Statement[Standing]:
    """Reads what a customer has with us, and how many other orders of theirs were decided on from an instant on."""
    parameters = {
        "b": b,
        "customer_id": customer_id,
        "checkout_id": checkout_id,
        "since": since,
        "today": today,
        "late_before": late_before(today),
    }
    return Statement(Standing, _SQL["standing"], parameters)


async def add_review(connection: Connection, review: Review) -> None:
    """Append a request for a person, or a person's answer."""
    await change(connection, _SQL["add_review"], fields_of(review))


async def is_person_asked(connection: Connection, decision: StoredDecision) -> bool:
    """Whether the applicant asked for a person about this decision, or about another of the same application."""
    parameters = {"b": decision.b, "customer_id": decision.customer_id, "checkout_id": decision.checkout_id}
    found = await first(connection, _Asked, _SQL["asked"], parameters)
    return found is not None and found.is_asked


async def reviews(connection: Connection, *, b: int, decision_id: UUID) -> tuple[Review, ...]:
    """Everything people said of a decision, oldest first."""
    return await every(connection, Review, _SQL["reviews"], {"b": b, "decision_id": decision_id})
