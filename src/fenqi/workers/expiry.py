"""The loop that ends checkouts nobody has finished, so that what they hold is free again."""

from collections.abc import Sequence

from fenqi.core.merchant.purchase import OVER, PurchaseState
from fenqi.services.expire_checkout import expire_checkout
from fenqi.stores import checkout as checkouts
from fenqi.wiring import Installation

BATCH = 100
_OPEN = [state.value for state in PurchaseState if state not in OVER]


async def expire_due(installation: Installation, *, lane: Sequence[int]) -> int:
    """End the checkouts of a lane whose time is over, each in a transaction of its own; how many there were."""
    async with installation.transaction() as connection:
        due = await checkouts.expired(
            connection,
            lane=list(lane),
            open_states=_OPEN,
            at=installation.ports.business.now(),
            limit=BATCH,
        )
    for checkout in due:
        async with installation.transaction() as connection:
            await expire_checkout(connection, installation.ports, checkout_id=checkout.checkout_id)
    return len(due)
