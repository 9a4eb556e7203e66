"""What a plan costs a year: the three figures that the same plan has, and the exact comparison with a cap."""

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import NamedTuple

from fenqi.core.product.irr import Flow, RateUndefined, costs_at_most, irr, irr_of_instalments
from fenqi.core.product.schedule import PlanRow, Schedule
from fenqi.core.product.terms import Frequency, Method, Terms

UNIT_PERIODS_PER_YEAR = {Frequency.MONTHS: 12, Frequency.WEEKS: 52, Frequency.DAYS: 365}
"""How many unit-periods make a year. Months count as equal, whatever their days. Source: 公告〔2021〕第3号."""

_SHOWN_UNIT = Decimal("1e-8")
_SHOWN = 10**10
_REPAID_LAST = (Method.INTEREST_ONLY, Method.SINGLE_PAYMENT)


class AnnualCost(NamedTuple):
    """The yearly cost of a plan by each of the three measures.

    Units: percent, to eight decimals; whether a cap holds is asked of `within_cap`, never of these.
    """

    irr_nominal: Decimal
    """Internal rate of return × unit-periods per year: what banks label 近似折算年化利率(单利)."""
    irr_effective: Decimal
    """The same, compounded over the year (复利)."""
    average_balance: Decimal
    """Cost over the principal outstanding on average, principal in equal parts."""


def annual_cost(schedule: Schedule, terms: Terms) -> AnnualCost:
    """The yearly cost of a plan as its rows will be paid.

    Instalments lie whole unit-periods apart, whatever the calendar does to their days. The principal counts as
    repaid in equal parts with the instalments, or with the last one where the method says so.
    """
    per_year, every = UNIT_PERIODS_PER_YEAR[terms.frequency], unit_periods_between(terms)
    payments, principal = _payments(schedule.rows), schedule.principal_minor
    count = len(payments)
    periodic = irr_of_instalments(principal, payments)
    if every > 1:
        periodic = (1 + periodic) ** (1 / every) - 1
    balances = count if terms.method in _REPAID_LAST else (count + 1) / 2
    average = (sum(payments) - principal) / (principal * balances * every)
    return AnnualCost(
        _percent(nominal(periodic, per_year)), _percent(effective(periodic, per_year)), _percent(average * per_year)
    )


def within_cap(schedule: Schedule, terms: Terms, *, percent: Decimal) -> bool:
    """Whether a plan as its rows will be paid costs at most `percent` a year, internal rate of return × unit-periods.

    Decided exactly in whole numbers: there is no tolerance.
    """
    return costs_at_most_percent(schedule.principal_minor, _payments(schedule.rows), terms=terms, percent=percent)


def costs_at_most_percent(
    principal_minor: int, payments: Sequence[int | Fraction], *, terms: Terms, percent: Decimal
) -> bool:
    """Whether one payment per instalment costs at most `percent` a year; exact, also for parts of a minor unit."""
    per_cent, denominator = percent.as_integer_ratio()
    rate = (per_cent, denominator * 100 * UNIT_PERIODS_PER_YEAR[terms.frequency])
    return costs_at_most(principal_minor, payments, periods_between=unit_periods_between(terms), rate=rate)


def unit_periods_between(terms: Terms) -> int:
    """How many unit-periods lie between two instalments; a single payment comes at the end of them all."""
    return terms.repay_every * (terms.instalment_count if terms.method is Method.SINGLE_PAYMENT else 1)


def nominal(periodic: float, per_year: float) -> float:
    """A rate per unit-period as a yearly one without compounding."""
    return periodic * per_year


def effective(periodic: float, per_year: float) -> float:
    """A rate per unit-period as a yearly one with compounding."""
    return (1 + periodic) ** per_year - 1


def average_balance(advances: Sequence[Flow], payments: Sequence[Flow]) -> Fraction:
    """Cost per unit-period over the principal outstanding on average.

    The principal counts as repaid in equal parts, one at each time of payment after the first advance.

    Raises: RateUndefined if nothing is outstanding over any time.
    """
    nothing = Fraction(0)
    principal = sum((flow.amount for flow in advances), nothing)
    begins = min((_time(flow) for flow in advances), default=nothing)
    times = {_time(flow) for flow in payments if flow.amount and _time(flow) > begins}
    repaid = principal * sum(times, nothing) / max(len(times), 1)
    outstanding = repaid - sum((_time(flow) * flow.amount for flow in advances), nothing)
    if outstanding <= 0:
        raise RateUndefined("nothing is outstanding for any time", allowed="payments after the advances")
    return (sum((flow.amount for flow in payments), nothing) - principal) / outstanding


def _time(flow: Flow) -> Fraction:
    return flow.at + flow.part


def us_actuarial(advances: Sequence[Flow], payments: Sequence[Flow], *, per_year: float) -> float:
    """The annual percentage rate of Regulation Z, as a share.

    Source: 12 CFR 1026, Appendix J (b): the rate per unit-period, times the unit-periods of a year.
    """
    return nominal(irr(advances, payments), per_year)


def _payments(rows: Sequence[PlanRow]) -> list[int]:
    return [row[2] + row[3] + row[4] for row in rows]


def _percent(share: float) -> Decimal:
    return round(share * _SHOWN) * _SHOWN_UNIT
