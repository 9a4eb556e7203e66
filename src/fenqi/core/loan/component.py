"""What a borrower owes a loan for: principal, interest, fees and penalties."""

from collections.abc import Iterable
from enum import IntEnum
from typing import NamedTuple


class Component(IntEnum):
    """A part of a due; its number is its place in `Parts`."""

    PRINCIPAL = 0
    INTEREST = 1
    FEE = 2
    PENALTY = 3


class Parts(NamedTuple):
    """An amount by component. Units: minor units."""

    principal: int = 0
    interest: int = 0
    fee: int = 0
    penalty: int = 0

    @property
    def total(self) -> int:
        """All components together."""
        return sum(self)


def add_parts(parts: Iterable[Iterable[int]]) -> Parts:
    """Sum amounts component by component."""
    sums = [0, 0, 0, 0]
    for part in parts:
        for place, minor in enumerate(part):
            sums[place] += minor
    return Parts(*sums)
