"""A purchase on instalments: how far it has come, and what keeps it from going further."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from fenqi.core.refusal import Kind, Refusal


class PurchaseState(StrEnum):
    """How far a purchase has come."""

    CREATED = "created"
    """The merchant has asked; nobody has come yet."""
    IDENTIFIED = "identified"
    """A customer has opened it and is known."""
    APPROVED = "approved"
    """The decision was yes."""
    REFERRED = "referred"
    """A person is to decide."""
    CHALLENGED = "challenged"
    """The customer has to show once more who they are; then the decision takes effect."""
    FROZEN = "frozen"
    """Nobody can do anything with it until people have looked."""
    DECLINED = "declined"
    """The decision was no."""
    PLANNED = "planned"
    """The customer has chosen a plan."""
    DISCLOSED = "disclosed"
    """Its whole cost has been shown."""
    AUTHORISED = "authorised"
    """It is signed, and the amount is held on the customer's limit."""
    CAPTURED = "captured"
    """The merchant has delivered; the loan is drawn down."""
    VOIDED = "voided"
    """Given up before capture; nothing is held."""
    EXPIRED = "expired"
    """Nobody finished it in time; nothing is held."""


DECIDABLE = frozenset({PurchaseState.IDENTIFIED, PurchaseState.REFERRED})
PLANNABLE = frozenset({PurchaseState.APPROVED, PurchaseState.PLANNED, PurchaseState.DISCLOSED})
OVER = frozenset({PurchaseState.CAPTURED, PurchaseState.VOIDED, PurchaseState.DECLINED, PurchaseState.EXPIRED})


@dataclass(frozen=True)
class Purchase:
    """A purchase as it stands.

    `expires_at` is the instant before which the next step must be taken: of the checkout until it is authorised, of
    the authorisation from then on.
    """

    checkout_id: UUID
    merchant_id: UUID
    amount_minor: int
    currency: str
    expires_at: datetime
    state: PurchaseState = PurchaseState.CREATED
    customer_id: UUID | None = None
    authorised_minor: int = 0
    captured_minor: int = 0
    refunded_minor: int = 0

    @property
    def capturable_minor(self) -> int:
        """What one capture may still take."""
        return self.authorised_minor if self.state is PurchaseState.AUTHORISED else 0

    @property
    def voided_minor(self) -> int:
        """What was authorised and will never be captured."""
        over = {PurchaseState.CAPTURED, PurchaseState.VOIDED, PurchaseState.EXPIRED}
        return self.authorised_minor - self.captured_minor if self.state in over else 0

    @property
    def refundable_minor(self) -> int:
        """What may still be refunded."""
        return self.captured_minor - self.refunded_minor


class CheckoutUnknown(Refusal):
    """No such checkout, or not this merchant's: the two are not told apart."""

    code: ClassVar[str] = "checkout_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class CheckoutNotYours(Refusal):
    """Another customer has taken this checkout up."""

    code: ClassVar[str] = "checkout_not_yours"
    kind: ClassVar[Kind] = Kind.FORBIDDEN


class CheckoutExpired(Refusal):
    """The time in which the checkout could be finished is over."""

    code: ClassVar[str] = "checkout_expired"
    kind: ClassVar[Kind] = Kind.EXPIRED


class AuthorisationExpired(Refusal):
    """The time in which the authorised amount could be captured is over."""

    code: ClassVar[str] = "authorisation_expired"
    kind: ClassVar[Kind] = Kind.EXPIRED


class CheckoutStepOutOfOrder(Refusal):
    """The purchase has not come so far, or is past this step."""

    code: ClassVar[str] = "checkout_step_out_of_order"
    kind: ClassVar[Kind] = Kind.CONFLICT


class CheckoutVoided(Refusal):
    """The purchase has been given up."""

    code: ClassVar[str] = "checkout_voided"
    kind: ClassVar[Kind] = Kind.CONFLICT


class CheckoutDeclined(Refusal):
    """The purchase was declined; another checkout is another application."""

    code: ClassVar[str] = "checkout_declined"
    kind: ClassVar[Kind] = Kind.CONFLICT


class CheckoutFrozen(Refusal):
    """People are looking at the purchase, and only they can let it go on."""

    code: ClassVar[str] = "checkout_frozen"
    kind: ClassVar[Kind] = Kind.CONFLICT


class AlreadyAuthorised(Refusal):
    """The purchase has been signed."""

    code: ClassVar[str] = "already_authorised"
    kind: ClassVar[Kind] = Kind.CONFLICT


class AlreadyCaptured(Refusal):
    """There is one capture; what came after it is a refund."""

    code: ClassVar[str] = "already_captured"
    kind: ClassVar[Kind] = Kind.CONFLICT


class AmountNotPositive(Refusal):
    """An amount of nothing, or of less."""

    code: ClassVar[str] = "amount_not_positive"


def require_merchant(purchase: Purchase | None, *, merchant_id: UUID) -> Purchase:
    """The purchase, if it exists and is this merchant's.

    Raises: CheckoutUnknown for both, so that nobody learns which ids exist.
    """
    if purchase is None or purchase.merchant_id != merchant_id:
        raise CheckoutUnknown("no such checkout", allowed="a checkout of your own")
    return purchase


def require_customer(purchase: Purchase, *, customer_id: UUID) -> Purchase:
    """The purchase, if nobody else has taken it up.

    Raises: CheckoutNotYours.
    """
    if purchase.customer_id not in {None, customer_id}:
        raise CheckoutNotYours("another customer has taken this checkout up", allowed="a checkout of your own")
    return purchase


def require_positive(amount_minor: int) -> None:
    """Refuse an amount of nothing or less.

    Raises: AmountNotPositive.
    """
    if amount_minor <= 0:
        raise AmountNotPositive("the amount is not positive", allowed="1 minor unit or more")


def require_step(purchase: Purchase, allowed: frozenset[PurchaseState], *, at: datetime) -> None:
    """Refuse a step unless the purchase stands where the step begins.

    Raises: AlreadyAuthorised, CheckoutStepOutOfOrder, and what `require_open` raises.
    """
    require_open(purchase, at=at)
    if purchase.state in allowed:
        return
    if purchase.state is PurchaseState.AUTHORISED:
        raise AlreadyAuthorised("the purchase has been signed", allowed="capture or void")
    raise CheckoutStepOutOfOrder(
        f"the purchase is {purchase.state}", allowed=f"when it is {' or '.join(sorted(allowed))}"
    )


def require_open(purchase: Purchase, *, at: datetime) -> None:
    """Refuse if the purchase is over, or if its time is and nobody has said so yet.

    Raises: CheckoutExpired, AuthorisationExpired, CheckoutFrozen, and what `require_unfinished` raises.
    """
    require_unfinished(purchase)
    if at >= purchase.expires_at:
        raise expired(purchase)
    if purchase.state is PurchaseState.FROZEN:
        raise CheckoutFrozen(
            "people are looking at the purchase", allowed="whatever it was, once they have released it"
        )


def require_unfinished(purchase: Purchase) -> None:
    """Refuse if the purchase has come to an end, naming the end.

    Raises: AlreadyCaptured, CheckoutVoided, CheckoutDeclined, CheckoutExpired, AuthorisationExpired.
    """
    match purchase.state:
        case PurchaseState.CAPTURED:
            raise AlreadyCaptured("the purchase has been captured", allowed="one capture; refunds after it")
        case PurchaseState.VOIDED:
            raise CheckoutVoided("the purchase has been given up", allowed="a new checkout")
        case PurchaseState.DECLINED:
            raise CheckoutDeclined("the purchase was declined", allowed="a new checkout")
        case PurchaseState.EXPIRED:
            raise expired(purchase)
        case _:
            return


def expired(purchase: Purchase) -> Refusal:
    """The refusal of what comes too late: for an authorisation, or for a checkout that never came to one."""
    allowed = f"before {purchase.expires_at.isoformat()}"
    if purchase.authorised_minor:
        return AuthorisationExpired("the authorisation is over", allowed=allowed)
    return CheckoutExpired("the checkout is over", allowed=allowed)


def up_to(amount_minor: int, purchase: Purchase) -> str:
    """What a refused amount may be at most, for the refusal's `allowed`."""
    return f"at most {amount_minor} minor units of {purchase.currency}"
