"""What merchants are owed, line by line, and what they have been paid."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fenqi.stores.fetch import Connection, change, every, fields_of, first
from fenqi.stores.query import queries

_SQL = queries("settlement")


@dataclass(frozen=True)
class MerchantItem:
    """One line of what a merchant is owed (positive) or owes (negative)."""

    b: int
    item_id: UUID
    merchant_id: UUID
    checkout_id: UUID
    order_number: str
    kind: str
    amount_minor: int
    currency: str
    effective_on: date
    settlement_id: UUID | None


@dataclass(frozen=True)
class Settlement:
    """One settlement: items and what was carried in are paid out, or carried on while negative."""

    b: int
    settlement_id: UUID
    merchant_id: UUID
    until_on: date
    currency: str
    items_minor: int
    carried_in_minor: int
    paid_minor: int
    carried_out_minor: int
    item_count: int
    payout_order_id: UUID | None
    created_at: datetime


async def add_item(connection: Connection, item: MerchantItem) -> None:
    """Append a line."""
    await change(connection, _SQL["add_item"], fields_of(item))


async def open_items(connection: Connection, *, merchant_id: UUID, until_on: date) -> tuple[MerchantItem, ...]:
    """The lines up to a day that no settlement holds yet."""
    parameters = {"merchant_id": merchant_id, "until_on": until_on}
    return await every(connection, MerchantItem, _SQL["open_items"], parameters)


async def settle_items(connection: Connection, items: Sequence[MerchantItem], *, settlement_id: UUID) -> int:
    """Put lines into a settlement; how many were still free."""
    parameters = {
        "settlement_id": settlement_id,
        "bs": sorted({item.b for item in items}),
        "item_ids": [item.item_id for item in items],
    }
    return await change(connection, _SQL["settle_items"], parameters)


async def add(connection: Connection, settlement: Settlement) -> None:
    """Append a settlement; lives in the merchant's own bucket."""
    await change(connection, _SQL["add"], fields_of(settlement))


async def find(connection: Connection, *, b: int, settlement_id: UUID) -> Settlement | None:
    """One settlement."""
    return await first(connection, Settlement, _SQL["find"], {"b": b, "settlement_id": settlement_id})


async def latest(connection: Connection, *, b: int, merchant_id: UUID) -> Settlement | None:
    """A merchant's last settlement."""
    return await first(connection, Settlement, _SQL["latest"], {"b": b, "merchant_id": merchant_id})


async def of_merchant(
    connection: Connection, *, b: int, merchant_id: UUID, before_on: date, limit: int
) -> tuple[Settlement, ...]:
    """A merchant's settlements, newest first, before a day."""
    parameters = {"b": b, "merchant_id": merchant_id, "before_on": before_on, "limit": limit}
    return await every(connection, Settlement, _SQL["of_merchant"], parameters)


async def items_of(connection: Connection, *, settlement_id: UUID, merchant_id: UUID) -> tuple[MerchantItem, ...]:
    """The lines of a merchant's settlement."""
    parameters = {"settlement_id": settlement_id, "merchant_id": merchant_id}
    return await every(connection, MerchantItem, _SQL["items_of"], parameters)
