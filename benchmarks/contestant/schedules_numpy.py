"""Plans of many loans as a careful programmer writes them in NumPy: by tenor, one instalment after the other.

In whole numbers, because floats miss a cent where an interest falls on a half.
"""

import numpy as np
from schedules_batch import COMPARED, COUNT, LOANS

TENORS = (3, 6, 12, 24)
COUNTS, POINTS, PRINCIPAL_MINOR = (np.array(column) for column in zip(*LOANS, strict=True))


def run():
    return [_plan(tenor) for tenor in TENORS]


def _plan(tenor):
    loans = np.flatnonzero(tenor == COUNTS)
    balance, points = PRINCIPAL_MINOR[loans], POINTS[loans]
    rate = points / 120_000
    payment = np.floor(balance * rate / (1 - (1 + rate) ** -tenor) + 0.5).astype(np.int64)
    principal, interest = np.empty((tenor, loans.size), np.int64), np.empty((tenor, loans.size), np.int64)
    for number in range(tenor):
        interest[number] = (2 * balance * points + 120_000) // 240_000
        part = np.clip(payment - interest[number], 0, balance) if number < tenor - 1 else balance
        principal[number] = part
        balance = balance - part
    return loans, principal, interest


def answer(tables):
    cost = np.empty(COUNT, np.int64)
    for loans, _, interest in tables:
        cost[loans] = interest.sum(axis=0)
    return {"count": COUNT, "cost": (cost[:COMPARED] / 100).tolist(), "all": int(cost.sum()) / 100}
