"""What a plan costs a year: the three figures that the same plan has, and the exact comparison with a cap."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from fenqi.core.product.irr import Flow, RateUndefined, costs_at_most, irr, irr_of_instalments
from fenqi.core.product.schedule import PlanRow, Schedule
from fenqi.core.product.terms import Frequency, Method, Terms

UNIT_PERIODS_PER_YEAR = {Frequency.MONTHS: 12, Frequency.WEEKS: 52, Frequency.DAYS: 365}
"""How many unit-periods make a year. Months count as equal, whatever their days. Source: 公告〔2021〕第3号."""

_SHOWN_DECIMALS = 10
_SHOWN = 10 ** (_SHOWN_DECIMALS + 2)


@dataclass(frozen=True, slots=True)
class AnnualCost:
    """The yearly cost of a plan by each of the three measures.

    Units: percent, to ten decimals; whether a cap holds is asked of `within_cap`, never of these.
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
    repaid in equal parts by those instalments that repay any: by the last one alone where only interest is due before.
    """
    per_year = UNIT_PERIODS_PER_YEAR[terms.frequency]
    every = unit_periods_between(terms)
    payments = _payments(schedule.rows)
    principal = schedule.principal_minor
    between = irr_of_instalments(principal, payments)
    periodic = between if every == 1 else (1 + between) ** (1 / every) - 1
    repaying = [row[0] for row in schedule.rows if row[2]]
    occupied = principal * sum(repaying) * every
    average = (sum(payments) - principal) * len(repaying) / occupied
    return AnnualCost(
        irr_nominal=_percent(nominal(periodic, per_year)),
        irr_effective=_percent(effective(periodic, per_year)),
        average_balance=_percent(average * per_year),
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
    return [principal + interest + fee for _, _, principal, interest, fee, _ in rows]


def _percent(share: float) -> Decimal:
    return Decimal(round(share * _SHOWN)).scaleb(-_SHOWN_DECIMALS)
