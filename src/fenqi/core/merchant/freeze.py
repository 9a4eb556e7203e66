"""A purchase that is held: until its customer has shown who they are, or until people have let it go on."""

from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from fenqi.core.merchant.purchase import (
    OVER,
    CheckoutStepOutOfOrder,
    Purchase,
    PurchaseState,
    expired,
    require_open,
    require_step,
)
from fenqi.core.refusal import Kind, Refusal

_DECIDED = frozenset({PurchaseState.APPROVED, PurchaseState.REFERRED, PurchaseState.DECLINED})
_RESUMABLE = _DECIDED | {PurchaseState.PLANNED, PurchaseState.DISCLOSED, PurchaseState.AUTHORISED}


class CheckoutNotFrozen(Refusal):
    """Nobody has frozen the purchase, or people have answered already."""

    code: ClassVar[str] = "checkout_not_frozen"
    kind: ClassVar[Kind] = Kind.CONFLICT


def challenge(purchase: Purchase, *, at: datetime) -> Purchase:
    """The decision waits until the customer has shown once more who they are.

    Raises: CheckoutExpired, CheckoutStepOutOfOrder.
    """
    require_step(purchase, frozenset({PurchaseState.IDENTIFIED}), at=at)
    return replace(purchase, state=PurchaseState.CHALLENGED)


def prove(purchase: Purchase, *, outcome: PurchaseState, at: datetime) -> Purchase:
    """The customer has shown who they are: what was decided takes effect.

    Raises: CheckoutExpired, CheckoutStepOutOfOrder; ValueError if the outcome is none of a decision.
    """
    if outcome not in _DECIDED:
        raise ValueError(f"{outcome} is no outcome of a decision")
    require_step(purchase, frozenset({PurchaseState.CHALLENGED}), at=at)
    return replace(purchase, state=outcome)


def freeze(purchase: Purchase, *, until: datetime, at: datetime) -> Purchase:
    """Nobody goes on with the purchase until people have looked; what is held on the limit stays held.

    Raises: CheckoutExpired, CheckoutFrozen, CheckoutStepOutOfOrder before anybody has taken it up.
    """
    require_open(purchase, at=at)
    if purchase.customer_id is None:
        raise CheckoutStepOutOfOrder("nobody has taken the purchase up", allowed="once a customer is known")
    return replace(purchase, state=PurchaseState.FROZEN, expires_at=max(purchase.expires_at, until))


def release(purchase: Purchase, *, to: PurchaseState, until: datetime, at: datetime) -> Purchase:
    """People have looked and let the purchase go on from where it would be; there is time again until `until`.

    Raises: CheckoutNotFrozen, AuthorisationExpired, CheckoutExpired; ValueError if no purchase can go on there.
    """
    if to not in _RESUMABLE:
        raise ValueError(f"a purchase does not go on from {to}")
    require_frozen(purchase, at=at)
    return replace(purchase, state=to, expires_at=max(purchase.expires_at, until))


def reject(purchase: Purchase, *, at: datetime) -> Purchase:
    """People have looked, and the purchase ends; what was held on the limit has to be given free.

    Raises: CheckoutNotFrozen, AuthorisationExpired, CheckoutExpired.
    """
    require_frozen(purchase, at=at)
    return replace(purchase, state=PurchaseState.DECLINED)


def require_frozen(purchase: Purchase, *, at: datetime) -> None:
    """Refuse an answer to a purchase that waits for none.

    Raises: CheckoutNotFrozen, AuthorisationExpired, CheckoutExpired.
    """
    if purchase.state in OVER or purchase.state is not PurchaseState.FROZEN:
        raise CheckoutNotFrozen(f"the purchase is {purchase.state}", allowed="a frozen purchase")
    if at >= purchase.expires_at:
        raise expired(purchase)
