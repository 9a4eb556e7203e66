"""What an applicant wants: which phone, and in how many instalments; drawn, but the same for the same seed."""

import hashlib
from collections.abc import Iterable, Sequence

from fenqi.core.product.catalogue import BillingMode
from fenqi.simulation.applicant import Applicant
from fenqi.simulation.buying import Good
from fenqi.simulation.caller import Json

LIMITS_PER_PRICE = 3
"""Somebody looks at phones that cost at most a third of their card's limit, or at the cheapest."""
CHEAPEST_COUNT = 3
TENORS = (*((12,) * 12), *((6,) * 5), *((3,) * 3))
"""60 % want 12 instalments, 25 % want 6, 15 % want 3."""
_BULLET = 1


def wished_good(applicant: Applicant, goods: Iterable[Good], *, seed: int) -> Good:
    """The phone that somebody orders."""
    by_price = sorted(goods, key=lambda good: (good.price_minor, good.sku))
    purse_minor = applicant.record.limit_minor // LIMITS_PER_PRICE
    looked_at = [good for good in by_price if good.price_minor <= purse_minor]
    choice = looked_at if len(looked_at) >= CHEAPEST_COUNT else by_price[:CHEAPEST_COUNT]
    return choice[_draw(applicant, "good", seed=seed) % len(choice)]


def wished_offer(applicant: Applicant, offers: Sequence[Json], *, seed: int) -> Json:
    """The offer that somebody takes: of the wished tenor, else the next shorter one, the cheapest of that tenor.

    The data's months are known by their ends, so nobody takes a plan with a bill day of its own.
    """
    wished = TENORS[_draw(applicant, "tenor", seed=seed) % len(TENORS)]
    by_order = [offer for offer in offers if offer["billing"] == BillingMode.ORDER]
    in_parts = [offer for offer in by_order if offer["tenor"] > _BULLET] or by_order
    tenors = sorted({offer["tenor"] for offer in in_parts})
    tenor = max((each for each in tenors if each <= wished), default=tenors[0])
    return min((offer for offer in in_parts if offer["tenor"] == tenor), key=lambda offer: offer["cost_minor"])


def _draw(applicant: Applicant, what: str, *, seed: int) -> int:
    digest = hashlib.sha256(f"{seed}:{applicant.number}:{what}".encode()).digest()
    return int.from_bytes(digest[:8], "big")
