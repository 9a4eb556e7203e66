"""The loops that value many loans, in whole numbers: loan by loan, each from its last instalment to its first."""

from fenqi.core.loan.arrears_table import Flags, Integers
from fenqi.core.loan.value_figure import (
    BY_PERIOD,
    FREE_COUNT,
    IS_FLAT,
    IS_KNOWN,
    LATE_NIGHT,
    LATE_PER,
    NIGHT,
    PER,
    TRUNCATES,
)
from fenqi.core.money.compiled import compiled

INTEREST, FEE, LATE, OWED = 0, 1, 2, 3
"""What comes out of a loan: earned and not due yet, grown since it was booked, due with all principal to come."""
SAFE_MAX = 2.0**61
"""Whole numbers below it fit, with what rounding adds."""


@compiled
def _rounded(whole: int, per: int, truncates: int) -> int:
    """whole ÷ per, half-up or without the rest."""
    return whole // per if truncates else (2 * whole + per) // (2 * per)


@compiled
def _late(row: int, late_weight: Integers, unpaid: Integers, days: int, figure: Integers) -> int:
    """What the late charge of an instalment has grown by over some days."""
    before, night, per = late_weight[row], figure[LATE_NIGHT], figure[LATE_PER]
    after = before + unpaid[row] * days
    return _rounded(after * night, per, figure[TRUNCATES]) - _rounded(before * night, per, figure[TRUNCATES])


@compiled
def _is_rounded(minor: int, whole: int, per: int, truncates: int) -> bool:
    """Whether an amount is whole ÷ per rounded, told without dividing."""
    rest = 2 * (whole - minor * per) + (0 if truncates else per)
    return 0 <= rest < 2 * per


@compiled
def _end(loan_of: Integers, start: int) -> int:
    """The place after the last row of the loan that begins at a row."""
    stop = start + 1
    while stop < loan_of.size and loan_of[stop] == loan_of[start]:
        stop += 1
    return stop


@compiled
def accrue(
    loan_of: Integers,
    drawn_on: Integers,
    terms_of: Integers,
    due_on: Integers,
    outstanding: Integers,
    unpaid: Integers,
    late_weight: Integers,
    late_from_on: Integers,
    principal: Integers,
    interest: Integers,
    fee: Integers,
    figures: Integers,
    on: int,
    out: Integers,
    told: Flags,
) -> None:
    """Fill in what each loan has earned and owes on a day, and whether its instalments to come tell that for certain.

    They do if nothing is paid on them and each bears the interest that its terms give it on what is still owed.

    Shapes: `drawn_on`, `terms_of`, `told` (loans); `figures` (terms, figures); `out` (loans, 4); the others (rows).
    """
    stop = 0
    for loan in range(drawn_on.size):
        figure, start = figures[terms_of[loan]], stop
        stop = _end(loan_of, start)
        balance, tells = 0, figure[IS_KNOWN] != 0
        for row in range(stop - 1, start - 1, -1):
            if due_on[row] <= on:
                out[loan, OWED] += outstanding[row]
                if unpaid[row] and due_on[row] < on and late_from_on[row] < on:
                    out[loan, LATE] += _late(row, late_weight, unpaid, on - late_from_on[row], figure)
                continue
            from_on = drawn_on[loan] if row == start else due_on[row - 1]
            period, used = max(due_on[row] - from_on, 1), max(on - from_on, 0)
            balance += principal[row]
            night = 0 if row - start < figure[FREE_COUNT] else balance * figure[NIGHT]
            per = figure[PER] * (period if figure[BY_PERIOD] else 1)
            planned = principal[row] + interest[row] + (fee[row] if figure[IS_FLAT] else 0)
            tells &= 2.0 * balance * figure[NIGHT] * period + 3.0 * per * (interest[row] + 1) < SAFE_MAX
            tells &= _is_rounded(interest[row], night * period, per, figure[TRUNCATES]) and outstanding[row] == planned
            out[loan, OWED] += principal[row]
            if used:
                out[loan, INTEREST] += _rounded(night * used, per, figure[TRUNCATES])
                out[loan, FEE] += _rounded(fee[row] * used, period, figure[TRUNCATES])
        told[loan] = tells
