"""What was held on a customer's limit for a checkout is free again."""

from fenqi.core.ledger.hold import HoldEnd
from fenqi.core.ledger.outcome import demand
from fenqi.services.port import Ports
from fenqi.stores import hold as holds
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection


async def release_hold(connection: Connection, ports: Ports, checkout: Checkout, *, how: HoldEnd) -> None:
    """Let the hold of a checkout go, if it has one."""
    if checkout.hold_id is None or checkout.customer_b is None:
        return
    result = await holds.release(
        connection, bucket=checkout.customer_b, hold_id=checkout.hold_id, how=how, ended_at=ports.business.now()
    )
    demand(result)
