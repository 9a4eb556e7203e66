"""The merchant's part of a purchase: one capture, or a void, and refunds after it."""

from dataclasses import replace
from datetime import datetime
from typing import ClassVar

from fenqi.core.merchant.purchase import (
    Purchase,
    PurchaseState,
    require_open,
    require_positive,
    require_step,
    up_to,
)
from fenqi.core.refusal import Kind, Refusal


class NotCaptured(Refusal):
    """Nothing was captured, so nothing can be refunded; a void gives it up."""

    code: ClassVar[str] = "not_captured"
    kind: ClassVar[Kind] = Kind.CONFLICT


class AmountAboveAuthorised(Refusal):
    """More would be captured than was authorised."""

    code: ClassVar[str] = "amount_above_authorised"
    kind: ClassVar[Kind] = Kind.CONFLICT


class RefundAboveCaptured(Refusal):
    """More would be refunded than was captured and not yet refunded."""

    code: ClassVar[str] = "refund_above_captured"
    kind: ClassVar[Kind] = Kind.CONFLICT


def capture(purchase: Purchase, *, at: datetime, amount_minor: int | None = None) -> Purchase:
    """The merchant has delivered and takes what was authorised or, where an amount is given, a part of it.

    There is one capture; the rest is voided by it.

    Raises: AlreadyCaptured, AuthorisationExpired, AmountAboveAuthorised, AmountNotPositive, CheckoutStepOutOfOrder.
    """
    require_step(purchase, frozenset({PurchaseState.AUTHORISED}), at=at)
    captured = purchase.authorised_minor if amount_minor is None else amount_minor
    require_positive(captured)
    if captured > purchase.authorised_minor:
        raise AmountAboveAuthorised(
            "more would be captured than was authorised", allowed=up_to(purchase.authorised_minor, purchase)
        )
    return replace(purchase, state=PurchaseState.CAPTURED, captured_minor=captured)


def void(purchase: Purchase, *, at: datetime) -> Purchase:
    """The purchase is given up before its capture; what was held is free again.

    Raises: AlreadyCaptured (a refund is what comes then), CheckoutVoided, CheckoutExpired, AuthorisationExpired.
    """
    require_open(purchase, at=at)
    return replace(purchase, state=PurchaseState.VOIDED)


def refund(purchase: Purchase, *, amount_minor: int) -> Purchase:
    """Goods came back: a part of what was captured, or all of it.

    Raises: NotCaptured, AmountNotPositive, RefundAboveCaptured.
    """
    if purchase.state is not PurchaseState.CAPTURED:
        raise NotCaptured("nothing was captured", allowed="a void, while the purchase is open")
    require_positive(amount_minor)
    if amount_minor > purchase.refundable_minor:
        raise RefundAboveCaptured(
            "more would be refunded than was captured", allowed=up_to(purchase.refundable_minor, purchase)
        )
    return replace(purchase, refunded_minor=purchase.refunded_minor + amount_minor)
