"""The loops that plan many loans: whole numbers held in floats, which hold them exactly up to 2⁵³."""

import numpy as np

from fenqi.core.money.compiled import compiled
from fenqi.core.product.plan_figure import (
    AMOUNT_PER,
    AMOUNT_PLUS,
    AMOUNT_TIMES,
    IS_NEAR,
    MULTIPLE,
    PER,
    PLUS,
    TIMES,
    Flags,
    Floats,
    Integers,
)

BLOCK = 64
"""Loans that are planned side by side: few enough to stay in the nearest cache, many enough for wide instructions."""
EXACT_MAX = 2.0**52
NEAR_MAX = 2.0**32
DOUBT = 1e-6
"""A product of two floats below `NEAR_MAX` is wrong by less than this."""


@compiled
def _rounded(whole: float, per: float, inverse: float) -> float:
    """whole ÷ per without the rest; the product with the inverse misses it by one at most."""
    quotient = np.floor(whole * inverse)
    rest = whole - quotient * per
    return quotient + np.float64(rest >= per) - np.float64(rest < 0.0)


@compiled
def _amount(principal: float, figures: Floats) -> tuple[float, bool]:
    """What each instalment repays, and whether that is in doubt."""
    whole = principal * figures[AMOUNT_TIMES] + figures[AMOUNT_PLUS]
    amount = _rounded(whole, figures[AMOUNT_PER], 1.0 / figures[AMOUNT_PER])
    rest = whole - amount
    is_near = figures[IS_NEAR] != 0.0
    doubtful = whole >= (NEAR_MAX if is_near else EXACT_MAX)
    doubtful |= is_near and (rest < DOUBT or rest > 1.0 - DOUBT)
    doubtful |= principal * figures[TIMES] + figures[PLUS] >= EXACT_MAX
    return amount * figures[MULTIPLE], doubtful


@compiled
def repay(
    loans: Integers,
    principal_minor: Integers,
    terms_of: Integers,
    table: Floats,
    count: int,
    free: int,
    takes_interest: bool,
    out_principal: Integers,
    out_interest: Integers,
    doubtful: Flags,
) -> None:
    """Fill in principal and interest of every instalment of some loans; the last instalment takes the rest.

    Where a result cannot be told for certain in floats, the loan is marked as doubtful.

    Shapes: `loans`, `doubtful` (n); `principal_minor`, `terms_of` (all loans); `table` (terms, figures);
    `out_principal`, `out_interest` (count, n).
    """
    balance, amount = np.empty(BLOCK), np.empty(BLOCK)
    times, plus, per, inverse = np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK), np.empty(BLOCK)
    taken = np.float64(takes_interest)
    for start in range(0, loans.size, BLOCK):
        stop = min(start + BLOCK, loans.size)
        size = stop - start
        for place in range(size):
            figures = table[terms_of[loans[start + place]]]
            balance[place] = principal_minor[loans[start + place]]
            amount[place], doubtful[start + place] = _amount(balance[place], figures)
            times[place], plus[place], per[place] = figures[TIMES], figures[PLUS], figures[PER]
            inverse[place] = 1.0 / per[place]
        for number in range(count):
            row_principal, row_interest = out_principal[number, start:stop], out_interest[number, start:stop]
            bears, is_last = np.float64(number >= free), np.float64(number == count - 1)
            for place in range(size):
                whole = balance[place] * times[place] + plus[place]
                interest = _rounded(whole, per[place], inverse[place]) * bears
                part = min(max(amount[place] - interest * taken, is_last * balance[place]), balance[place])
                balance[place] -= part
                row_principal[place] = np.int64(part)
                row_interest[place] = np.int64(interest)
