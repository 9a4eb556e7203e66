"""The values of each feature cut into at most 255 bins, so that a tree looks for its cuts among these."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

BINS_MAX = 254
MISSING = 255
"""The bin of a value that is not known."""

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Bins:
    """Rows by bin; a value in bin b is at most `edges[feature][b]` and above the edge before it.

    Shapes: `places` (rows, features).
    """

    places: NDArray[np.uint8]
    edges: tuple[Floats, ...]


def binned(matrix: Floats) -> Bins:
    """Cut each column where equal shares of its rows end, half-way to the next value."""
    edges = tuple(_edges(matrix[:, place]) for place in range(matrix.shape[1]))
    places = np.empty(matrix.shape, dtype=np.uint8)
    for place, cuts in enumerate(edges):
        _place(matrix[:, place], cuts, places[:, place])
    return Bins(places, edges)


def _edges(values: Floats) -> Floats:
    known, counts = np.unique(values[~np.isnan(values)], return_counts=True)
    if len(known) < 2:
        return np.empty(0)
    ends: NDArray[np.int64] = np.arange(len(known) - 1)
    if len(known) > BINS_MAX:
        reached: NDArray[np.int64] = np.cumsum(counts)
        wanted: NDArray[np.int64] = reached[-1] * np.arange(1, BINS_MAX) // BINS_MAX
        found: NDArray[np.int64] = np.searchsorted(reached, wanted)
        ends = np.unique(found)
        ends = ends[ends < len(known) - 1]
    return (known[ends] + known[ends + 1]) / 2


@njit(cache=True)
def _place(values: Any, cuts: Any, places: Any) -> None:
    for row in range(len(values)):
        value = values[row]
        places[row] = MISSING if np.isnan(value) else np.searchsorted(cuts, value)
