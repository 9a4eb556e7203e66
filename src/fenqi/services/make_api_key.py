"""A merchant gets another API key."""

from uuid import UUID

from fenqi.core.merchant.api_key import RANDOM_BYTES, api_key_of, hash_of_api_key, hint_of_api_key
from fenqi.services.find_merchant import find_merchant
from fenqi.services.note import note
from fenqi.services.port import Ports
from fenqi.stores import merchant as merchants
from fenqi.stores.fetch import Connection
from fenqi.stores.staff import Staff


async def make_api_key(connection: Connection, ports: Ports, *, merchant_id: UUID, staff: Staff) -> str:
    """Make a key and keep its hash; the key itself is returned this once.

    Raises: MerchantUnknown.
    """
    merchant = await find_merchant(connection, merchant_id=merchant_id)
    key = api_key_of(ports.chance(RANDOM_BYTES))
    await merchants.add_key(
        connection,
        api_key_id=ports.new_id(),
        merchant_id=merchant.merchant_id,
        key_hash=hash_of_api_key(key),
        hint=hint_of_api_key(key),
        created_at=ports.wall.now(),
    )
    await note(
        connection,
        ports,
        actor_kind="staff",
        actor=staff.login,
        action="made_api_key",
        subject=str(merchant_id),
    )
    return key
