"""Whether the credit record may be asked for, and for whom."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fenqi.core.customer.consent import require_consents
from fenqi.core.merchant.purchase import PurchaseState, require_step
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.give_consent import given_consents
from fenqi.services.identify_customer import known_customer
from fenqi.services.port import Ports
from fenqi.services.purchase import lock_for_customer, purchase_of
from fenqi.stores.fetch import Connection

APPLICABLE = frozenset({PurchaseState.IDENTIFIED})
"""A customer applies once; what was referred is answered by a person."""


@dataclass(frozen=True)
class Subject:
    """Whom the bureau is asked about."""

    name: str
    id_number: str


class IdentityMissing(Refusal):
    """The customer has not said who they are."""

    code: ClassVar[str] = "identity_missing"
    kind: ClassVar[Kind] = Kind.CONFLICT


async def prepare_enquiry(connection: Connection, ports: Ports, *, checkout_id: UUID, customer_id: UUID) -> Subject:
    """Refuse the enquiry unless the customer is identified and has agreed to everything it needs.

    Raises: CheckoutNotYours, CheckoutExpired, CheckoutStepOutOfOrder, IdentityMissing, ConsentMissing.
    """
    at = ports.business.now()
    checkout = await lock_for_customer(connection, checkout_id=checkout_id, customer_id=customer_id)
    require_step(purchase_of(checkout), APPLICABLE, at=at)
    given = await given_consents(connection, customer_id=customer_id)
    require_consents(given, ports.authority.required_consents(on=ports.business.today()), at=at)
    customer = await known_customer(connection, customer_id=customer_id)
    if customer.name_sealed is None or customer.id_number_sealed is None:
        raise IdentityMissing("the customer is not identified", allowed="name and identity number first")
    return Subject(
        name=await ports.keys.unseal(customer.name_sealed, row=customer_id, field="name"),
        id_number=await ports.keys.unseal(customer.id_number_sealed, row=customer_id, field="id_number"),
    )
