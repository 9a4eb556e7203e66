"""Plans of many loans as Decimal loops."""

from decimal import ROUND_HALF_UP, Decimal

from schedules_batch import COMPARED, LOANS

COUNT = 200
CENT = Decimal("0.01")
PLANNED = [(count, Decimal(points) / 120_000, Decimal(minor) / 100) for count, points, minor in LOANS[:COUNT]]


def run():
    return [_plan(*loan) for loan in PLANNED]


def _plan(tenor, rate, principal):
    grown = (1 + rate) ** tenor
    payment = (principal * rate * grown / (grown - 1)).quantize(CENT, ROUND_HALF_UP)
    balance, rows = principal, []
    for number in range(1, tenor + 1):
        interest = (balance * rate).quantize(CENT, ROUND_HALF_UP)
        part = balance if number == tenor else payment - interest
        balance -= part
        rows.append((part, interest))
    return rows


def answer(plans):
    return {"count": COUNT, "cost": [float(sum(interest for _, interest in rows)) for rows in plans[:COMPARED]]}
