"""A merchant gives a purchase up before its capture."""

from uuid import UUID

from fenqi.core.ledger.hold import HoldEnd
from fenqi.core.merchant.capture import void
from fenqi.core.merchant.webhook import Topic
from fenqi.services.port import Ports
from fenqi.services.purchase import advanced, lock_for_merchant, purchase_of
from fenqi.services.release_hold import release_hold
from fenqi.services.tell_merchant import tell_merchant
from fenqi.stores import checkout as checkouts
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection


async def void_purchase(connection: Connection, ports: Ports, *, checkout_id: UUID, merchant_id: UUID) -> Checkout:
    """Void a checkout and free what it holds.

    Raises: CheckoutUnknown, AlreadyCaptured, CheckoutVoided, CheckoutExpired, AuthorisationExpired.
    """
    checkout = await lock_for_merchant(connection, checkout_id=checkout_id, merchant_id=merchant_id)
    following = advanced(checkout, void(purchase_of(checkout), at=ports.business.now()))
    await checkouts.save(connection, following)
    await release_hold(connection, ports, checkout, how=HoldEnd.VOIDED)
    await tell_merchant(connection, ports, following, topic=Topic.CHECKOUT_VOIDED)
    return following
