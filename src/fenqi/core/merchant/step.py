"""What a shopper has to do next at a checkout, so that a page can go on from wherever it was left."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from fenqi.core.merchant.purchase import OVER, Purchase, PurchaseState


class Step(StrEnum):
    """The next thing that a checkout wants of its shopper."""

    IDENTIFY = "identify"
    """Say who you are."""
    CONSENT = "consent"
    """Agree to what a decision needs."""
    APPLY = "apply"
    """State what only you know, and ask for the decision."""
    WAIT = "wait"
    """A person is looking."""
    PROVE = "prove"
    """Show once more who you are."""
    FROZEN = "frozen"
    """The order is being checked by a person, and goes no further until then."""
    CHOOSE = "choose"
    """Choose one of the offers."""
    READ = "read"
    """Read what was shown, and sign it or choose another offer."""
    DONE = "done"
    """Signed; the merchant's turn."""
    DECLINED = "declined"
    """The decision was no."""
    OVER = "over"
    """Given up, or its time has passed."""


_BY_STATE = {
    PurchaseState.REFERRED: Step.WAIT,
    PurchaseState.CHALLENGED: Step.PROVE,
    PurchaseState.FROZEN: Step.FROZEN,
    PurchaseState.DISCLOSED: Step.READ,
}


def next_step(purchase: Purchase, *, customer_id: UUID, consents_missing: bool, at: datetime) -> Step:
    """The next step of a customer to whom the purchase belongs or may belong."""
    state = purchase.state
    if state is PurchaseState.DECLINED:
        return Step.DECLINED
    if state in {PurchaseState.AUTHORISED, PurchaseState.CAPTURED}:
        return Step.DONE
    if state in OVER or at >= purchase.expires_at:
        return Step.OVER
    if purchase.customer_id != customer_id:
        return Step.IDENTIFY
    if state is PurchaseState.IDENTIFIED:
        return Step.CONSENT if consents_missing else Step.APPLY
    return _BY_STATE.get(state, Step.CHOOSE)
