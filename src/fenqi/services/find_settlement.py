"""A merchant's own settlement, line by line."""

from typing import ClassVar
from uuid import UUID

from fenqi.core.ledger.account import bucket_of
from fenqi.core.refusal import Kind, Refusal
from fenqi.stores import settlement as settlements
from fenqi.stores.fetch import Connection
from fenqi.stores.settlement import MerchantItem, Settlement


class SettlementUnknown(Refusal):
    """No such settlement, or not this merchant's: the two are not told apart."""

    code: ClassVar[str] = "settlement_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


async def find_settlement(connection: Connection, *, settlement_id: UUID, merchant_id: UUID) -> Settlement:
    """A merchant's settlement.

    Raises: SettlementUnknown.
    """
    found = await settlements.find(connection, b=bucket_of(merchant_id), settlement_id=settlement_id)
    if found is None or found.merchant_id != merchant_id:
        raise SettlementUnknown("no such settlement", allowed="a settlement of your own")
    return found


async def settlement_items(
    connection: Connection, *, settlement_id: UUID, merchant_id: UUID
) -> tuple[MerchantItem, ...]:
    """The lines that a settlement netted.

    Raises: SettlementUnknown.
    """
    await find_settlement(connection, settlement_id=settlement_id, merchant_id=merchant_id)
    return await settlements.items_of(connection, settlement_id=settlement_id, merchant_id=merchant_id)
