"""A checkout that nobody finished in time comes to its end."""

from uuid import UUID

from fenqi.core.decision.case import Disposition
from fenqi.core.ledger.account import bucket_of
from fenqi.core.ledger.hold import HoldEnd
from fenqi.core.merchant.checkout import expire
from fenqi.core.merchant.purchase import OVER, PurchaseState
from fenqi.core.merchant.webhook import Topic
from fenqi.services.open_case import SYSTEM, close_case
from fenqi.services.port import Ports
from fenqi.services.purchase import advanced, purchase_of
from fenqi.services.release_hold import release_hold
from fenqi.services.tell_merchant import tell_merchant
from fenqi.stores import checkout as checkouts
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection


async def expire_checkout(connection: Connection, ports: Ports, *, checkout_id: UUID) -> bool:
    """End a checkout whose time is over; False if somebody finished it meanwhile."""
    checkout = await checkouts.lock(connection, b=bucket_of(checkout_id), checkout_id=checkout_id)
    at = ports.business.now()
    if checkout is None or checkout.state in OVER or at < checkout.expires_at:
        return False
    following = advanced(checkout, expire(purchase_of(checkout), at=at))
    await checkouts.save(connection, following)
    await release_hold(connection, ports, checkout, how=HoldEnd.EXPIRED)
    if checkout.state in {PurchaseState.REFERRED, PurchaseState.FROZEN}:
        await _end_case(connection, ports, checkout)
    await tell_merchant(connection, ports, following, topic=Topic.CHECKOUT_EXPIRED)
    return True


async def _end_case(connection: Connection, ports: Ports, checkout: Checkout) -> None:
    """Nobody answered in time."""
    if checkout.decision_id is None or checkout.customer_b is None:
        raise LookupError(f"checkout {checkout.checkout_id} was referred without a decision")
    await close_case(
        connection,
        ports,
        decision_id=checkout.decision_id,
        b=checkout.customer_b,
        by=SYSTEM,
        found=Disposition.TIMED_OUT,
    )
