"""The books of a loan: cumulative amounts whose differences are what the ledger posts."""

from datetime import date
from types import MappingProxyType

from fenqi.core.loan.component import Component, Parts, add_parts
from fenqi.core.loan.instalment import Instalment
from fenqi.core.loan.position import Position
from fenqi.core.loan.state import Books, Flow

INCOME = (Component.INTEREST, Component.FEE, Component.PENALTY)


def earned(position: Position, on: date) -> Parts:
    """Interest, fees and penalties recognised by a day: on their due day, or when paid before it.

    What a bank took back had been recognised before, and is not counted a second time.
    """
    sums = list(add_parts(_earned_of(row, on) for row in position.rows))
    for taken_back in position.charged_back.values():
        for component in INCOME:
            sums[component] -= taken_back[component]
    return Parts(*sums)


def early_of(row: Instalment) -> Parts:
    """What is recognised of an instalment before its due day: what was paid, or had been recognised before."""
    return Parts(0, *map(max, row.paid[1:], row.credited[1:]))


def _earned_of(row: Instalment, on: date) -> Parts:
    return Parts(0, *row.due[1:]) if row.due_on <= on else early_of(row)


def books(position: Position, on: date) -> Books:
    """The cumulative flows of a loan as of a day; after a write-off nothing more is earned."""
    flows = dict(position.flows)
    if position.charged_off_on is None:
        parts = earned(position, on)
        flows |= {(Flow.EARNED, component): parts[component] for component in INCOME}
    return MappingProxyType({key: minor for key, minor in flows.items() if minor})
