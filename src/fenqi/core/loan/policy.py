"""How a loan is serviced: which dues money discharges, and how early and late money changes interest."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType

from fenqi.core.loan.component import Component
from fenqi.core.loan.event import Source
from fenqi.core.product.cooling_off import NO_COOLING_OFF, CoolingOff


class Timing(StrEnum):
    """When a due falls, seen from the day of the payment."""

    PAST_DUE = "past_due"
    DUE = "due"
    IN_ADVANCE = "in_advance"


class FutureRule(StrEnum):
    """Which instalments to come take money paid in advance."""

    NEXT = "next"
    LAST = "last"
    SPREAD = "spread"
    """Equal parts to all; what one cannot take goes to the others."""


COSTS_FIRST = (Component.PENALTY, Component.FEE, Component.INTEREST, Component.PRINCIPAL)
"""Costs, then interest, then principal. Source: 民法典 art. 561."""
PRINCIPAL_FIRST = (Component.PRINCIPAL, Component.INTEREST, Component.FEE, Component.PENALTY)

Order = tuple[tuple[Timing, tuple[Component, ...]], ...]
"""Which dues come first: by when they fall due, and then by component."""


def same_order(components: tuple[Component, ...]) -> Order:
    """One order of components for past, present and future dues; the timings follow each other."""
    return tuple((timing, components) for timing in Timing)


@dataclass(frozen=True, slots=True)
class AllocationRule:
    """How money from one source is allocated."""

    order: Order = field(default_factory=lambda: same_order(COSTS_FIRST))
    future: FutureRule = FutureRule.NEXT


def _product_rules() -> Mapping[Source, AllocationRule]:
    refund = AllocationRule(
        ((Timing.PAST_DUE, COSTS_FIRST), (Timing.DUE, COSTS_FIRST), (Timing.IN_ADVANCE, PRINCIPAL_FIRST)),
        FutureRule.SPREAD,
    )
    return MappingProxyType({Source.MERCHANT_REFUND: refund, Source.PAYOUT_REFUND: refund})


class Recalculation(StrEnum):
    """Whether interest follows the days on which money really came."""

    NONE = "none"
    """The plan is fixed: early, late or all at once, every payment takes the planned interest."""
    EARLY = "early"
    """Early money saves interest from its day; what is overdue bears the late charge instead of interest."""
    FULL = "full"
    """Early money saves interest, and overdue principal goes on bearing it."""


class EarlyInterest(StrEnum):
    """Until when money that comes early owes interest."""

    TO_THE_DAY = "to_the_day"
    TO_THE_DUE_DAY = "to_the_due_day"
    """Of the running instalment."""


class ChargeOffRule(StrEnum):
    """What a write-off does to the plan."""

    KEEP = "keep"
    STOP_INTEREST = "stop_interest"
    ALL_DUE = "all_due"
    """The running instalment ends that day and takes all that is left."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The servicing terms of an agreement.

    Units: `late_rate_per_day` is a share of overdue principal; 0 for none. It arrives as the lower of contract and law.
    """

    default: AllocationRule = field(default_factory=AllocationRule)
    by_source: Mapping[Source, AllocationRule] = field(default_factory=_product_rules)
    vertical: bool = False
    """One component of all instalments before the next component, instead of one instalment before the next."""
    recalculation: Recalculation = Recalculation.EARLY
    early_interest: EarlyInterest = EarlyInterest.TO_THE_DAY
    chargeback_order: tuple[Component, ...] = PRINCIPAL_FIRST
    """Of what the payment had discharged; empty: all of it is principal again."""
    charge_off: ChargeOffRule = ChargeOffRule.KEEP
    late_rate_per_day: Decimal = Decimal(0)
    rolls_holidays: bool = False
    """An instalment due on a day off can be paid on the next working day without being late.

    Source: 民法典 art. 203.
    """
    fee_minor_max: int = 0
    """What may be charged in fees beyond the plan, in all, as it was disclosed; 0: nothing."""
    penalty_minor_max: int = 0
    """The same of penalties beyond the late charge."""
    cooling_off: CoolingOff = NO_COOLING_OFF
    """Within how many days the borrower may withdraw, and what that costs."""
    factor_digits: int = 0
    """Significant digits to which the interest of a stretch per unit of balance is rounded; 0: it is exact."""

    def rule(self, source: Source) -> AllocationRule:
        """The allocation rule of a source of money."""
        return self.by_source.get(source, self.default)
