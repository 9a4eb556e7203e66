"""What staff find things by when they do not know the bucket."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from fenqi.stores.fetch import Connection, every, first
from fenqi.stores.ledger import EVERY_BUCKET
from fenqi.stores.packed import int2s
from fenqi.stores.query import queries

_SQL = queries("staff_search")


@dataclass(frozen=True)
class _Checkout:
    checkout_id: UUID


@dataclass(frozen=True)
class _Customer:
    customer_id: UUID


@dataclass(frozen=True)
class _Bucket:
    b: int


async def checkouts_by_order(connection: Connection, *, lane: Sequence[int], keys: Sequence[bytes]) -> tuple[UUID, ...]:
    """The checkouts that hold these order keys; `lane` are the buckets of the keys."""
    parameters = {"lane": int2s(lane), "keys": list(keys)}
    found = await every(connection, _Checkout, _SQL["checkouts_by_order"], parameters)
    return tuple(each.checkout_id for each in found)


async def customers_by_mask(connection: Connection, *, mobile_masked: str, limit: int) -> tuple[UUID, ...]:
    """The customers whose masked mobile number reads like this."""
    parameters = {"mobile_masked": mobile_masked, "limit": limit}
    found = await every(connection, _Customer, _SQL["customers_by_mask"], parameters)
    return tuple(each.customer_id for each in found)


async def bucket_of_transaction(connection: Connection, *, transaction_id: UUID) -> int | None:
    """The bucket in which a transaction was posted, if it was."""
    parameters = {"lane": int2s(EVERY_BUCKET), "transaction_id": transaction_id}
    found = await first(connection, _Bucket, _SQL["bucket_of_transaction"], parameters)
    return found and found.b
