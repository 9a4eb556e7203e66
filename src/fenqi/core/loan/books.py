"""The books of a loan: cumulative amounts whose differences are what the ledger posts."""

from datetime import date
from types import MappingProxyType

from fenqi.core.loan.component import Component, Parts
from fenqi.core.loan.position import Position
from fenqi.core.loan.state import Books, Flow

INCOME = (Component.INTEREST, Component.FEE, Component.PENALTY)


def earned(position: Position, on: date) -> Parts:
    """Interest, fees and penalties recognised by a day: on their due day, or when paid before it.

    What a bank took back had been recognised before, and is not counted a second time.
    """
    sums = [0, 0, 0, 0]
    for row in position.rows:
        for component in INCOME:
            if row.due_on <= on:
                sums[component] += row.due[component]
            else:
                sums[component] += max(row.paid[component], row.credited[component])
    for taken_back in position.charged_back.values():
        for component in INCOME:
            sums[component] -= taken_back[component]
    return Parts(*sums)


def books(position: Position, on: date) -> Books:
    """The cumulative flows of a loan as of a day; after a write-off nothing more is earned."""
    flows = dict(position.flows)
    if position.charged_off_on is None:
        parts = earned(position, on)
        flows |= {(Flow.EARNED, component): parts[component] for component in INCOME}
    return MappingProxyType({key: minor for key, minor in flows.items() if minor})
