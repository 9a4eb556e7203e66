"""Five plans as the product computes them; their terms come from a catalogue, which is read once."""

from datetime import date
from decimal import Decimal

from fenqi.core.product.apr import annual_cost
from fenqi.core.product.schedule import plan
from fenqi.core.product.terms import Method, Terms

PRICE_MINOR, START_ON = 599_900, date(2026, 1, 31)
TERMS = [
    Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=Decimal("0.144"), instalment_count=tenor)
    for tenor in (3, 6, 12, 18, 24)
]


def run():
    return [_plan(terms) for terms in TERMS]


def _plan(terms):
    schedule = plan(terms, principal_minor=PRICE_MINOR, start_on=START_ON)
    return schedule, annual_cost(schedule, terms)


def answer(plans):
    return [(schedule.cost_minor / 100, *map(float, annual)) for schedule, annual in plans]
