"""Five plans by curo: the instalment solved for, then the rates, on a data frame of cash flows."""

import pandas as pd
from curo import EU200848EC, US30360, Calculator, Mode, SeriesAdvance, SeriesPayment

PRICE, RATE_PER_YEAR, START_ON = 5999.00, 0.144, pd.Timestamp("2026-01-31")
TENORS = (3, 6, 12, 18, 24)


def run():
    return [_plan(tenor) for tenor in TENORS]


def _plan(tenor):
    calculator = Calculator(precision=2)
    calculator.add(SeriesAdvance(label="Loan", amount=PRICE))
    calculator.add(SeriesPayment(number_of=tenor, label="Instalment", amount=None, mode=Mode.ARREAR))
    payment = calculator.solve_value(convention=US30360(), interest_rate=RATE_PER_YEAR, start_date=START_ON)
    nominal = calculator.solve_rate(convention=US30360()) * 100
    effective = calculator.solve_rate(convention=EU200848EC()) * 100
    cost = payment * tenor - PRICE
    return cost, nominal, effective, cost * 24 / (PRICE * (tenor + 1)) * 100


def answer(plans):
    return plans
