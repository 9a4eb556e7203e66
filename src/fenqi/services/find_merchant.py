"""A merchant by its id, for whoever names one from outside."""

from uuid import UUID

from fenqi.stores import merchant as merchants
from fenqi.stores.fetch import Connection
from fenqi.stores.merchant import Merchant, MerchantUnknown


async def find_merchant(connection: Connection, *, merchant_id: UUID) -> Merchant:
    """A merchant of this installation.

    Raises: MerchantUnknown.
    """
    found = await merchants.find(connection, merchant_id=merchant_id)
    if found is None:
        raise MerchantUnknown("no such merchant", allowed="a merchant of this installation")
    return found
