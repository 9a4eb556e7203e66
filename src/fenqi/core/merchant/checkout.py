"""The customer's part of a purchase: from the merchant's order to the signed authorisation."""

from dataclasses import replace
from datetime import datetime
from typing import ClassVar
from uuid import UUID

from fenqi.core.merchant.purchase import (
    DECIDABLE,
    PLANNABLE,
    CheckoutExpired,
    Purchase,
    PurchaseState,
    require_customer,
    require_open,
    require_positive,
    require_step,
    require_unfinished,
    up_to,
)
from fenqi.core.refusal import Kind, Refusal


class CheckoutNotExpired(Refusal):
    """It cannot be declared expired: there is still time."""

    code: ClassVar[str] = "checkout_not_expired"
    kind: ClassVar[Kind] = Kind.CONFLICT


class AmountAbovePurchase(Refusal):
    """More would be authorised than the goods cost."""

    code: ClassVar[str] = "amount_above_purchase"
    kind: ClassVar[Kind] = Kind.CONFLICT


def create(
    *,
    checkout_id: UUID,
    merchant_id: UUID,
    amount_minor: int,
    currency: str,
    created_at: datetime,
    expires_at: datetime,
) -> Purchase:
    """A purchase as the merchant asks for it.

    Raises: AmountNotPositive; CheckoutExpired if it would be over before it began.
    """
    require_positive(amount_minor)
    if expires_at <= created_at:
        raise CheckoutExpired("the checkout would expire before it is created", allowed="an instant after its creation")
    return Purchase(
        checkout_id=checkout_id,
        merchant_id=merchant_id,
        amount_minor=amount_minor,
        currency=currency,
        expires_at=expires_at,
    )


def identify(purchase: Purchase, *, customer_id: UUID, at: datetime) -> Purchase:
    """A customer takes the purchase up; the same customer may come again and finds it as it was.

    Raises: CheckoutNotYours, CheckoutExpired, the refusals of a purchase that is over.
    """
    require_customer(purchase, customer_id=customer_id)
    require_open(purchase, at=at)
    if purchase.customer_id == customer_id:
        return purchase
    return replace(purchase, state=PurchaseState.IDENTIFIED, customer_id=customer_id)


def decide(purchase: Purchase, *, outcome: PurchaseState, at: datetime) -> Purchase:
    """The decision is taken: approved, referred to a person, or declined.

    Raises: CheckoutExpired, CheckoutStepOutOfOrder; ValueError if the outcome is none of the three.
    """
    if outcome not in {PurchaseState.APPROVED, PurchaseState.REFERRED, PurchaseState.DECLINED}:
        raise ValueError(f"{outcome} is no outcome of a decision")
    require_step(purchase, DECIDABLE, at=at)
    return replace(purchase, state=outcome)


def reconsider(purchase: Purchase, *, until: datetime) -> Purchase:
    """The applicant wants a person to look: what was declined is referred, and stays open while there is time to look.

    A purchase that has come to another end, or was approved, stays as it is.
    Source: PIPL art. 24.
    """
    if purchase.state not in {PurchaseState.DECLINED, PurchaseState.REFERRED}:
        return purchase
    return replace(purchase, state=PurchaseState.REFERRED, expires_at=max(purchase.expires_at, until))


def choose_plan(purchase: Purchase, *, at: datetime) -> Purchase:
    """The customer chooses a plan, or another one; what was shown about the last one no longer counts.

    Raises: CheckoutExpired, CheckoutStepOutOfOrder, AlreadyAuthorised.
    """
    require_step(purchase, PLANNABLE, at=at)
    return replace(purchase, state=PurchaseState.PLANNED)


def disclose(purchase: Purchase, *, at: datetime) -> Purchase:
    """The chosen plan's whole cost has been shown; it may be shown again.

    Raises: CheckoutExpired, CheckoutStepOutOfOrder, AlreadyAuthorised.
    """
    require_step(purchase, frozenset({PurchaseState.PLANNED, PurchaseState.DISCLOSED}), at=at)
    return replace(purchase, state=PurchaseState.DISCLOSED)


def authorise(purchase: Purchase, *, authorised_minor: int, until: datetime, at: datetime) -> Purchase:
    """The agreement is signed and the financed amount held, to be captured before `until`.

    With a down payment the financed amount is less than the price, never more.

    Raises: CheckoutExpired, CheckoutStepOutOfOrder, AlreadyAuthorised, AmountNotPositive, AmountAbovePurchase.
    """
    require_step(purchase, frozenset({PurchaseState.DISCLOSED}), at=at)
    require_positive(authorised_minor)
    if authorised_minor > purchase.amount_minor:
        raise AmountAbovePurchase(
            "more would be authorised than the goods cost", allowed=up_to(purchase.amount_minor, purchase)
        )
    return replace(purchase, state=PurchaseState.AUTHORISED, authorised_minor=authorised_minor, expires_at=until)


def expire(purchase: Purchase, *, at: datetime) -> Purchase:
    """Nobody finished the purchase in time; what was held is free again.

    Raises: CheckoutNotExpired before its time; the refusals of a purchase that is over.
    """
    require_unfinished(purchase)
    if at < purchase.expires_at:
        raise CheckoutNotExpired("the checkout is still open", allowed=f"from {purchase.expires_at.isoformat()} on")
    return replace(purchase, state=PurchaseState.EXPIRED)
