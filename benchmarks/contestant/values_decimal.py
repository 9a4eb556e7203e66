"""Loans valued one by one with Decimal, instalment by instalment."""

from datetime import timedelta
from decimal import ROUND_HALF_UP, Decimal

from values_batch import LATE_PER_DAY, LOANS, ON, Loan, told

COUNT = 400
CENT = Decimal("0.01")
DAY = timedelta(days=1)


def _valued(loan: Loan) -> tuple[int, int]:
    from_on, rows = loan.drawn_on, loan.rows
    rate, accrued, owed = Decimal(loan.points) / 120_000, Decimal(0), Decimal(0)
    balance = sum((Decimal(row.principal_minor) / 100 for row in rows), Decimal(0))
    for row in rows:
        principal, interest = Decimal(row.principal_minor) / 100, Decimal(row.interest_minor) / 100
        if row.due_on > ON:
            owed += principal
            if from_on < ON:
                share = Decimal((ON - from_on) // DAY) / Decimal((row.due_on - from_on) // DAY)
                accrued += (balance * rate * share).quantize(CENT, ROUND_HALF_UP)
        elif row.instalment > loan.paid:
            owed += principal + interest
            accrued += (principal * LATE_PER_DAY * ((ON - row.due_on) // DAY)).quantize(CENT, ROUND_HALF_UP)
        balance, from_on = balance - principal, row.due_on
    return int(accrued * 100), int((accrued + owed) * 100)


def accrual() -> list[int]:
    return [_valued(loan)[0] for loan in LOANS[:COUNT]]


def payoff() -> list[int]:
    return [_valued(loan)[1] for loan in LOANS[:COUNT]]


answer = told
