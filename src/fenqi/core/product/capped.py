"""A plan that keeps to a ceiling on its annual cost, or none."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_UP, Decimal
from typing import ClassVar

from fenqi.core.money.amount import Rounding
from fenqi.core.money.rate import percent_text
from fenqi.core.product.apr import AnnualCost, annual_cost, costs_at_most_percent, within_cap
from fenqi.core.product.schedule import Schedule, plan
from fenqi.core.product.terms import Terms
from fenqi.core.product.unrounded import unrounded_payments
from fenqi.core.refusal import Broken, Kind, Refusal
from fenqi.core.rulepack.ceiling import CostCeiling

COMPARED = "irr_nominal"
"""The one measure of which a ceiling is decided exactly: its rate per period is a fraction."""

_TOLD_DECIMALS = Decimal("0.00001")


class CostAboveCeiling(Refusal):
    """A plan costs more a year than the law allows this lender on this day."""

    code: ClassVar[str] = "cost_above_ceiling"
    kind: ClassVar[Kind] = Kind.RULE


@dataclass(frozen=True, slots=True)
class CappedPlan:
    """A plan within its ceiling; `terms` are those that give exactly these rows."""

    terms: Terms
    schedule: Schedule
    annual: AnnualCost
    ceiling: CostCeiling


def capped_plan(terms: Terms, *, principal_minor: int, start_on: date, ceiling: CostCeiling) -> CappedPlan:
    """Plan under a ceiling, which the rows as they will be paid must keep exactly.

    If only rounding lifts the plan above the ceiling, the interest of each period is truncated instead: interest
    of at most rate × balance implies a return of at most the rate. A plan that is above before rounding is refused.

    Units: minor units.
    Raises: CostAboveCeiling, PrincipalNotPositive.
    """
    schedule = plan(terms, principal_minor=principal_minor, start_on=start_on)
    if not is_within(ceiling, schedule, terms):
        if _is_within_unrounded(ceiling, schedule, terms):
            terms = replace(terms, rounding=Rounding.DOWN)
            schedule = plan(terms, principal_minor=principal_minor, start_on=start_on)
        require_within(ceiling, schedule, terms)
    return CappedPlan(terms, schedule, annual_cost(schedule, terms), ceiling)


def is_within(ceiling: CostCeiling, schedule: Schedule, terms: Terms) -> bool:
    """Whether a plan keeps to a ceiling, decided exactly.

    Raises: Broken for a ceiling on a measure that cannot be decided exactly.
    """
    if ceiling.measure != COMPARED:
        raise Broken(f"a ceiling on {ceiling.measure} cannot be compared exactly")
    return within_cap(schedule, terms, percent=ceiling.percent)


def require_within(ceiling: CostCeiling, schedule: Schedule, terms: Terms) -> None:
    """Refuse a plan above its ceiling.

    Raises: CostAboveCeiling, naming ceiling and source.
    """
    if is_within(ceiling, schedule, terms):
        return
    percent = annual_cost(schedule, terms).irr_nominal.quantize(_TOLD_DECIMALS, rounding=ROUND_UP)
    raise CostAboveCeiling(
        f"the plan costs {percent_text(percent)} % a year ({ceiling.measure}), above the ceiling of "
        f"{percent_text(ceiling.percent)} %",
        allowed=f"at most {percent_text(ceiling.percent)} % a year for {ceiling.lender_type} on {ceiling.on}",
        source=ceiling.cited,
    )


def _is_within_unrounded(ceiling: CostCeiling, schedule: Schedule, terms: Terms) -> bool:
    payments = unrounded_payments(terms, schedule)
    return costs_at_most_percent(schedule.principal_minor, payments, terms=terms, percent=ceiling.percent)
