"""Five plans as a careful programmer writes them: Decimal loops, and pyxirr for the rate of return."""

from calendar import monthrange
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

import pyxirr

PRICE, RATE_PER_YEAR, START_ON = Decimal("5999.00"), Decimal("0.144"), date(2026, 1, 31)
TENORS = (3, 6, 12, 18, 24)
CENT = Decimal("0.01")


class Row(NamedTuple):
    instalment: int
    due_on: date
    principal: Decimal
    interest: Decimal
    fee: Decimal
    balance: Decimal


def run():
    return [_plan(tenor) for tenor in TENORS]


def _plan(tenor):
    rate = RATE_PER_YEAR / 12
    grown = (1 + rate) ** tenor
    payment = (PRICE * rate * grown / (grown - 1)).quantize(CENT, ROUND_HALF_UP)
    balance, rows = PRICE, []
    for number in range(1, tenor + 1):
        interest = (balance * rate).quantize(CENT, ROUND_HALF_UP)
        principal = balance if number == tenor else payment - interest
        balance -= principal
        rows.append(Row(number, _month_later(START_ON, number), principal, interest, Decimal(0), balance))
    cost = sum(row.interest for row in rows)
    periodic = pyxirr.irr([-PRICE, *(row.principal + row.interest + row.fee for row in rows)])
    average = cost * 24 / (PRICE * (tenor + 1)) * 100
    return rows, cost, periodic * 1200, ((1 + periodic) ** 12 - 1) * 100, average


def answer(plans):
    return [tuple(map(float, figures)) for _, *figures in plans]


def _month_later(day, months):
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
