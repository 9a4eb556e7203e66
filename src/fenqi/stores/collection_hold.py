"""What of a customer is held from collection: begun, and ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fenqi.stores.fetch import Connection, change, every, fields_of
from fenqi.stores.packed import int2s, uuids
from fenqi.stores.query import queries

_SQL = queries("collection_hold")


@dataclass(frozen=True)
class StoredHold:
    """A hold as it began; without a loan it covers everything that the customer owes."""

    b: int
    hold_id: UUID
    customer_id: UUID
    loan_id: UUID | None
    kind: str
    about: UUID
    begun_by: str
    begun_at: datetime


async def add(connection: Connection, hold: StoredHold) -> bool:
    """Append a hold; False if it is there."""
    return await change(connection, _SQL["add"], fields_of(hold)) == 1


async def end(connection: Connection, hold: StoredHold, *, why: str, ended_by: str, ended_at: datetime) -> bool:
    """End a hold; False if it had ended."""
    parameters = {"b": hold.b, "hold_id": hold.hold_id, "why": why, "ended_by": ended_by, "ended_at": ended_at}
    return await change(connection, _SQL["end"], parameters) == 1


async def lasting(
    connection: Connection, *, lane: Sequence[int], customer_ids: Sequence[UUID]
) -> tuple[StoredHold, ...]:
    """The holds of customers that have not ended, oldest first."""
    parameters = {"lane": int2s(lane), "customer_ids": uuids(customer_ids)}
    return await every(connection, StoredHold, _SQL["lasting"], parameters)
