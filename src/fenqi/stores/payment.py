"""Payment orders and every word the channel has said of them."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from fenqi.stores.fetch import Connection, change, every, first
from fenqi.stores.query import queries

_SQL = queries("payment")


@dataclass(frozen=True)
class StoredOrder:
    """One movement of money asked of the channel."""

    b: int
    order_id: UUID
    kind: str
    purpose: str
    customer_id: UUID | None
    loan_id: UUID | None
    merchant_id: UUID | None
    settlement_id: UUID | None
    amount_minor: int
    currency: str
    account_token: str
    state: str
    channel_reference: str | None
    channel: str
    is_stand_in: bool
    requested_at: datetime
    requested_on: date
    concluded_at: datetime | None
    settled_on: date | None = None
    transfer_id: UUID | None = None


@dataclass(frozen=True)
class Word:
    """What the channel said, and by which way it came."""

    b: int
    word_id: UUID
    order_id: UUID
    how: str
    notice_id: str | None
    outcome: str
    content: dict[str, Any]
    received_at: datetime


async def add(connection: Connection, order: StoredOrder) -> bool:
    """Write an order before the channel is called; False if it is known already."""
    return await change(connection, _SQL["add"], asdict(order)) == 1


async def find(connection: Connection, *, b: int, order_id: UUID) -> StoredOrder | None:
    """One order."""
    return await first(connection, StoredOrder, _SQL["find"], {"b": b, "order_id": order_id})


async def lock(connection: Connection, *, b: int, order_id: UUID) -> StoredOrder | None:
    """One order, held until the transaction ends."""
    return await first(connection, StoredOrder, _SQL["lock"], {"b": b, "order_id": order_id})


async def conclude(
    connection: Connection,
    *,
    b: int,
    order_id: UUID,
    state: str,
    channel_reference: str | None,
    concluded_at: datetime | None,
    settled_on: date | None,
) -> None:
    """What has become of an order."""
    parameters = {
        "b": b,
        "order_id": order_id,
        "state": state,
        "channel_reference": channel_reference,
        "concluded_at": concluded_at,
        "settled_on": settled_on,
    }
    await change(connection, _SQL["conclude"], parameters)


async def unresolved(
    connection: Connection, *, lane: list[int], asked_before: datetime, limit: int
) -> tuple[StoredOrder, ...]:
    """Orders of a lane whose outcome nobody knows, newest first: what is stuck for long keeps nothing waiting."""
    parameters = {"lane": lane, "asked_before": asked_before, "limit": limit}
    return await every(connection, StoredOrder, _SQL["unresolved"], parameters)


async def of_loan(connection: Connection, *, b: int, loan_id: UUID) -> tuple[StoredOrder, ...]:
    """Every order for a loan, oldest first."""
    return await every(connection, StoredOrder, _SQL["of_loan"], {"b": b, "loan_id": loan_id})


async def of_settlement(connection: Connection, *, b: int, settlement_id: UUID) -> tuple[StoredOrder, ...]:
    """Every payout of a settlement, oldest first."""
    return await every(connection, StoredOrder, _SQL["of_settlement"], {"b": b, "settlement_id": settlement_id})


async def of_day(connection: Connection, *, day: date) -> tuple[StoredOrder, ...]:
    """The orders asked for on a day, or that belong in its settlement file."""
    return await every(connection, StoredOrder, _SQL["of_day"], {"day": day})


async def add_word(connection: Connection, word: Word) -> bool:
    """Append what the channel said; False if this notice was received before."""
    return await change(connection, _SQL["add_word"], asdict(word) | {"content": Jsonb(word.content)}) == 1


async def words(connection: Connection, *, b: int, order_id: UUID) -> tuple[Word, ...]:
    """Everything the channel has said of an order, oldest first."""
    return await every(connection, Word, _SQL["words"], {"b": b, "order_id": order_id})


async def words_of(connection: Connection, *, bs: Sequence[int], order_ids: Sequence[UUID]) -> tuple[Word, ...]:
    """Everything the channel has said of some orders, oldest first."""
    return await every(connection, Word, _SQL["words_of"], {"bs": list(bs), "order_ids": list(order_ids)})
