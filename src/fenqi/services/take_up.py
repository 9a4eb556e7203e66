"""A customer who is known already takes a checkout up without saying again who they are."""

from uuid import UUID

from fenqi.core.merchant.checkout import identify
from fenqi.services.identify_customer import known_customer
from fenqi.services.port import Ports
from fenqi.services.prepare_enquiry import IdentityMissing
from fenqi.services.purchase import advanced, lock_for_customer, purchase_of
from fenqi.stores import checkout as checkouts
from fenqi.stores.fetch import Connection


async def take_up(connection: Connection, ports: Ports, *, checkout_id: UUID, customer_id: UUID) -> None:
    """Take a checkout up on the strength of an earlier match with the registry.

    Raises: CheckoutNotYours, CheckoutExpired, IdentityMissing.
    """
    customer = await known_customer(connection, customer_id=customer_id)
    if customer.assured_at is None:
        raise IdentityMissing("the customer is not identified", allowed="name and identity number first")
    checkout = await lock_for_customer(connection, checkout_id=checkout_id, customer_id=customer_id)
    identified = identify(purchase_of(checkout), customer_id=customer_id, at=ports.business.now())
    await checkouts.save(connection, advanced(checkout, identified))
