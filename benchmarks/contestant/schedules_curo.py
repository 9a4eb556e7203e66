"""Plans of loans by curo, instalments solved for and laid out as a schedule."""

import pandas as pd
from curo import US30360, Calculator, Mode, SeriesAdvance, SeriesPayment
from schedules_batch import COMPARED, LOANS

START_ON = pd.Timestamp("2026-01-15")
COUNT = COMPARED


def run():
    return [_plan(tenor, points / 10_000, minor / 100) for tenor, points, minor in LOANS[:COUNT]]


def _plan(tenor, rate_per_year, principal):
    calculator = Calculator(precision=2)
    calculator.add(SeriesAdvance(label="Loan", amount=principal))
    calculator.add(SeriesPayment(number_of=tenor, label="Instalment", amount=None, mode=Mode.ARREAR))
    payment = calculator.solve_value(convention=US30360(), interest_rate=rate_per_year, start_date=START_ON)
    schedule = calculator.build_schedule(calculator.profile, convention=US30360(), interest_rate=rate_per_year)
    return payment * tenor - principal, schedule


def answer(plans):
    return {"count": COUNT, "cost": [cost for cost, _ in plans]}
