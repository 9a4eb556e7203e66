"""A stored checkout and the purchase that the core knows are the same thing: from one to the other and back."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from fenqi.core.ledger.account import bucket_of
from fenqi.core.merchant.purchase import CheckoutUnknown, Purchase, PurchaseState, require_customer, require_merchant
from fenqi.stores import checkout as checkouts
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection, ask


def purchase_of(checkout: Checkout) -> Purchase:
    """What the core knows of a stored checkout."""
    return Purchase(
        checkout_id=checkout.checkout_id,
        merchant_id=checkout.merchant_id,
        amount_minor=checkout.amount_minor,
        currency=checkout.currency,
        expires_at=checkout.expires_at,
        state=PurchaseState(checkout.state),
        customer_id=checkout.customer_id,
        authorised_minor=checkout.authorised_minor,
        captured_minor=checkout.captured_minor,
        refunded_minor=checkout.refunded_minor,
    )


def advanced(checkout: Checkout, purchase: Purchase) -> Checkout:
    """The stored checkout as a later step of its purchase leaves it."""
    return replace(
        checkout,
        state=purchase.state.value,
        customer_id=purchase.customer_id,
        customer_b=None if purchase.customer_id is None else bucket_of(purchase.customer_id),
        authorised_minor=purchase.authorised_minor,
        captured_minor=purchase.captured_minor,
        refunded_minor=purchase.refunded_minor,
        expires_at=purchase.expires_at,
    )


async def lock_for_customer(connection: Connection, *, checkout_id: UUID, customer_id: UUID) -> Checkout:
    """A checkout that this customer has taken up or may take up, held until the transaction ends.

    Raises: CheckoutUnknown, CheckoutNotYours.
    """
    checkout = await _locked(connection, checkout_id=checkout_id)
    require_customer(purchase_of(checkout), customer_id=customer_id)
    return checkout


async def lock_for_merchant(connection: Connection, *, checkout_id: UUID, merchant_id: UUID) -> Checkout:
    """A merchant's own checkout, held until the transaction ends.

    Raises: CheckoutUnknown, also for another merchant's.
    """
    checkout = await _locked(connection, checkout_id=checkout_id)
    require_merchant(purchase_of(checkout), merchant_id=merchant_id)
    return checkout


async def find_for_merchant(connection: Connection, *, checkout_id: UUID, merchant_id: UUID) -> Checkout:
    """A merchant's own checkout, to look at.

    Raises: CheckoutUnknown, also for another merchant's.
    """
    checkout = await _found(connection, checkout_id=checkout_id)
    require_merchant(purchase_of(checkout), merchant_id=merchant_id)
    return checkout


async def find_for_customer(connection: Connection, *, checkout_id: UUID, customer_id: UUID) -> Checkout:
    """A checkout that this customer has taken up or may take up, to look at.

    Raises: CheckoutUnknown, CheckoutNotYours.
    """
    checkout = await _found(connection, checkout_id=checkout_id)
    require_customer(purchase_of(checkout), customer_id=customer_id)
    return checkout


def require_found(found: Sequence[Checkout]) -> Checkout:
    """The checkout that was looked for.

    Raises: CheckoutUnknown.
    """
    if not found:
        raise CheckoutUnknown("no such checkout", allowed="a checkout of your own")
    return found[0]


async def _found(connection: Connection, *, checkout_id: UUID) -> Checkout:
    return require_found(await ask(connection, checkouts.to_find(b=bucket_of(checkout_id), checkout_id=checkout_id)))


async def _locked(connection: Connection, *, checkout_id: UUID) -> Checkout:
    return require_found(await ask(connection, checkouts.to_lock(b=bucket_of(checkout_id), checkout_id=checkout_id)))
