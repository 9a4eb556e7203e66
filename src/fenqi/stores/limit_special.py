"""Temporary and dedicated limits: proposed, answered, over."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fenqi.stores.fetch import Connection, change, every, fields_of, first
from fenqi.stores.listing import Listing, sorts
from fenqi.stores.packed import int2s
from fenqi.stores.query import queries

_SQL = queries("limit_special")


@dataclass(frozen=True, kw_only=True)
class SpecialLine:
    """A special limit as it was proposed, and what became of it; in force from `from_on`, before `until_on`."""

    special_id: UUID
    customer_id: UUID
    kind: str
    merchant_id: UUID | None
    goods_category: str | None
    amount_minor: int
    currency: str
    until_on: date
    reason: str
    state: str
    proposed_by: str
    proposed_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    decided_why: str | None = None
    from_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class StoredSpecial(SpecialLine):
    """The same, in its bucket."""

    b: int


@dataclass(frozen=True)
class UsedAt:
    """What a customer owes of one category of goods at a merchant."""

    merchant_id: UUID
    goods_category: str
    used_minor: int


@dataclass(frozen=True)
class HeldAt:
    """What a signed order that is not delivered holds of the line, and its category of goods."""

    checkout_b: int
    checkout_id: UUID
    goods_category: str
    held_minor: int


SPECIALS = Listing(
    row=SpecialLine,
    query=_SQL["specials"],
    key="special_id",
    sorts=sorts("proposed_at"),
    usual="-proposed_at",
)


async def add(connection: Connection, special: StoredSpecial) -> None:
    """Keep a proposal."""
    await change(connection, _SQL["add"], fields_of(special))


async def lock(connection: Connection, *, b: int, special_id: UUID) -> StoredSpecial | None:
    """One special limit, held until the transaction ends."""
    return await first(connection, StoredSpecial, _SQL["lock"], {"b": b, "special_id": special_id})


async def decide(connection: Connection, special: StoredSpecial) -> None:
    """Keep the answer."""
    await change(connection, _SQL["decide"], fields_of(special))


async def over(connection: Connection, *, b: int, special_id: UUID) -> None:
    """Keep that it has ended."""
    await change(connection, _SQL["over"], {"b": b, "special_id": special_id})


async def of_customer(connection: Connection, *, b: int, customer_id: UUID) -> tuple[StoredSpecial, ...]:
    """Every special limit of a customer, newest first."""
    return await every(connection, StoredSpecial, _SQL["of_customer"], {"b": b, "customer_id": customer_id})


async def ended(connection: Connection, *, lane: Sequence[int], on: date) -> tuple[StoredSpecial, ...]:
    """What of a lane has ended by a day and is still in force, held until the transaction ends."""
    return await every(connection, StoredSpecial, _SQL["ended"], {"lane": int2s(lane), "on": on})


async def used_at(connection: Connection, *, b: int, customer_id: UUID) -> tuple[UsedAt, ...]:
    """What a customer owes, by merchant and category of goods."""
    return await every(connection, UsedAt, _SQL["used_at"], {"b": b, "customer_id": customer_id})


async def held_at(connection: Connection, *, b: int, line_id: UUID) -> tuple[HeldAt, ...]:
    """What is held on a customer's line, by order; `line_id` is the line's account."""
    return await every(connection, HeldAt, _SQL["held_at"], {"b": b, "line_id": line_id})
