"""The highest annual cost that the law allows a lender, and the plan that stays below it."""

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_CEILING, Decimal
from fractions import Fraction
from typing import Any, ClassVar

from fenqi.core.money.amount import Rounding
from fenqi.core.money.rate import percent_text
from fenqi.core.product.apr import annual_cost, costs_at_most_percent, within_cap
from fenqi.core.product.schedule import Schedule, period_factors, plan
from fenqi.core.product.terms import Method, Terms
from fenqi.core.refusal import Broken, Kind, Refusal
from fenqi.core.rulepack.pack import RulePack

COMPARABLE = "irr_nominal"
"""The measure by which a plan can be held against a ceiling exactly."""
_LPR = "cost_cap.lpr_1y"
_MEASURE = "cost_cap.measure"


class PlanOverCap(Refusal):
    """The plan costs more a year than the law allows this lender."""

    code: ClassVar[str] = "plan_over_cap"
    kind: ClassVar[Kind] = Kind.RULE


@dataclass(frozen=True, kw_only=True)
class Ceiling:
    """The highest annual cost that the law allows this lender on this day, and where it says so.

    Units: percent a year, by the measure named.
    """

    percent: Decimal
    measure: str
    source: str


def cost_ceiling(pack: RulePack, *, lender_type: str, on: date) -> Ceiling:
    """The ceiling for a new loan by a lender of a type on a day: a percentage, or a multiple of the one-year LPR.

    Raises: RuleUnknown for a type of lender without a ceiling; RuleNotInForce.
    Source: the rule pack, cost_cap.
    """
    rule = pack.value(f"cost_cap.{lender_type}", on=on)
    measure = pack.value(_MEASURE, on=on).value
    if measure != COMPARABLE:
        raise Broken(f"no plan can be held against a ceiling by {measure}")
    value: dict[str, Any] = rule.value
    if "percent" in value:
        return Ceiling(percent=Decimal(value["percent"]), measure=measure, source=rule.source)
    lpr = pack.value(_LPR, on=on)
    return Ceiling(
        percent=Decimal(value["lpr_1y_multiple"]) * Decimal(lpr.value),
        measure=measure,
        source=f"{rule.source}; {lpr.source}",
    )


def capped_plan(terms: Terms, *, principal_minor: int, start_on: date, ceiling: Ceiling) -> tuple[Terms, Schedule]:
    """The plan that may be offered, with the terms that make it: as agreed, or with the interest truncated.

    The ceiling holds exactly for the rows as they will be paid. If rounding alone lifts a plan over it, interest of
    each period is truncated instead: interest of at most rate × balance means a return of at most the rate.

    Raises: PlanOverCap; PrincipalNotPositive.
    """
    schedule = plan(terms, principal_minor=principal_minor, start_on=start_on)
    if within_cap(schedule, terms, percent=ceiling.percent):
        return terms, schedule
    if costs_at_most_percent(
        principal_minor, _unrounded_payments(terms, schedule), terms=terms, percent=ceiling.percent
    ):
        truncated = replace(terms, rounding=Rounding.DOWN)
        lower = plan(truncated, principal_minor=principal_minor, start_on=start_on)
        if within_cap(lower, truncated, percent=ceiling.percent):
            return truncated, lower
    raise _over_cap(schedule, terms, ceiling=ceiling)


def require_within_ceiling(schedule: Schedule, terms: Terms, *, ceiling: Ceiling) -> None:
    """Refuse a plan that costs more than the ceiling as its rows will be paid.

    Raises: PlanOverCap, naming cap and source.
    """
    if not within_cap(schedule, terms, percent=ceiling.percent):
        raise _over_cap(schedule, terms, ceiling=ceiling)


def _over_cap(schedule: Schedule, terms: Terms, *, ceiling: Ceiling) -> PlanOverCap:
    annual = annual_cost(schedule, terms).irr_nominal.quantize(Decimal("0.000001"), rounding=ROUND_CEILING)
    return PlanOverCap(
        f"the plan costs {percent_text(annual)} % a year ({ceiling.measure})",
        allowed=f"at most {percent_text(ceiling.percent)} % a year ({ceiling.measure})",
        source=ceiling.source,
    )


def _unrounded_payments(terms: Terms, schedule: Schedule) -> list[Fraction]:
    """What each instalment would be if fractions of a minor unit could be paid."""
    days = [schedule.start_on, *(row.due_on for row in schedule.rows)]
    factors = [Fraction(*factor) for factor in period_factors(terms, days)]
    principal, count = Fraction(schedule.principal_minor), len(factors)
    if terms.method in {Method.FLAT_FEE, Method.FLAT_INTEREST}:
        free, cost = terms.interest_free_count, principal * sum(factors)
        return [principal / count + (cost / (count - free) if number >= free else 0) for number in range(count)]
    if terms.method is Method.EQUAL_INSTALMENT:
        return [_annuity(principal, factors)] * count
    if terms.method is Method.EQUAL_PRINCIPAL:
        part = principal / count
        return [part + (principal - part * before) * factor for before, factor in enumerate(factors)]
    return [principal * factor for factor in factors[:-1]] + [principal * (1 + factors[-1])]


def _annuity(principal: Fraction, factors: list[Fraction]) -> Fraction:
    grown, payments = principal, Fraction(0)
    for factor in factors:
        grown, payments = grown * (1 + factor), payments * (1 + factor) + 1
    return grown / payments
