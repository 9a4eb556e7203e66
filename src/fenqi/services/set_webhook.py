"""A merchant says where its events go."""

from uuid import UUID

from fenqi.services.port import Ports
from fenqi.stores import merchant as merchants
from fenqi.stores.fetch import Connection

SECRET_BYTES = 32


async def set_webhook(connection: Connection, ports: Ports, *, merchant_id: UUID, url: str) -> str:
    """Keep the address and a new secret; the secret's hexadecimal text is returned this once."""
    secret = ports.chance(SECRET_BYTES).hex()
    await merchants.set_webhook(
        connection,
        merchant_id=merchant_id,
        webhook_url=url,
        webhook_secret_sealed=await ports.keys.seal(secret, row=merchant_id, field="webhook_secret"),
    )
    return secret
