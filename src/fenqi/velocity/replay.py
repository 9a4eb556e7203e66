"""Features of a whole log at once, by columns: the feature server's answers without the server."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fenqi.core.velocity.definition import SECOND_US, Definition, Feature
from fenqi.core.velocity.distance import (
    COSINE_PERMILLE,
    HALF_TURN_CENTIDEG,
    METRES_PER_CENTIDEG,
    SHORTEST_US,
    US_PER_HOUR,
)
from fenqi.core.velocity.event import KEYS, Key, OrderEvent
from fenqi.core.velocity.own import own

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Columns = Mapping[str, Ints]
"""`at_us`, `amount_minor`, and each key as a number from 0, −1 where it was not known; `latitude_centideg` and
`longitude_centideg`, both NOWHERE where one was not known; `confirms_fraud`, 0 or 1. Shapes: all (events,)."""
NOWHERE = -(2**31)
_COSINES = np.array(COSINE_PERMILLE)


def columns_of(events: Sequence[OrderEvent]) -> Columns:
    """Events as columns, in log order."""
    columns: dict[str, Ints] = {
        "at_us": np.array([one.at_us for one in events], dtype=np.int64),
        "amount_minor": np.array([one.amount_minor for one in events], dtype=np.int64),
    }
    for key in KEYS:
        numbers: dict[str, int] = {}
        values = [getattr(one, key) for one in events]
        coded = [-1 if value is None else numbers.setdefault(value, len(numbers)) for value in values]
        columns[key] = np.array(coded, dtype=np.int64)
    places = np.array([one.place or (NOWHERE, NOWHERE) for one in events], dtype=np.int64).reshape(-1, 2)
    columns |= {"latitude_centideg": places[:, 0], "longitude_centideg": places[:, 1]}
    return columns | {"confirms_fraud": np.array([one.confirms_fraud for one in events], dtype=np.int64)}


def replay_columns(definition: Definition, columns: Columns) -> dict[str, Floats]:
    """Every feature of every attempt over the events before it, but for `last` of a key, which is no number.

    Exact as long as sums stay below 2^53. Missing is NaN, and so is every feature but the own ones of a row that
    confirms a fraud. Shapes: each (events,).
    """
    times = np.maximum.accumulate(columns["at_us"])
    found: dict[str, Floats] = {}
    for key in KEYS:
        mine = [one for one in definition.gathered if one.by == key and not (one.kind == "last" and one.of in KEYS)]
        if mine:
            _gather(found, mine, columns, times=times, key=key)
    for feature in definition.own:
        found[feature.name] = own(feature, at_us=columns["at_us"], amount_minor=columns["amount_minor"]).astype(float)
    for feature in definition.ratios:
        found |= {feature.name: _ratio(feature, found)}
    return found


def _gather(found: dict[str, Floats], mine: list[Feature], columns: Columns, *, times: Ints, key: Key) -> None:
    run = _Run.of(columns, times=times, key=key)
    for feature in mine:
        column = np.full(len(times), np.nan)
        column[run.order] = run.values(feature)
        found[feature.name] = column


@dataclass(frozen=True)
class _Run:
    """The attempts that have a key, those of each value together and in log order; `starts` says where they begin."""

    columns: Columns
    times: Ints
    key: Key
    order: Ints
    starts: Ints

    @classmethod
    def of(cls, columns: Columns, *, times: Ints, key: Key) -> Self:
        codes = np.where(columns["confirms_fraud"] == 1, -1, columns[key])
        order = np.argsort(codes, kind="stable")
        order = order[np.searchsorted(codes[order], 0) :]
        return cls(columns, times, key, order, _starts(codes[order]))

    def values(self, feature: Feature) -> Any:
        match feature.kind:
            case "count":
                return self.places - self.first(feature.window_us)
            case "sum":
                return self.sums[self.places] - self.sums[self.first(feature.window_us)]
            case "distinct":
                peer = feature.of or ""
                return _distinct_in(self.sorted(peer), *self.beside(peer), self.first(feature.window_us))
            case "frauds":
                return self.frauds(feature.window_us)
            case "distance" | "speed":
                return self.travelled(feature)
            case _:
                return self.last(feature)

    @cached_property
    def places(self) -> Ints:
        return np.arange(len(self.order))

    @cached_property
    def sorted_times(self) -> Ints:
        return self.times[self.order]

    @cached_property
    def sums(self) -> Ints:
        return np.concatenate(([0], np.cumsum(self.sorted("amount_minor"))))

    @cached_property
    def _sorted(self) -> dict[str, Ints]:
        return {}

    @cached_property
    def _firsts(self) -> dict[int, Ints]:
        return {}

    @cached_property
    def _beside(self) -> dict[str, tuple[Ints, Ints]]:
        return {}

    def sorted(self, name: str) -> Ints:
        """A column in the order of the run."""
        if name not in self._sorted:
            self._sorted[name] = self.columns[name][self.order]
        return self._sorted[name]

    def first(self, width_us: int) -> Ints:
        """For each attempt, the place of the first in its window."""
        if width_us not in self._firsts:
            self._firsts[width_us] = _firsts(self.sorted_times, self.starts, width_us)
        return self._firsts[width_us]

    def beside(self, peer: str) -> tuple[Ints, Ints]:
        """For each attempt, the one before and the one after it with the same key and peer."""
        if peer not in self._beside:
            self._beside[peer] = _beside(self.sorted(self.key), self.sorted(peer))
        return self._beside[peer]

    def frauds(self, width_us: int) -> Ints:
        """How many frauds became known in each attempt's window."""
        told = np.flatnonzero(self.columns["confirms_fraud"])
        codes, size = self.columns[self.key], len(self.times) + 1
        known = np.sort(codes[told] * size + told)
        since = np.searchsorted(self.times, self.sorted_times - width_us)
        mine = self.sorted(self.key) * size
        return np.searchsorted(known, mine + self.order) - np.searchsorted(known, mine + since)

    def last(self, feature: Feature) -> Floats:
        """The amount of the attempt before, or the seconds since it, or since the one with the same peer."""
        if feature.kind == "since_both":
            peer = feature.of or ""
            before = np.where(self.sorted(peer) >= 0, self.beside(peer)[0], -1)
        else:
            before = self.places - 1
        safe = np.maximum(before, 0)
        seconds = (self.sorted_times - self.sorted_times[safe]) // SECOND_US
        values = self.sorted("amount_minor")[safe] if feature.kind == "last" else seconds
        return np.where(before >= self.first(feature.window_us), values, np.nan)

    def travelled(self, feature: Feature) -> Floats:
        """The distance from the last attempt whose place was known, or the speed over it."""
        north, east = self.sorted("latitude_centideg"), self.sorted("longitude_centideg")
        placed = np.where(north != NOWHERE, self.places, -1)
        before = np.concatenate(([-1], np.maximum.accumulate(placed)[:-1]))[: len(placed)]
        known = (before >= self.first(feature.window_us)) & (placed >= 0)
        here, there = self.places[known], before[known]
        distance_km = _kilometres(north[there], east[there], north[here], east[here])
        values = np.full(len(placed), np.nan)
        took_us = np.maximum(self.sorted_times[here] - self.sorted_times[there], SHORTEST_US)
        values[here] = distance_km if feature.kind == "distance" else distance_km * US_PER_HOUR // took_us
        return values


def _ratio(feature: Feature, found: Mapping[str, Floats]) -> Floats:
    over, under = found[feature.over or ""], found[feature.under or ""]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(under == 0, np.nan, over / under)


def _starts(codes: Ints) -> Ints:
    """For each place, where its run of equal codes begins."""
    begins = np.concatenate(([True], codes[1:] != codes[:-1]))[: len(codes)]
    return np.maximum.accumulate(np.where(begins, np.arange(len(codes)), 0))


def _beside(codes: Ints, peers: Ints) -> tuple[Ints, Ints]:
    """For each place, the one before and the one after it with the same key and peer; −1 and the end if none."""
    order = np.lexsort((peers, codes))
    same = (codes[order][1:] == codes[order][:-1]) & (peers[order][1:] == peers[order][:-1])
    before, after = np.full(len(codes), -1), np.full(len(codes), len(codes))
    before[order[1:][same]] = order[:-1][same]
    after[order[:-1][same]] = order[1:][same]
    return before, after


@njit(cache=True)
def _firsts(times: Any, starts: Any, width: int) -> Any:
    firsts = np.empty(len(times), dtype=np.int64)
    first = 0
    for place in range(len(times)):
        first = max(first, starts[place])
        while times[first] < times[place] - width:
            first += 1
        firsts[place] = first
    return firsts


def _kilometres(north: Ints, east: Ints, other_north: Ints, other_east: Ints) -> Ints:
    """`kilometres` of whole columns; the square root of a float is exact where a whole one is asked for."""
    turn = np.abs(east - other_east)
    along = np.minimum(turn, 2 * HALF_TURN_CENTIDEG - turn) * _COSINES[np.abs(north + other_north) // 200]
    across = np.abs(north - other_north) * METRES_PER_CENTIDEG
    along = along * METRES_PER_CENTIDEG // 1000
    return np.sqrt(along * along + across * across).astype(np.int64) // 1000


@njit(cache=True)
def _distinct_in(peers: Any, before: Any, after: Any, firsts: Any) -> Any:
    counts = np.empty(len(peers), dtype=np.int64)
    low = high = count = 0
    for place in range(len(peers)):
        while high < place:
            if peers[high] >= 0 and before[high] < low:
                count += 1
            high += 1
        while low < firsts[place]:
            if peers[low] >= 0 and after[low] >= high:
                count -= 1
            low += 1
        counts[place] = count
    return counts
