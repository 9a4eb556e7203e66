"""Whether the credit record may be asked for, and for whom."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from fenqi.core.customer.consent import Purpose, require_consents
from fenqi.core.ledger.account import bucket_of
from fenqi.core.merchant.purchase import PurchaseState, require_customer, require_step
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.open_session import read_token, session_over
from fenqi.services.port import Ports
from fenqi.services.purchase import purchase_of, require_found
from fenqi.stores import checkout as checkouts
from fenqi.stores import customer as customers
from fenqi.stores.checkout import Checkout
from fenqi.stores.customer import Applicant
from fenqi.stores.fetch import Connection, together

APPLICABLE = frozenset({PurchaseState.IDENTIFIED})
"""A customer applies once; what was referred is answered by a person."""


@dataclass(frozen=True)
class Applying:
    """A customer with a session, and the checkout they name, if there is one."""

    applicant: Applicant
    found: tuple[Checkout, ...]


@dataclass(frozen=True)
class Subject:
    """Whom the bureau is asked about, and the order as it was placed."""

    customer_id: UUID
    name: str
    id_number: str
    checkout: Checkout
    network_agreed: bool = False
    """Whether a consent to look at whom they are tied to was ever given."""


class IdentityMissing(Refusal):
    """The customer has not said who they are."""

    code: ClassVar[str] = "identity_missing"
    kind: ClassVar[Kind] = Kind.CONFLICT


async def find_applying(connection: Connection, ports: Ports, *, checkout_id: UUID, token: str) -> Applying:
    """Who asks with a session token for a checkout to be decided; nothing is held.

    Raises: SessionUnknown.
    """
    key = read_token(token)
    applicants, found = await together(
        connection,
        customers.to_find_applicant(b=key.b, session_id=key.session_id, at=ports.business.now()),
        checkouts.to_find(b=bucket_of(checkout_id), checkout_id=checkout_id),
    )
    if not applicants or not key.opens(applicants[0].token_hash, until=applicants[0].expires_at, at=ports.wall.now()):
        raise session_over()
    return Applying(applicants[0], found)


async def prepare_enquiry(ports: Ports, applying: Applying) -> Subject:
    """Refuse the enquiry unless the customer is identified and has agreed to everything it needs.

    Raises: CheckoutUnknown, CheckoutNotYours, CheckoutExpired, CheckoutStepOutOfOrder, IdentityMissing, ConsentMissing.
    """
    applicant, checkout = applying.applicant, require_found(applying.found)
    purchase = purchase_of(checkout)
    require_customer(purchase, customer_id=applicant.customer_id)
    require_step(purchase, APPLICABLE, at=ports.business.now())
    held = frozenset(
        (purpose, recipient) for purpose, _, recipient in (consent.partition(":") for consent in applicant.consents)
    )
    require_consents(held, ports.authority.required_consents(on=ports.business.today()))
    return await _subject(ports, applicant, checkout=checkout)


async def _subject(ports: Ports, applicant: Applicant, *, checkout: Checkout) -> Subject:
    name, id_number, row = applicant.name_sealed, applicant.id_number_sealed, applicant.customer_id
    if name is None or id_number is None:
        raise IdentityMissing("the customer is not identified", allowed="name and identity number first")
    return Subject(
        customer_id=row,
        name=await ports.keys.unseal(name, row=row, field="name"),
        id_number=await ports.keys.unseal(id_number, row=row, field="id_number"),
        checkout=checkout,
        network_agreed=f"{Purpose.NETWORK}:" in applicant.consents,
    )
