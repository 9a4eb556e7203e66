"""The terms of an instalment plan: how it is repaid, what it costs and how its days count."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from fenqi.core.dates.day_count import DayCount
from fenqi.core.dates.due_date import Frequency, MonthEnd
from fenqi.core.money.amount import Rounding
from fenqi.core.refusal import Refusal

__all__ = ["DayCount", "Frequency", "Method", "MonthEnd", "Rounding", "Terms"]

RATE_DECIMALS = 12
BILL_DAY_MAX = 28
"""The last day that every month has."""


class Method(StrEnum):
    """How principal and cost are spread over the instalments."""

    EQUAL_INSTALMENT = "equal_instalment"
    """等额本息: the same payment every time; interest on what is still owed."""
    EQUAL_PRINCIPAL = "equal_principal"
    """等额本金: principal in equal parts; interest on what is still owed."""
    FLAT_FEE = "flat_fee"
    """等本等费: principal in equal parts and a fee on the first principal, in equal parts."""
    FLAT_INTEREST = "flat_interest"
    """As the flat fee, but owed as interest."""
    INTEREST_ONLY = "interest_only"
    """先息后本: interest every time, principal with the last instalment."""
    SINGLE_PAYMENT = "single_payment"
    """一次性还本付息: one instalment at the end."""


class TenorOutOfRange(Refusal):
    """Fewer or more instalments than are offered."""

    code = "tenor_out_of_range"


class RateOutOfRange(Refusal):
    """A yearly rate that is negative, absurd or too fine to compute with exactly."""

    code = "rate_out_of_range"


class TermsContradict(Refusal):
    """Two of the terms exclude each other."""

    code = "terms_contradict"


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What was agreed about repayment.

    Units: `rate_per_year` is a share, 0.12 for 12 %; for a flat fee it is the yearly fee on the first principal.
    Raises: TenorOutOfRange, RateOutOfRange, TermsContradict.
    """

    method: Method
    rate_per_year: Decimal
    instalment_count: int
    frequency: Frequency = Frequency.MONTHS
    repay_every: int = 1
    day_count: DayCount = DayCount.THIRTY_360
    month_end: MonthEnd = MonthEnd.CLAMP
    rounding: Rounding = Rounding.HALF_UP
    """Of interest and flat costs."""
    interest_free_count: int = 0
    """The first instalments that bear no interest."""
    instalment_multiple_minor: int = 1
    """What the equal instalment and the down payment are rounded to; the last instalment takes the rest."""
    down_payment_multiple_minor: int = 0
    """What the down payment is rounded to; 0: to the same as the equal instalment."""
    levels_last: bool = False
    """Whether a second instalment amount is tried if the last instalment differs too much from the others."""
    down_payment_share: Decimal = Decimal(0)
    """The part of each draw-down that is due at once, as an instalment of its own."""
    instalment_count_max: int = 24
    bill_day: int | None = None
    """The borrower's bill day: an instalment falls due some days after one, none earlier than it would without, so
    that the plan costs no more a year. None: due days are counted from the draw-down."""
    due_after_bill_days: int = 9

    def __post_init__(self) -> None:
        if not 1 <= self.instalment_count <= self.instalment_count_max:
            raise TenorOutOfRange(
                f"{self.instalment_count} instalments", allowed=f"1 to {self.instalment_count_max} instalments"
            )
        exponent = self.rate_per_year.as_tuple().exponent
        if not (isinstance(exponent, int) and 0 <= self.rate_per_year <= 10 and exponent >= -RATE_DECIMALS):
            raise RateOutOfRange(
                f"a yearly rate of {self.rate_per_year}", allowed=f"0 to 10, at most {RATE_DECIMALS} decimals"
            )
        free = self.interest_free_count
        in_part = self.method is Method.SINGLE_PAYMENT and 0 < free < self.instalment_count
        if not 0 <= free <= self.instalment_count or in_part:
            raise TermsContradict(
                f"{free} interest-free of {self.instalment_count} instalments",
                allowed="at most as many interest-free instalments as there are; a single payment is free or not",
            )
        self._require_bill_day()
        multiples = min(self.instalment_multiple_minor, self.down_payment_multiple_minor + 1)
        if self.repay_every < 1 or multiples < 1 or not 0 <= self.down_payment_share < 1:
            raise TermsContradict(
                f"every {self.repay_every} {self.frequency}, multiples of {self.instalment_multiple_minor}, "
                f"{self.down_payment_share} at once",
                allowed="distances and multiples from 1, a down payment of less than all",
            )

    def _require_bill_day(self) -> None:
        billed = self.bill_day is not None
        if billed and (self.frequency is not Frequency.MONTHS or not 1 <= (self.bill_day or 0) <= BILL_DAY_MAX):
            raise TermsContradict(
                f"bill day {self.bill_day} of {self.frequency}", allowed=f"1 to {BILL_DAY_MAX}, counting months"
            )
        if not 0 <= self.due_after_bill_days <= BILL_DAY_MAX:
            raise TermsContradict(f"due {self.due_after_bill_days} days after the bill", allowed="0 to 28 days")

    @property
    def instalment_rounding(self) -> Rounding:
        """How the instalment itself and equal parts round: only costs can be truncated."""
        return Rounding.HALF_UP if self.rounding is Rounding.DOWN else self.rounding

    @property
    def rate_scaled(self) -> int:
        """The yearly rate as a whole number of 10⁻¹²."""
        return int(self.rate_per_year.scaleb(RATE_DECIMALS))


RATE_SCALE = 10**RATE_DECIMALS
