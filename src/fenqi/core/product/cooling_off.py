"""The cooling-off term of a product (冷静期): how long a borrower may withdraw, and what the days until then cost."""

from dataclasses import dataclass
from enum import StrEnum

from fenqi.core.refusal import Refusal

DAYS_MAX = 30


class CoolingOffOutOfRange(Refusal):
    """A cooling-off term of fewer than no days, or of more than anybody needs to think."""

    code = "cooling_off_out_of_range"


class WithdrawalCost(StrEnum):
    """What a borrower who withdraws owes beside the principal."""

    NONE = "none"
    """No interest and no instalment fee, also none of what was paid of them before."""
    DAYS_USED = "days_used"
    """Interest and fee for the days until the withdrawal, as with any early repayment."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CoolingOff:
    """A right that the agreement gives; no law of the market fixes its length. 0 days: there is none.

    Units: days after the day of the draw-down.
    Source: 整治办函〔2017〕141号 asks for a cooling-off without saying how long.
    """

    days: int = 0
    cost: WithdrawalCost = WithdrawalCost.NONE

    def __post_init__(self) -> None:
        if not 0 <= self.days <= DAYS_MAX:
            raise CoolingOffOutOfRange(f"a cooling-off term of {self.days} days", allowed=f"0 to {DAYS_MAX} days")


NO_COOLING_OFF = CoolingOff()
