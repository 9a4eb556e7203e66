"""What an order of the world really is."""

from dataclasses import dataclass
from enum import StrEnum

from fenqi.core.velocity.event import OrderEvent


class Scheme(StrEnum):
    """How somebody defrauds the lender."""

    VELOCITY = "velocity"
    """A new account orders again and again until it is stopped."""
    SHARED = "shared"
    """Many invented customers on one device, delivered to few addresses."""
    GEO_JUMP = "geo_jump"
    """A stolen session orders from a town that its customer cannot have reached."""
    CASH_OUT = "cash_out"
    """套现: customers buy what they do not want from a merchant in league, and get cash for it."""
    TAKEOVER = "takeover"
    """Somebody else has got into an old customer's account."""
    RING = "ring"
    """Identities, each linked to the next by one thing, behave well for weeks and bust out within days."""


@dataclass(frozen=True, slots=True)
class Order:
    """An attempt with its truth; a good one, whatever it looks like, has no scheme. `incident` tells cases apart."""

    event: OrderEvent
    scheme: Scheme | None
    incident: int = 0

    @property
    def is_fraud(self) -> bool:
        """Whether the lender loses by it."""
        return self.scheme is not None
