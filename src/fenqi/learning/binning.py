"""Monotone bins: equal shares, rounded edges, then neighbours merged until risk runs one way and bins differ.

All comparisons are exact, in integers, so the bins do not depend on the machine.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

FINE_BINS = 50
EDGE_DIGITS = 2
SHARE_MIN = Fraction(5, 100)
Z_SQUARED_MIN = Fraction(169, 100)
"""Neighbours whose bad rates differ by less than 1.3 standard errors are one bin."""


class Cell(NamedTuple):
    """How many rows a bin holds, and how many of them went bad."""

    rows: int
    bad: int


@dataclass(frozen=True, slots=True)
class Binning:
    """A feature's bins: bin i holds edges[i-1] <= value < edges[i]; `missing` holds the rows without a value."""

    edges: tuple[int, ...]
    cells: tuple[Cell, ...]
    missing: Cell


def bin_monotone(values: Sequence[int | None], outcomes: Sequence[bool], *, risk_rises: bool) -> Binning:
    """Bin one feature so that its bad rate runs one way only.

    The direction is the feature's own, never learned. Edges are rounded to two significant digits before anything
    is counted; every bin holds at least 5 % of the rows.

    Shapes: one outcome a value.
    """
    known = sorted((value, bad) for value, bad in zip(values, outcomes, strict=True) if value is not None)
    absent = [bad for value, bad in zip(values, outcomes, strict=True) if value is None]
    edges = _fine_edges([value for value, _ in known])
    bins = _Bins(edges, _count(known, edges), rows=len(values), sign=1 if risk_rises else -1)
    bins.pool_violators()
    bins.absorb_small()
    bins.join_alike()
    return Binning(tuple(bins.edges), tuple(bins.cells), missing=Cell(len(absent), sum(absent)))


def round_edge(value: int, *, digits: int = EDGE_DIGITS) -> int:
    """Round a bin edge half up to its leading digits."""
    unit = 10 ** max(len(str(abs(value))) - digits, 0)
    return (2 * value + unit) // (2 * unit) * unit


def _fine_edges(ordered: Sequence[int]) -> list[int]:
    places = {len(ordered) * part // FINE_BINS for part in range(1, FINE_BINS)}
    marks = {round_edge(ordered[place]) for place in places if place < len(ordered)}
    return sorted(mark for mark in marks if ordered[0] < mark <= ordered[-1])


def _count(known: Iterable[tuple[int, bool]], edges: Sequence[int]) -> list[Cell]:
    cells: list[Cell] = []
    rows = bad = 0
    for value, went_bad in known:
        while len(cells) < len(edges) and value >= edges[len(cells)]:
            cells.append(Cell(rows, bad))
            rows = bad = 0
        rows, bad = rows + 1, bad + went_bad
    return [*cells, Cell(rows, bad)]


@dataclass(slots=True)
class _Bins:
    """Bins while they are being merged."""

    edges: list[int]
    cells: list[Cell]
    rows: int
    sign: int

    def pool_violators(self) -> None:
        """Merge neighbours whose bad rate does not move in the declared direction."""
        place = 0
        while place < len(self.edges):
            low, high = self.cells[place], self.cells[place + 1]
            if self.sign * (high.bad * low.rows - low.bad * high.rows) <= 0:
                self._merge(place)
                place = max(place - 1, 0)
            else:
                place += 1

    def absorb_small(self) -> None:
        """Merge a bin with too few rows into the neighbour whose bad rate is nearer."""
        while self.edges:
            place = min(range(len(self.cells)), key=lambda index: self.cells[index].rows)
            if self.cells[place].rows >= SHARE_MIN * self.rows:
                return
            neighbours = [index for index in (place - 1, place) if 0 <= index < len(self.edges)]
            self._merge(min(neighbours, key=self._gap))

    def join_alike(self) -> None:
        """Merge neighbours whose bad rates differ by no more than chance, the most alike first."""
        while self.edges:
            place = min(range(len(self.edges)), key=self._z_squared)
            if self._z_squared(place) >= Z_SQUARED_MIN:
                return
            self._merge(place)

    def _merge(self, place: int) -> None:
        low, high = self.cells[place], self.cells[place + 1]
        self.cells[place : place + 2] = [Cell(low.rows + high.rows, low.bad + high.bad)]
        del self.edges[place]

    def _gap(self, place: int) -> Fraction:
        low, high = self.cells[place], self.cells[place + 1]
        return abs(Fraction(high.bad, high.rows) - Fraction(low.bad, low.rows))

    def _z_squared(self, place: int) -> Fraction:
        low, high = self.cells[place], self.cells[place + 1]
        rows, bad = low.rows + high.rows, low.bad + high.bad
        spread = bad * (rows - bad) * low.rows * high.rows
        return Fraction((high.bad * low.rows - low.bad * high.rows) ** 2 * rows, spread) if spread else Fraction(0)
