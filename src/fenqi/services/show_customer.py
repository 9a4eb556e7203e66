"""What a customer sees of themselves: masked, with the limit and what is used of it."""

from typing import Any
from uuid import UUID

from fenqi.core.customer.profile import mask_name
from fenqi.services.credit_line import read_line
from fenqi.services.identify_customer import known_customer
from fenqi.services.offer import CURRENCY
from fenqi.services.port import Ports
from fenqi.stores.fetch import Connection


async def customer_shown(connection: Connection, ports: Ports, *, customer_id: UUID) -> dict[str, Any]:
    """Who is here, as a screen over a shoulder may know it, and their credit line."""
    customer = await known_customer(connection, customer_id=customer_id)
    line = await read_line(connection, customer_id=customer_id, currency=CURRENCY)
    name = None
    if customer.name_sealed is not None:
        name = mask_name(await ports.keys.unseal(customer.name_sealed, row=customer_id, field="name"))
    return {
        "mobile_masked": customer.mobile_masked,
        "name_masked": name,
        "identified": customer.assured_at is not None,
        "currency": CURRENCY,
        "limit_minor": line.granted_minor,
        "used_minor": line.exposure_minor,
        "available_minor": max(line.available_minor, 0),
    }
