"""What recalculating after each event costs others: one schedule of 24 rows, of which 60 are needed."""

import pandas as pd
from curo import US30360, Calculator, Mode, SeriesAdvance, SeriesPayment

START_ON = pd.Timestamp("2024-01-15")


def run():
    calculator = Calculator(precision=2)
    calculator.add(SeriesAdvance(label="Loan", amount=12_000.00))
    calculator.add(SeriesPayment(number_of=24, label="Instalment", amount=None, mode=Mode.ARREAR))
    calculator.solve_value(convention=US30360(), interest_rate=0.144, start_date=START_ON)
    return calculator.build_schedule(calculator.profile, convention=US30360(), interest_rate=0.144)


def answer(schedule):
    return {"row_count": len(schedule) - 1}
