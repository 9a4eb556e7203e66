"""One tree, grown leaf by leaf where it gains most.

Gradients are whole numbers, so that a sum does not depend on the order in which a machine adds.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fenqi.core.decision.trees import LEAF, Tree
from fenqi.learning.boost.bins import MISSING, Bins

UNIT = 1 << 20
"""A gradient of one, as a whole number."""
VALUE_DIGITS = 6

Ints = NDArray[np.int64]


@dataclass(frozen=True, kw_only=True)
class Limits:
    """How far a tree may go."""

    leaves: int = 24
    rows_min: int = 20
    ridge: float = 1.0
    weight_min: float = 1e-3
    gain_min: float = 1e-6


@dataclass
class _Leaf:
    """A leaf while the tree grows: its rows, their sums by bin, and the best cut found in them."""

    node: int
    rows: Any
    sums: Any
    cut: tuple[float, int, int, bool]


def grow(
    bins: Bins, gradients: Ints, curvatures: Ints, features: Ints, *, limits: Limits, rate: float
) -> tuple[Tree, Ints]:
    """Grow a tree on some of the features; also the node in which each row ends.

    Shapes: one gradient and one curvature a row, in units of 1 / UNIT.
    """
    growing = _Growing(bins, gradients, curvatures, features, limits=limits, rate=rate)
    growing.run()
    return growing.tree(), growing.ends


class _Growing:
    def __init__(
        self, bins: Bins, gradients: Ints, curvatures: Ints, features: Ints, *, limits: Limits, rate: float
    ) -> None:
        self._bins, self._gradients, self._curvatures = bins, gradients, curvatures
        self._features, self._limits, self._rate = features, limits, rate
        self._nodes: list[tuple[int, float, int, int, bool]] = []
        self._counts: list[int] = []
        self._values: list[float] = []
        self.ends = np.zeros(len(gradients), dtype=np.int64)

    def run(self) -> None:
        rows = np.arange(len(self._gradients))
        open_leaves = [self._leaf(rows, self._sums(rows))]
        while len(open_leaves) < self._limits.leaves:
            best = max(open_leaves, key=lambda leaf: (leaf.cut[0], -leaf.node))
            if best.cut[0] <= self._limits.gain_min:
                break
            open_leaves.remove(best)
            open_leaves += self._divide(best)
        for leaf in open_leaves:
            self.ends[leaf.rows] = leaf.node

    def tree(self) -> Tree:
        """The grown tree; an inner node has the mean of its children by rows."""
        values = list(self._values)
        for node in reversed(range(len(self._nodes))):
            feature, _, left, right, _ = self._nodes[node]
            if feature != LEAF:
                total = self._counts[left] * values[left] + self._counts[right] * values[right]
                values[node] = round(total / self._counts[node], VALUE_DIGITS)
        feature, threshold, left, right, missing_left = (tuple(part) for part in zip(*self._nodes, strict=True))
        return Tree(feature, threshold, left, right, missing_left, tuple(values))

    def _sums(self, rows: Any) -> Any:
        return _sums_of(self._bins.places, rows, self._gradients, self._curvatures, self._features)

    def _leaf(self, rows: Any, sums: Any) -> _Leaf:
        node, limits = len(self._nodes), self._limits
        slope, weight = int(self._gradients[rows].sum()), int(self._curvatures[rows].sum())
        step = -self._rate * slope / (weight + limits.ridge * UNIT)
        self._nodes.append((LEAF, 0.0, 0, 0, False))
        self._counts.append(len(rows))
        self._values.append(round(step, VALUE_DIGITS))
        cut = _best_cut(
            sums, slope, weight, len(rows), limits.ridge * UNIT, limits.rows_min, int(limits.weight_min * UNIT)
        )
        return _Leaf(node, rows, sums, cut)

    def _divide(self, leaf: _Leaf) -> tuple[_Leaf, _Leaf]:
        _, place, cut, missing_left = leaf.cut
        feature = int(self._features[place])
        found = self._bins.places[leaf.rows, feature]
        to_left = np.where(found == MISSING, missing_left, found <= cut)
        left_rows, right_rows = leaf.rows[to_left], leaf.rows[~to_left]
        smaller = self._sums(left_rows if len(left_rows) <= len(right_rows) else right_rows)
        larger = leaf.sums - smaller
        left_sums, right_sums = (smaller, larger) if len(left_rows) <= len(right_rows) else (larger, smaller)
        left, right = self._leaf(left_rows, left_sums), self._leaf(right_rows, right_sums)
        edges = self._bins.edges[feature]
        threshold = float(edges[cut]) if cut < len(edges) else np.finfo(np.float64).max
        self._nodes[leaf.node] = (feature, threshold, left.node, right.node, bool(missing_left))
        return left, right


@njit(cache=True)
def _sums_of(places: Any, rows: Any, gradients: Any, curvatures: Any, features: Any) -> Any:
    sums = np.zeros((len(features), MISSING + 1, 3), dtype=np.int64)
    for row in rows:
        slope, weight = gradients[row], curvatures[row]
        for place in range(len(features)):
            cell = sums[place, places[row, features[place]]]
            cell[0] += slope
            cell[1] += weight
            cell[2] += 1
    return sums


@njit(cache=True)
def _best_cut(
    sums: Any, slope: int, weight: int, rows: int, ridge: float, rows_min: int, weight_min: int
) -> tuple[float, int, int, bool]:
    """The best gain, and the place of its feature, its bin, and whether missing values go left."""
    best_gain, best_place, best_cut, best_missing_left = 0.0, 0, 0, False
    for place in range(len(sums)):
        for missing_left in (False, True):
            if missing_left and sums[place, MISSING, 2] == 0:
                continue
            gain, cut = _best_bin(sums[place], missing_left, slope, weight, rows, ridge, rows_min, weight_min)
            if gain > best_gain:
                best_gain, best_place, best_cut, best_missing_left = gain, place, cut, missing_left
    return best_gain / UNIT, best_place, best_cut, best_missing_left


@njit(cache=True)
def _best_bin(
    cells: Any, missing_left: bool, slope: int, weight: int, rows: int, ridge: float, rows_min: int, weight_min: int
) -> tuple[float, int]:
    """The best gain of one feature, and the last bin that goes left for it."""
    before = float(slope) * float(slope) / (weight + ridge)
    best_gain, best_cut = 0.0, 0
    left_slope, left_weight, left_rows = cells[MISSING] if missing_left else cells[MISSING] * 0
    for cut in range(MISSING):
        if cells[cut, 2] == 0:
            continue
        left_slope += cells[cut, 0]
        left_weight += cells[cut, 1]
        left_rows += cells[cut, 2]
        if left_rows < rows_min or left_weight < weight_min:
            continue
        if rows - left_rows < rows_min or weight - left_weight < weight_min:
            break
        right_slope = float(slope - left_slope)
        gain = float(left_slope) * float(left_slope) / (left_weight + ridge) - before
        gain += right_slope * right_slope / (weight - left_weight + ridge)
        if gain > best_gain:
            best_gain, best_cut = gain, cut
    return best_gain, best_cut
