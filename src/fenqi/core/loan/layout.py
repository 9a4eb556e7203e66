"""Which instalments a loan has, and the regular amount of each."""

from datetime import date
from itertools import pairwise

from fenqi.core.dates.day_count import Period
from fenqi.core.dates.due_date import Frequency
from fenqi.core.loan.instalment import FEE, INTEREST, PRINCIPAL, Instalment
from fenqi.core.loan.interest import first_interest, recompute
from fenqi.core.loan.position import Position
from fenqi.core.loan.state import RowKind
from fenqi.core.money.amount import Rounding, round_minor, round_ratio
from fenqi.core.product.annuity import Factor, equal_instalment, rounded_factor
from fenqi.core.product.schedule import due_days_of, equal_parts, flat_cost, flat_principal
from fenqi.core.product.terms import RATE_SCALE, Method, Terms


def lay_out(position: Position, start_on: date) -> None:
    """Give a loan its regular instalments, empty, from the day of the first draw."""
    position.start_on = start_on
    free = position.agreement.terms.interest_free_count
    for number, period in enumerate(_periods(position, start_on)):
        position.insert(
            Instalment(
                kind=RowKind.REGULAR,
                from_on=period.from_on,
                due_on=period.due_on,
                months=period.months,
                free=number < free,
            )
        )


def _periods(position: Position, start_on: date) -> tuple[Period, ...]:
    terms = position.agreement.terms
    if position.agreement.periods:
        return position.agreement.periods
    every = terms.repay_every * (terms.instalment_count if terms.method is Method.SINGLE_PAYMENT else 1)
    days = due_days_of(terms, start_on)
    months = every if terms.frequency is Frequency.MONTHS else 0
    return tuple(Period(from_on, due_on, months) for from_on, due_on in pairwise([start_on, *days]))


def down_payment(terms: Terms, amount_minor: int) -> int:
    """The part of a draw that is due at once, in the multiples of the terms."""
    multiple = terms.down_payment_multiple_minor or terms.instalment_multiple_minor
    exact = terms.down_payment_share * amount_minor / multiple
    return round_minor(exact, terms.instalment_rounding) * multiple


def open_from(position: Position, on: date) -> list[Instalment]:
    """The regular instalments due after a day; under a fixed plan the earlier ones are settled as planned."""
    rows = [row for row in position.regular if row.due_on > on]
    if not position.recalculates:
        for row in position.regular:
            if row.due_on <= on:
                row.pinned = row.sealed = True
    return rows


def spread(position: Position, rows: list[Instalment], on: date) -> None:
    """Plan the regular amounts of instalments anew, for the principal that is not planned before them."""
    if not rows:
        return
    chosen = set(map(id, rows))
    planned = sum(row.due[PRINCIPAL] - row.credited[PRINCIPAL] for row in position.regular if id(row) not in chosen)
    total = position.lent_minor - planned
    _SPREADS[position.agreement.terms.method](position, rows, total, on)


def factor(position: Position, row: Instalment) -> Factor:
    """The interest of a whole period per unit of balance, pauses ignored."""
    if row.free:
        return 0, 1
    weights = row.measure(position.agreement.terms)
    line = position.rates.without_pauses()
    weight = line.weigh(weights, row.from_on, row.due_on)
    return rounded_factor(weight, weights.per_year * RATE_SCALE, position.agreement.policy.factor_digits)


def _spread_equal_instalment(position: Position, rows: list[Instalment], total: int, on: date) -> None:
    terms = position.agreement.terms
    interest, denominator = first_interest(position, rows[0], on)
    amount = equal_instalment(
        (total * denominator + interest, denominator),
        [factor(position, row) for row in rows[1:]],
        rounding=terms.instalment_rounding,
        multiple_minor=terms.instalment_multiple_minor,
    )
    rates, position.rates = position.rates, position.rates.without_pauses()
    _set_amount(position, rows, amount, on)
    if terms.levels_last and terms.instalment_multiple_minor == 1:
        _level(position, rows, amount, on)
    position.rates = rates
    recompute(position, on)


def _set_amount(position: Position, rows: list[Instalment], amount: int, on: date) -> None:
    for row in rows:
        row.amount = amount
    recompute(position, on)


def _gap(rows: list[Instalment], amount: int) -> int:
    last = rows[-1]
    return last.due[PRINCIPAL] + last.due[INTEREST] - last.credited[PRINCIPAL] - last.credited[INTEREST] - amount


def _level(position: Position, rows: list[Instalment], amount: int, on: date) -> None:
    """Try a second amount where the last instalment differs from the others by more than half a cent each."""
    gap, count = _gap(rows, amount), len(rows)
    if not count // 2 or abs(gap) <= count // 2:
        return
    second = amount + round_ratio(gap, count, Rounding.HALF_EVEN)
    if second == amount:
        return
    _set_amount(position, rows, second, on)
    if abs(_gap(rows, second)) >= abs(gap):
        _set_amount(position, rows, amount, on)


def _spread_equal_principal(position: Position, rows: list[Instalment], total: int, on: date) -> None:
    for row, part in zip(rows, equal_parts(total, position.agreement.terms, count=len(rows)), strict=True):
        row.principal_part = part
    recompute(position, on)


def _spread_principal_last(position: Position, rows: list[Instalment], total: int, on: date) -> None:
    for row in rows:
        row.principal_part = 0
    rows[-1].principal_part = total
    recompute(position, on)


def _spread_flat(position: Position, rows: list[Instalment], total: int, on: date) -> None:
    terms = position.agreement.terms
    paying = [row for row in rows if not row.free]
    cost = flat_cost(position.lent_minor, [factor(position, row) for row in paying], terms) if paying else 0
    shares = iter(equal_parts(cost, terms, count=len(paying)) if paying else [])
    costs = [0 if row.free else next(shares) for row in rows]
    for row, part, share in zip(rows, flat_principal(total, costs, terms), costs, strict=True):
        row.principal_part = part
        _set_flat_cost(row, share, as_fee=terms.method is Method.FLAT_FEE)
    recompute(position, on)


def _set_flat_cost(row: Instalment, cost: int, *, as_fee: bool) -> None:
    """Plan an instalment's flat cost; a fee that was paid stays paid."""
    row.fixed_interest = 0 if as_fee else cost
    if as_fee:
        cost = max(cost, row.flat_fee - row.left()[FEE])
        row.due[FEE] += cost - row.flat_fee
        row.flat_fee = cost


_SPREADS = {
    Method.EQUAL_INSTALMENT: _spread_equal_instalment,
    Method.EQUAL_PRINCIPAL: _spread_equal_principal,
    Method.FLAT_FEE: _spread_flat,
    Method.FLAT_INTEREST: _spread_flat,
    Method.INTEREST_ONLY: _spread_principal_last,
    Method.SINGLE_PAYMENT: _spread_principal_last,
}
