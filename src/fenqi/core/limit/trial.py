"""What a set of rules would change over the whole book, before anybody lets it decide."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np

from fenqi.core.limit.table import SUSPENDED, Flags, Integers, LineTable, Looked

SEGMENTS: Sequence[tuple[str, str, Sequence[int]]] = (
    ("arrears", "days_late", (0, 1, 31, 91)),
    ("line", "fixed_minor", (0, 500_000, 1_000_000, 2_000_000)),
    ("payments", "on_time_count", (0, 1, 3, 6)),
)
"""By what the book is cut: a name, a column, and where each segment begins."""
_NO_END = np.iinfo(np.int64).max


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialLine:
    """What would become of the lines of a segment; `segment` is `all`, or its name and where it begins.

    Units: minor units; the sums are of lines in force, before and after.
    """

    segment: str
    line_count: int
    raised_count: int
    lowered_count: int
    suspended_count: int
    resumed_count: int
    before_minor: int
    after_minor: int


@dataclass
class Tally:
    """Sums over part after part of a book."""

    _sums: dict[str, list[int]] = field(default_factory=lambda: defaultdict[str, list[int]](lambda: [0] * 7))

    def add(self, lines: LineTable, looked: Looked) -> None:
        """Count a part of the book."""
        figures = _figures(lines, looked)
        for segment, members in _segments(lines):
            sums = self._sums[segment]
            for place, figure in enumerate(figures):
                sums[place] += int(figure[members].sum())

    def lines(self) -> tuple[TrialLine, ...]:
        """Everything first, then segment by segment."""
        ordered = sorted(self._sums.items(), key=lambda item: _place(item[0]))
        return tuple(
            TrialLine(
                segment=segment,
                line_count=sums[0],
                raised_count=sums[1],
                lowered_count=sums[2],
                suspended_count=sums[3],
                resumed_count=sums[4],
                before_minor=sums[5],
                after_minor=sums[6],
            )
            for segment, sums in ordered
        )


def _figures(lines: LineTable, looked: Looked) -> tuple[np.ndarray, ...]:
    was_suspended = (lines.flags & SUSPENDED) != 0
    return (
        np.ones(len(lines.flags), np.int64),
        looked.fixed_minor > lines.fixed_minor,
        looked.fixed_minor < lines.fixed_minor,
        looked.is_suspended & ~was_suspended,
        was_suspended & ~looked.is_suspended,
        np.where(was_suspended, 0, lines.fixed_minor),
        np.where(looked.is_suspended, 0, looked.fixed_minor),
    )


def _segments(lines: LineTable) -> Iterable[tuple[str, Flags]]:
    yield "all", np.ones(len(lines.flags), np.bool_)
    for name, column, begins in SEGMENTS:
        values: Integers = getattr(lines, column)
        for begin, end in pairwise((*begins, _NO_END)):
            yield f"{name}:{begin}", (values >= begin) & (values < end)


def _place(segment: str) -> tuple[int, int]:
    name, _, begin = segment.partition(":")
    names = [known for known, _, _ in SEGMENTS]
    return (names.index(name) + 1, int(begin)) if name in names else (0, 0)
