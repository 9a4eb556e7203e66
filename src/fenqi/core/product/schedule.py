"""The plan of a draw-down: what is due when, of principal, interest and fee."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from fenqi.core.dates.day_count import DayCount, Period, measure
from fenqi.core.dates.due_date import Frequency, MonthEnd, billed_due_days, due_days
from fenqi.core.money.amount import Rounding, round_ratio
from fenqi.core.product.annuity import Factor, equal_instalment, even_instalment
from fenqi.core.product.terms import RATE_SCALE, Method, Terms
from fenqi.core.refusal import Refusal


class PrincipalNotPositive(Refusal):
    """There is nothing to repay."""

    code = "principal_not_positive"


class PlanRow(NamedTuple):
    """One instalment as planned.

    A named tuple and not a dataclass because quotes build thousands of them: it is made in a third of the time.
    """

    instalment: int
    """Its number, from 1."""
    due_on: date
    principal_minor: int
    interest_minor: int
    fee_minor: int
    balance_minor: int
    """Principal still to fall due after this one."""

    @property
    def total_minor(self) -> int:
        """What the borrower pays on the due day."""
        return self.principal_minor + self.interest_minor + self.fee_minor


@dataclass(frozen=True, slots=True)
class Schedule:
    """A plan: what was drawn, when, and its instalments."""

    principal_minor: int
    start_on: date
    rows: tuple[PlanRow, ...]

    @property
    def interest_minor(self) -> int:
        """All interest of the plan."""
        return sum(row.interest_minor for row in self.rows)

    @property
    def fee_minor(self) -> int:
        """All fees of the plan."""
        return sum(row.fee_minor for row in self.rows)

    @property
    def cost_minor(self) -> int:
        """What the plan costs beyond the principal."""
        return sum([row.interest_minor + row.fee_minor for row in self.rows])

    @property
    def total_minor(self) -> int:
        """What the borrower pays in all."""
        return self.principal_minor + self.cost_minor


def plan(terms: Terms, *, principal_minor: int, start_on: date) -> Schedule:
    """Plan the repayment of a principal drawn on a day.

    Interest of each period is rounded on the rounded running balance; the last instalment takes the rest. A down
    payment is taken off the principal before.

    Units: minor units.
    Raises: PrincipalNotPositive.
    """
    if principal_minor <= 0:
        raise PrincipalNotPositive(f"a principal of {principal_minor} minor units", allowed="1 or more")
    due_on = list(due_days_of(terms, start_on))
    factors = period_factors(terms, [start_on, *due_on])
    return Schedule(principal_minor, start_on, _PLANS[terms.method](terms, principal_minor, due_on, factors))


def due_days_of(terms: Terms, start_on: date) -> Sequence[date]:
    """The days on which the instalments of a loan drawn on a day fall due."""
    count, every = terms.instalment_count, terms.repay_every
    if terms.method is Method.SINGLE_PAYMENT:
        count, every = 1, count * every
    if terms.bill_day is not None:
        after = terms.due_after_bill_days
        return billed_due_days(start_on, count=count, months=every, bill_day=terms.bill_day, due_after_days=after)
    return _days_from(start_on, count, every, terms.frequency, terms.month_end)


@lru_cache(maxsize=4096)
def _days_from(start_on: date, count: int, every: int, frequency: Frequency, month_end: MonthEnd) -> tuple[date, ...]:
    """Plans made on one day share their due days."""
    return tuple(due_days(start_on, count=count, repay_every=every, frequency=frequency, month_end=month_end))


def period_factors(terms: Terms, days: Sequence[date]) -> list[Factor]:
    """The interest per unit of balance of each period between consecutive days.

    The interest-free periods come first and have a factor of 0.
    """
    count = len(days) - 1
    every = terms.repay_every * (terms.instalment_count if terms.method is Method.SINGLE_PAYMENT else 1)
    if terms.frequency is Frequency.MONTHS and terms.day_count is DayCount.THIRTY_360:
        numerator, denominator = terms.rate_per_year.as_integer_ratio()
        factors = [(numerator * every, denominator * 12)] * count
    else:
        factors = [_period_factor(terms, from_on, due_on, every) for from_on, due_on in pairwise(days)]
    free = min(terms.interest_free_count, count)
    return [(0, 1)] * free + factors[free:] if free else factors


def _period_factor(terms: Terms, from_on: date, due_on: date, every: int) -> Factor:
    months = every if terms.frequency is Frequency.MONTHS else 0
    weighed = measure(Period(from_on, due_on, months), terms.day_count)
    return weighed.weight(from_on, due_on) * terms.rate_scaled, weighed.per_year * RATE_SCALE


_Rows = tuple[PlanRow, ...]
_Planner = Callable[[Terms, int, Sequence[date], Sequence[Factor]], _Rows]


def _equal_instalment(terms: Terms, principal: int, due_on: Sequence[date], factors: Sequence[Factor]) -> _Rows:
    rounding, multiple = terms.instalment_rounding, terms.instalment_multiple_minor
    if _are_even(factors):
        part, whole = even_instalment(*factors[0], len(factors))
        amount = round_ratio(principal * part, whole * multiple, rounding) * multiple
    else:
        numerator, denominator = factors[0]
        owed = (principal * (denominator + numerator), denominator)
        amount = equal_instalment(owed, factors[1:], rounding=rounding, multiple_minor=multiple)
    return _repay(terms, principal, due_on, factors, amount, with_interest=True)


def _equal_principal(terms: Terms, principal: int, due_on: Sequence[date], factors: Sequence[Factor]) -> _Rows:
    return _repay(terms, principal, due_on, factors, equal_parts(principal, terms)[0])


def _principal_last(terms: Terms, principal: int, due_on: Sequence[date], factors: Sequence[Factor]) -> _Rows:
    return _repay(terms, principal, due_on, factors, 0)


def _repay(
    terms: Terms,
    principal: int,
    due_on: Sequence[date],
    factors: Sequence[Factor],
    amount: int,
    *,
    with_interest: bool = False,
) -> _Rows:
    """Rows that each repay an amount, in which their interest is contained or not; the last takes the rest.

    They are made past the named tuple's own constructor: in half its time.
    """
    new = tuple.__new__  # pyright: ignore[reportUnknownVariableType, reportUnknownMemberType]
    rows: list[PlanRow] = []
    balance, last = principal, len(due_on)
    ties_to_even = terms.rounding is Rounding.HALF_EVEN
    steps = _roundings(factors, terms.rounding)
    for number, day, (times, plus, per) in zip(range(1, last + 1), due_on, steps, strict=True):
        interest = (balance * times + plus) // per
        if ties_to_even and interest & 1 and not (balance * times + plus) % per:
            interest -= 1
        part = amount - interest if with_interest else amount
        if part > balance or number == last:
            part = balance
        elif part < 0:
            part = 0
        balance -= part
        rows.append(new(PlanRow, (number, day, part, interest, 0, balance)))
    return tuple(rows)


def _roundings(factors: Sequence[Factor], rounding: Rounding) -> list[tuple[int, int, int]]:
    """Numbers t, p, q of each period such that its interest is (balance · t + p) ÷ q without the rest.

    Rounding to the nearest adds a half before the rest is dropped.
    """
    if _are_even(factors):
        return [_rounding(factors[0], rounding)] * len(factors)
    return [_rounding(factor, rounding) for factor in factors]


def _rounding(factor: Factor, rounding: Rounding) -> tuple[int, int, int]:
    numerator, denominator = factor
    return (numerator, 0, denominator) if rounding is Rounding.DOWN else (2 * numerator, denominator, 2 * denominator)


def _are_even(factors: Sequence[Factor]) -> bool:
    return factors.count(factors[0]) == len(factors)


def _flat_fee(terms: Terms, principal: int, due_on: Sequence[date], factors: Sequence[Factor]) -> _Rows:
    return tuple(
        PlanRow(number, day, part, 0, cost, balance)
        for number, day, part, cost, balance in _flat_parts(terms, principal, due_on, factors)
    )


def _flat_interest(terms: Terms, principal: int, due_on: Sequence[date], factors: Sequence[Factor]) -> _Rows:
    return tuple(
        PlanRow(number, day, part, cost, 0, balance)
        for number, day, part, cost, balance in _flat_parts(terms, principal, due_on, factors)
    )


def _flat_parts(
    terms: Terms, principal: int, due_on: Sequence[date], factors: Sequence[Factor]
) -> list[tuple[int, date, int, int, int]]:
    free = terms.interest_free_count
    paying = factors[free:]
    total = flat_cost(principal, paying, terms) if paying else 0
    costs = [0] * free + (equal_parts(total, terms, count=len(paying)) if paying else [])
    parts = flat_principal(principal, costs, terms)
    rows: list[tuple[int, date, int, int, int]] = []
    balance = principal
    for number, (day, part, cost) in enumerate(zip(due_on, parts, costs, strict=True), 1):
        balance -= part
        rows.append((number, day, part, cost, balance))
    return rows


def flat_cost(principal_minor: int, factors: Sequence[Factor], terms: Terms) -> int:
    """What a flat rate costs over all periods: a share of the first principal."""
    numerator, denominator = 0, 1
    for part, per in factors:
        numerator, denominator = (
            (numerator + part, denominator)
            if per == denominator
            else (numerator * per + part * denominator, denominator * per)
        )
    return round_ratio(principal_minor * numerator, denominator, terms.rounding)


def flat_principal(principal_minor: int, costs: Sequence[int], terms: Terms) -> list[int]:
    """The principal of each instalment under a flat cost: equal parts, or what makes instalments whole multiples."""
    multiple, count = terms.instalment_multiple_minor, len(costs)
    if multiple == 1:
        return equal_parts(principal_minor, terms, count=count)
    whole = principal_minor + sum(costs)
    amount = round_ratio(whole, count * multiple, terms.instalment_rounding) * multiple
    parts, left = list[int](), principal_minor
    for cost in costs[:-1]:
        parts.append(max(min(amount - cost, left), 0))
        left -= parts[-1]
    return [*parts, left]


def equal_parts(total_minor: int, terms: Terms, *, count: int = 0) -> list[int]:
    """Split an amount over the instalments: equal rounded parts, the last takes the rest.

    No part is negative: an amount that is used up early leaves nothing for the last ones.
    """
    count = count or terms.instalment_count
    part = round_ratio(total_minor, count, terms.instalment_rounding)
    if part * (count - 1) <= total_minor:
        return [part] * (count - 1) + [total_minor - part * (count - 1)]
    full, rest = divmod(total_minor, part)
    return [part] * full + [rest] + [0] * (count - full - 1)


_PLANS: dict[Method, _Planner] = {
    Method.EQUAL_INSTALMENT: _equal_instalment,
    Method.EQUAL_PRINCIPAL: _equal_principal,
    Method.FLAT_FEE: _flat_fee,
    Method.FLAT_INTEREST: _flat_interest,
    Method.INTEREST_ONLY: _principal_last,
    Method.SINGLE_PAYMENT: _principal_last,
}
