"""A strategy over the facts of the past: what it would approve, at which risk and profit, and who would change."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from fenqi.core.strategy.columnar import NULL, Column, ColumnarStrategy

Truths = npt.NDArray[np.bool_]
ALL = "all"
OUTCOMES = ("approve", "refer", "decline")
"""An outcome is its place here."""
_APPROVE, _REFER, _DECLINE = range(3)
_COLLECTED = {_DECLINE: "declined", _REFER: "referred"}
_UNKNOWN = 2
_CELLS = (3, 3, 2, 3)
"""Every row falls into a cell: outcome now, outcome then, settled or not, good, bad or unknown."""
_BITS_COUNTED_MAX = 14


@dataclass(frozen=True)
class Segmentation:
    """By what rows are counted: the names of the segments, and each row's place among them [n]."""

    names: tuple[str, ...]
    places: Column


@dataclass(frozen=True, kw_only=True)
class Past:
    """What became of the applications: [n] each.

    `outcomes` as decided then, `is_bad` 1, 0 or NULL where nobody knows yet, `profit_minor` what a loan to this
    applicant is expected to bring.
    """

    outcomes: Column
    is_bad: Column
    profit_minor: Column
    segmentations: tuple[Segmentation, ...] = ()


@dataclass(frozen=True, kw_only=True)
class SegmentFigure:
    """A segment under the strategy; `bad_count` of `known_count` approved whose end is known."""

    segment: str
    count: int
    approved_count: int
    referred_count: int
    unsettled_count: int
    known_count: int
    bad_count: int
    limit_minor: int
    profit_minor: int
    approved_before_count: int

    @property
    def approval_permille(self) -> int:
        """Approved of a thousand, rounded down."""
        return self.approved_count * 1000 // self.count if self.count else 0

    @property
    def bad_permille(self) -> int | None:
        """Bad of a thousand approved whose end is known, rounded down."""
        return self.bad_count * 1000 // self.known_count if self.known_count else None


@dataclass(frozen=True)
class Moved:
    """How many move from one outcome to another, and the reasons that the strategy gives them, most frequent first."""

    before: str
    after: str
    count: int
    reasons: tuple[tuple[str, int], ...]


@dataclass(frozen=True)
class BackTest:
    """What a strategy would have done; `outcomes` and `changed` are of every row of the last part."""

    segments: tuple[SegmentFigure, ...]
    moved: tuple[Moved, ...]
    outcomes: Column
    changed: Truths
    out: Mapping[str, Column]


def back_test(strategy: ColumnarStrategy, columns: Mapping[str, Column], past: Past) -> BackTest:
    """Evaluate a strategy over columns and set it beside what was decided; a row that does not settle is referred.

    The whole comes first, then each segment. A bad rate counts those only whose end is known: who was declined then
    has none, so a strategy that approves more is judged on fewer.

    Units: sums are exact up to 2^53.
    """
    out = strategy.run(columns)
    settled = out["settled"]
    words = np.array([_place(text) for text in (*strategy.texts, "")], np.int64)
    after = words[np.where(settled == 1, out["outcome"], len(strategy.texts))]
    figures = figures_of(past, outcomes=after, limits_minor=out["limit_minor"], settled=settled)
    changed = after != past.outcomes
    return BackTest(figures, _moved(strategy, out, after, past.outcomes), after, changed, out)


def figures_of(past: Past, *, outcomes: Column, limits_minor: Column, settled: Column) -> tuple[SegmentFigure, ...]:
    """Figures of the whole and of each segment, where these outcomes and lines [n] take the place of the past's."""
    bad = np.where(past.is_bad == NULL, _UNKNOWN, past.is_bad)
    cells = ((outcomes * 3 + past.outcomes) * 2 + settled) * 3 + bad
    approved = np.flatnonzero(outcomes == _APPROVE)
    limits = limits_minor[approved]
    sums = (np.where(limits == NULL, 0, limits), past.profit_minor[approved])
    whole = Segmentation((ALL,), np.zeros(len(outcomes), np.int64))
    return tuple(
        figure for by in (whole, *past.segmentations) for figure in _figures(by, cells, approved=approved, sums=sums)
    )


def merged_figures(parts: Iterable[SegmentFigure]) -> tuple[SegmentFigure, ...]:
    """Figures of several parts of the past as figures of the whole, segments in the order of their appearance."""
    found: dict[str, SegmentFigure] = {}
    for part in parts:
        before = found.get(part.segment)
        found[part.segment] = part if before is None else _added(before, part)
    return tuple(found.values())


def merged_moves(parts: Iterable[Moved]) -> tuple[Moved, ...]:
    """Moves of several parts of the past as moves of the whole."""
    counts: dict[tuple[str, str], int] = {}
    reasons: dict[tuple[str, str], dict[str, int]] = {}
    for part in parts:
        pair = (part.before, part.after)
        counts[pair] = counts.get(pair, 0) + part.count
        given = reasons.setdefault(pair, {})
        for code, times in part.reasons:
            given[code] = given.get(code, 0) + times
    return tuple(Moved(*pair, counts[pair], _ranked(reasons[pair])) for pair in sorted(counts))


def _place(text: str) -> int:
    return OUTCOMES.index(text) if text in OUTCOMES else _REFER


def _figures(
    by: Segmentation, cells: Column, *, approved: Column, sums: tuple[Column, Column]
) -> Iterable[SegmentFigure]:
    size, count = int(np.prod(_CELLS)), len(by.names)
    keys = cells if count == 1 else by.places * size + cells
    table = np.bincount(keys, minlength=count * size).reshape(count, *_CELLS)
    places = by.places[approved]
    limits, profits = (np.bincount(places, weights=one, minlength=count) for one in sums)
    for place, name in enumerate(by.names):
        here = table[place]
        yield SegmentFigure(
            segment=name,
            count=int(here.sum()),
            approved_count=int(here[_APPROVE].sum()),
            referred_count=int(here[_REFER].sum()),
            unsettled_count=int(here[:, :, 0].sum()),
            known_count=int(here[_APPROVE, :, :, :_UNKNOWN].sum()),
            bad_count=int(here[_APPROVE, :, :, 1].sum()),
            limit_minor=int(limits[place]),
            profit_minor=int(profits[place]),
            approved_before_count=int(here[:, _APPROVE].sum()),
        )


def _moved(strategy: ColumnarStrategy, out: Mapping[str, Column], after: Column, before: Column) -> tuple[Moved, ...]:
    pairs = np.bincount(before * 3 + after, minlength=9)
    found = [
        Moved(OUTCOMES[was], OUTCOMES[now], int(pairs[was * 3 + now]), reasons)
        for now in range(3)
        for was, reasons in enumerate(_reasons(strategy, out, now, after=after, before=before))
        if was != now and pairs[was * 3 + now]
    ]
    return tuple(sorted(found, key=lambda one: (one.before, one.after)))


def _reasons(
    strategy: ColumnarStrategy, out: Mapping[str, Column], now: int, *, after: Column, before: Column
) -> tuple[tuple[tuple[str, int], ...], ...]:
    """By what was decided then, how often each reason is given to those who get an outcome now."""
    name = _COLLECTED.get(now, "")
    if name not in out:
        return ((), (), ())
    rows = np.flatnonzero((after == now) & (before != now) & (out["settled"] == 1))
    bits, then, codes = out[name][rows], before[rows], strategy.collected[name]
    if len(codes) > _BITS_COUNTED_MAX:
        tables = [[int((bits[then == was] >> bit & 1).sum()) for bit in range(len(codes))] for was in range(3)]
    else:
        counted = np.bincount((then << len(codes)) + bits, minlength=3 << len(codes)).reshape(3, -1)
        held = np.arange(1 << len(codes))
        tables = [[int(row[held >> bit & 1 == 1].sum()) for bit in range(len(codes))] for row in counted]
    return tuple(_ranked(dict(zip(map(str, codes), table, strict=True))) for table in tables)


def _ranked(counted: Mapping[str, int]) -> tuple[tuple[str, int], ...]:
    return tuple(sorted(((code, times) for code, times in counted.items() if times), key=lambda one: -one[1]))


def _added(one: SegmentFigure, other: SegmentFigure) -> SegmentFigure:
    names = [field.name for field in fields(SegmentFigure) if field.name != "segment"]
    return SegmentFigure(segment=one.segment, **{name: getattr(one, name) + getattr(other, name) for name in names})
