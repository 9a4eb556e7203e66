"""Loans valued as the product values them: every instalment to come is held to its terms as well."""

import numpy as np
from values_batch import COUNT, LATE_PER_DAY, LOANS, ON, columns, told

from fenqi.core.loan.arrears_table import DueTable, Integers
from fenqi.core.loan.policy import Policy
from fenqi.core.loan.value_figure import value_figures
from fenqi.core.loan.value_table import ValueTable, accrual_many, payoff_many

BY_POINTS = {(loan.points, len(loan.rows)): loan.terms for loan in LOANS}
PLACES = {key: place for place, key in enumerate(BY_POINTS)}
POLICY = Policy(late_rate_per_day=LATE_PER_DAY)
FOUND = columns()
FIRST_OF = np.searchsorted(FOUND["loan_of"], np.arange(COUNT))
NOTHING = np.zeros_like(FOUND["due_on"])
TABLE = ValueTable(
    DueTable(
        FOUND["loan_of"],
        FOUND["due_on"],
        FOUND["due_on"],
        FOUND["outstanding"],
        FOUND["unpaid"],
        NOTHING,
        FOUND["due_on"],
    ),
    principal_minor=FOUND["principal"],
    interest_minor=FOUND["interest"],
    fee_minor=NOTHING,
    drawn_on=FOUND["drawn_on"][FIRST_OF],
    terms_of=np.array([PLACES[loan.points, len(loan.rows)] for loan in LOANS]),
    figures=value_figures([(terms, POLICY) for terms in BY_POINTS.values()]),
)
DAY = ON.toordinal()


def accrual() -> Integers:
    found = accrual_many(TABLE, on=DAY)
    assert found.is_told.all()
    return found.interest_minor + found.late_minor


def payoff() -> Integers:
    found = payoff_many(TABLE, on=DAY)
    assert found.is_told.all()
    return found.payoff_minor


answer = told
