"""Loans valued as a careful programmer does in NumPy, in whole numbers: every instalment at once, then sums by loan.

Instalments to come are trusted.
"""

from typing import cast

import numpy as np
from numpy.typing import NDArray
from values_batch import COUNT, ON, columns, told

Minor = NDArray[np.int64]
FOUND = columns()
DAY = ON.toordinal()
FIRST_OF = np.searchsorted(FOUND["loan_of"], np.arange(COUNT))


def _by_loan(minor: Minor) -> Minor:
    return cast("Minor", np.add.reduceat(minor, FIRST_OF))


def accrual() -> Minor:
    due_on, from_on, principal = FOUND["due_on"], FOUND["from_on"], FOUND["principal"]
    running = (from_on < DAY) & (due_on > DAY)
    whole = _by_loan(principal)[FOUND["loan_of"]]
    paid_off = np.cumsum(principal) - principal
    balance = whole - (paid_off - paid_off[FIRST_OF][FOUND["loan_of"]])
    per = 120_000 * (due_on - from_on)
    interest = np.where(running, (2 * balance * FOUND["points"] * (DAY - from_on) + per) // (2 * per), 0)
    late_days = np.maximum(DAY - due_on, 0)
    late = (2 * FOUND["unpaid"] * late_days * 5 + 10_000) // 20_000
    return _by_loan(interest + late)


def payoff() -> Minor:
    owed = np.where(FOUND["due_on"] > DAY, FOUND["principal"], FOUND["outstanding"])
    return accrual() + _by_loan(owed)


answer = told
