"""The rate of return of many loans at once."""

from collections.abc import Sequence

import numpy as np

from fenqi.core.product.irr import RateUndefined, irr_of_instalments
from fenqi.core.product.plan_figure import Floats, Integers

_STEP_SMALL = 4e-7
"""After a Newton step below this the error is below 10⁻¹¹, as for one loan."""
_ROUNDS_MAX = 50


def irr_many(principal_minor: Integers, payments_minor: Integers) -> Floats:
    """The internal rate of return per period of each loan, as `irr_of_instalments` finds it.

    What Newton's method does not reach from below, a loan that costs less than nothing, goes the way of one loan.
    Not a number where no rate makes the payments worth what was advanced.

    Shapes: `principal_minor` (n); `payments_minor` (instalments, n), one at the end of every period; the result (n).
    Units: minor units.
    """
    principal, payments = principal_minor.astype(np.float64), payments_minor.astype(np.float64)
    cost = payments.sum(axis=0) - principal
    count = len(payments)
    rate = np.maximum(cost / (np.maximum(principal, 1.0) * (count + 1)), 0.0)
    open_ones = (cost > 0) & (principal > 0)
    for _ in range(_ROUNDS_MAX):
        if not open_ones.any():
            break
        step = _step(principal[open_ones], payments[:, open_ones], rate[open_ones])
        rate[open_ones] = np.maximum(rate[open_ones] + step, 0.0)
        open_ones[open_ones] = np.abs(step) >= _STEP_SMALL
    rate[cost == 0] = 0.0
    for loan in map(int, np.flatnonzero(open_ones | (cost < 0) | (principal <= 0))):
        rate[loan] = _alone(int(principal_minor[loan]), [int(minor) for minor in payments_minor[:, loan]])
    return rate


def _step(principal: Floats, payments: Floats, rate: Floats) -> Floats:
    """Newton's step: Σ pₖ vᵏ less the principal, over Σ k pₖ vᵏ⁺¹."""
    factor = 1.0 / (1.0 + rate)
    worth, weighted = np.zeros_like(rate), np.zeros_like(rate)
    for payment in payments[::-1]:
        worth += payment
        weighted = (weighted + worth) * factor
        worth *= factor
    return (worth - principal) / (weighted * factor)


def _alone(principal_minor: int, payments_minor: Sequence[int]) -> float:
    try:
        return irr_of_instalments(principal_minor, payments_minor)
    except RateUndefined:
        return float("nan")
