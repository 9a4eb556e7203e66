"""Frozen orders, and what people answered to them."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fenqi.stores import checkout as checkouts
from fenqi.stores.fetch import Connection, Nothing, Statement, change, every, fields_of, first, together
from fenqi.stores.query import queries

_SQL = queries("freeze")


@dataclass(frozen=True, kw_only=True)
class Freeze:
    """An order that was frozen, in the customer's bucket: why, around which key, and where it would go on."""

    b: int
    freeze_id: UUID
    customer_id: UUID
    decision_id: UUID
    checkout_b: int
    checkout_id: UUID
    amount_minor: int
    goes_on_as: str
    pivot_key: str | None
    pivot_value: str | None
    people_needed: int
    frozen_by: str
    why: str
    frozen_at: datetime


@dataclass(frozen=True, kw_only=True)
class FreezeAnswer:
    """What one person answered."""

    b: int
    freeze_id: UUID
    login: str
    verdict: str
    reason: str
    answered_at: datetime


@dataclass(frozen=True)
class _RingDecision:
    b: int
    decision_id: UUID
    customer_id: UUID
    checkout_b: int
    checkout_id: UUID
    outcome: str
    decided_at: datetime


@dataclass(frozen=True, kw_only=True)
class RingOrder:
    """An order of somebody in a ring: how it was decided, and how it stands."""

    decision_id: UUID
    customer_id: UUID
    outcome: str
    decided_at: datetime
    status: str
    amount_minor: int


def to_add(freeze: Freeze) -> Statement[Nothing]:
    """Appends a freeze."""
    return Statement(Nothing, _SQL["add"], fields_of(freeze))


async def of_decision(connection: Connection, *, b: int, decision_id: UUID) -> Freeze | None:
    """The latest freeze of a decision's order."""
    return await first(connection, Freeze, _SQL["of_decision"], {"b": b, "decision_id": decision_id})


async def of_customer(connection: Connection, *, b: int, customer_id: UUID, limit: int) -> tuple[Freeze, ...]:
    """A customer's freezes, newest first."""
    parameters = {"b": b, "customer_id": customer_id, "limit": limit}
    return await every(connection, Freeze, _SQL["of_customer"], parameters)


async def add_answer(connection: Connection, answer: FreezeAnswer) -> bool:
    """Append an answer; False if this person has answered already."""
    return await change(connection, _SQL["add_answer"], fields_of(answer)) == 1


async def answers(connection: Connection, freeze: Freeze) -> tuple[FreezeAnswer, ...]:
    """What people answered, oldest first."""
    parameters = {"b": freeze.b, "freeze_id": freeze.freeze_id}
    return await every(connection, FreezeAnswer, _SQL["answers"], parameters)


async def orders_of(
    connection: Connection, *, lane: list[int], customers: list[UUID], since: datetime, limit: int
) -> tuple[RingOrder, ...]:
    """What these customers ordered from an instant on, newest first, each with how its checkout stands."""
    parameters = {"lane": lane, "customers": customers, "since": since, "limit": limit}
    rows = await every(connection, _RingDecision, _SQL["orders_of"], parameters)
    if not rows:
        return ()
    found = await together(
        connection, *(checkouts.to_find(b=row.checkout_b, checkout_id=row.checkout_id) for row in rows)
    )
    return tuple(
        RingOrder(
            decision_id=row.decision_id,
            customer_id=row.customer_id,
            outcome=row.outcome,
            decided_at=row.decided_at,
            status=checkout.state,
            amount_minor=checkout.amount_minor,
        )
        for row, (checkout,) in zip(rows, found, strict=True)
    )
