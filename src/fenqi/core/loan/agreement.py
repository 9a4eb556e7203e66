"""What lender and borrower signed."""

from dataclasses import dataclass, field
from datetime import date

from fenqi.core.dates.day_count import Period
from fenqi.core.loan.policy import Policy
from fenqi.core.product.terms import Terms


@dataclass(frozen=True, slots=True, kw_only=True)
class Agreement:
    """The rules of one loan; the plan itself follows from what is drawn, and when."""

    terms: Terms
    currency: str
    limit_minor: int
    """The most that may be drawn."""
    signed_on: date
    policy: Policy = field(default_factory=Policy)
    periods: tuple[Period, ...] = ()
    """Fixed bounds of the instalments; empty: they follow from the first draw."""
