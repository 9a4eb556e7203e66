"""Features of a whole log at once, by columns: the feature server's answers without the server."""

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
from numba import njit
from numpy.typing import NDArray

from fenqi.core.velocity.definition import SECOND_US, Definition, Feature
from fenqi.core.velocity.event import KEYS, Key, OrderEvent

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]
Columns = Mapping[str, Ints]
"""`at_us`, `amount_minor`, and each key as a number from 0, −1 where it was not known. Shapes: all (events,)."""


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
    return columns


def replay_columns(definition: Definition, columns: Columns) -> dict[str, Floats]:
    """Every feature of every event over the events before it, but for `last` of a key, which is no number.

    Exact as long as sums stay below 2^53. Missing is NaN. Shapes: each (events,).
    """
    times = np.maximum.accumulate(columns["at_us"])
    found: dict[str, Floats] = {}
    for key in KEYS:
        mine = [one for one in definition.gathered if one.by == key and one.of in (None, "amount_minor", *_peers(one))]
        if mine:
            _gather(found, mine, columns, times=times, key=key)
    for feature in definition.ratios:
        found |= {feature.name: _ratio(feature, found)}
    return found


def _peers(feature: Feature) -> tuple[Key, ...]:
    return KEYS if feature.kind == "distinct" else ()


def _gather(found: dict[str, Floats], mine: list[Feature], columns: Columns, *, times: Ints, key: Key) -> None:
    codes = columns[key]
    order = np.argsort(codes, kind="stable")
    order = order[np.searchsorted(codes[order], 0) :]
    sorted_times, starts = times[order], _starts(codes[order])
    sums = np.concatenate(([0], np.cumsum(columns["amount_minor"][order])))
    places = np.arange(len(order))
    firsts = {width: _firsts(sorted_times, starts, width) for width in {one.window_us for one in mine}}
    earlier = {
        one.of: _earlier(codes[order], columns[one.of][order]) for one in mine if one.kind == "distinct" and one.of
    }
    for feature in mine:
        first = firsts[feature.window_us]
        match feature.kind:
            case "count":
                values: Any = places - first
            case "sum":
                values = sums[places] - sums[first]
            case "distinct":
                values = _distinct(columns[feature.of or ""][order], earlier[feature.of or ""], first)
            case _:
                values = _last(feature, columns, order=order, first=first, times=sorted_times)
        column = np.full(len(times), np.nan)
        column[order] = values
        found[feature.name] = column


def _last(feature: Feature, columns: Columns, *, order: Ints, first: Ints, times: Ints) -> Floats:
    places = np.arange(len(order))
    before = np.maximum(places - 1, 0)
    seconds = (times - times[before]) // SECOND_US
    values = seconds if feature.kind == "time_since" else columns["amount_minor"][order][before]
    return np.where(places > first, values, np.nan)


def _ratio(feature: Feature, found: Mapping[str, Floats]) -> Floats:
    over, under = found[feature.over or ""], found[feature.under or ""]
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(under == 0, np.nan, over / under)


def _starts(codes: Ints) -> Ints:
    """For each place, where its run of equal codes begins."""
    begins = np.concatenate(([True], codes[1:] != codes[:-1]))[: len(codes)]
    return np.maximum.accumulate(np.where(begins, np.arange(len(codes)), 0))


def _earlier(codes: Ints, peers: Ints) -> tuple[Ints, Ints]:
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


def _distinct(peers: Ints, beside: tuple[Ints, Ints], firsts: Ints) -> Ints:
    return _distinct_in(peers, beside[0], beside[1], firsts)


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
