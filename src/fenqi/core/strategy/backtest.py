"""A strategy over the facts of the past: what it would approve, at which risk and profit, and who would change."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from fenqi.core.strategy.columnar import NULL, Column, ColumnarStrategy

Truths = npt.NDArray[np.bool_]
ALL = "all"
_COLLECTED = {"decline": "declined", "refer": "referred"}


@dataclass(frozen=True, kw_only=True)
class Past:
    """What became of the applications: [n] each.

    `outcomes` as decided then (a text a row), `is_bad` 1, 0 or NULL where nobody knows yet, `profit_minor` what a loan
    to this applicant is expected to bring, `segments` by what they are counted.
    """

    outcomes: npt.NDArray[np.str_]
    is_bad: Column
    profit_minor: Column
    segments: npt.NDArray[np.str_]


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
    """What a strategy would have done; `outcomes` and `changed` are of every row."""

    version: str
    segments: tuple[SegmentFigure, ...]
    moved: tuple[Moved, ...]
    outcomes: npt.NDArray[np.str_]
    changed: Truths


def back_test(strategy: ColumnarStrategy, columns: Mapping[str, Column], past: Past) -> BackTest:
    """Evaluate a strategy over columns and set it beside what was decided; a row that does not settle is referred.

    The whole comes first, then each segment by name. A bad rate counts those only whose end is known: who was declined
    then has none, so a strategy that approves more is judged on fewer.
    """
    out = strategy.run(columns)
    words = np.array([*strategy.texts, "refer"])
    after = words[np.where(out["settled"] == 1, out["outcome"], len(strategy.texts))]
    names = [ALL, *np.unique(past.segments).tolist()]
    masks = [np.ones(len(after), dtype=bool), *(past.segments == name for name in names[1:])]
    figures = tuple(_figure(name, mask, after, out, past) for name, mask in zip(names, masks, strict=True))
    changed = after != past.outcomes
    return BackTest(strategy.plan.version, figures, _moved(strategy, after, out, past, changed), after, changed)


def _figure(
    name: str, mask: Truths, after: npt.NDArray[np.str_], out: Mapping[str, Column], past: Past
) -> SegmentFigure:
    approved = mask & (after == "approve")
    known = approved & (past.is_bad != NULL)
    limits = out["limit_minor"]
    return SegmentFigure(
        segment=name,
        count=int(mask.sum()),
        approved_count=int(approved.sum()),
        referred_count=int((mask & (after == "refer")).sum()),
        unsettled_count=int((mask & (out["settled"] == 0)).sum()),
        known_count=int(known.sum()),
        bad_count=int(past.is_bad[known].sum()),
        limit_minor=int(limits[approved & (limits != NULL)].sum()),
        profit_minor=int(past.profit_minor[approved].sum()),
        approved_before_count=int((mask & (past.outcomes == "approve")).sum()),
    )


def _moved(
    strategy: ColumnarStrategy,
    after: npt.NDArray[np.str_],
    out: Mapping[str, Column],
    past: Past,
    changed: Truths,
) -> tuple[Moved, ...]:
    pairs = sorted(set(zip(past.outcomes[changed].tolist(), after[changed].tolist(), strict=True)))
    found: list[Moved] = []
    for before, now in pairs:
        rows = changed & (past.outcomes == before) & (after == now)
        reasons = _reasons(strategy, out, _COLLECTED.get(now, ""), rows & (out["settled"] == 1))
        found.append(Moved(before, now, int(rows.sum()), reasons))
    return tuple(found)


def _reasons(
    strategy: ColumnarStrategy, out: Mapping[str, Column], name: str, rows: Truths
) -> tuple[tuple[str, int], ...]:
    if name not in out:
        return ()
    bits = out[name][rows]
    counted = ((str(code), int((bits >> bit & 1).sum())) for bit, code in enumerate(strategy.collected[name]))
    return tuple(sorted(((code, times) for code, times in counted if times), key=lambda one: -one[1]))
