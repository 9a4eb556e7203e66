"""How well a score ranks, how stable it is, and whether its risk is what it says.

Points are whole, so every measure is counted from goods and bads per score.
"""

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from fenqi.core.decision.scorecard import RiskTable

NORMAL_95 = 1.96
STUDENT_95 = {2: 12.706, 3: 4.303, 4: 3.182, 5: 2.776, 10: 2.262}
"""The two-sided 95 % quantile of Student's t for the mean of so many folds."""
BANDS = 10


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Band:
    """Rows of like score: the scores they span, the mean risk that the card says, and how many went bad."""

    lowest: int
    highest: int
    rows: int
    bad: int
    said: float


def auc(points: Sequence[int], outcomes: Sequence[bool]) -> Interval:
    """Measure how often a bad customer scores below a good one, ties counting half, with DeLong's interval.

    Shapes: one outcome a score, both classes present.
    Source: DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988).
    """
    bad = Counter(score for score, went_bad in zip(points, outcomes, strict=True) if went_bad)
    good = Counter(score for score, went_bad in zip(points, outcomes, strict=True) if not went_bad)
    of_bad = _placements(bad, good)
    of_good = _placements(_mirrored(good), _mirrored(bad))
    value = sum(place * rows for place, rows in of_bad) / bad.total()
    error = math.sqrt(_variance(of_bad) / bad.total() + _variance(of_good) / good.total())
    return Interval(value, max(value - NORMAL_95 * error, 0.0), min(value + NORMAL_95 * error, 1.0))


def ks(points: Sequence[int], outcomes: Sequence[bool]) -> float:
    """Measure the largest gap between the distributions of goods and bads over the score (Kolmogorov–Smirnov)."""
    bad_total = sum(outcomes)
    good_total = len(outcomes) - bad_total
    gap, bad, good = 0.0, 0, 0
    table = Counter(zip(points, outcomes, strict=True))
    for score in sorted(set(points)):
        bad, good = bad + table[score, True], good + table[score, False]
        gap = max(gap, abs(bad / bad_total - good / good_total))
    return gap


def mean_interval(figures: Sequence[float]) -> Interval:
    """Average the folds' figures, with the 95 % interval of Student's t."""
    mean = sum(figures) / len(figures)
    deviation = math.sqrt(sum((figure - mean) ** 2 for figure in figures) / (len(figures) - 1))
    reach = STUDENT_95[len(figures)] * deviation / math.sqrt(len(figures))
    return Interval(mean, mean - reach, mean + reach)


def psi(expected: Sequence[int], found: Sequence[int]) -> float:
    """Measure how far scores have moved between two samples (population stability index over the first's tenths).

    A band that one side leaves empty counts as half a row there.
    """
    marks = _tenths(expected)
    before, after = _shares(expected, marks), _shares(found, marks)
    return sum((then - now) * math.log(then / now) for then, now in zip(before, after, strict=True))


def bands(points: Sequence[int], outcomes: Sequence[bool], risk: RiskTable) -> tuple[Band, ...]:
    """Sort rows into tenths by score, lowest first, and set the risk that the card says beside what was seen."""
    marks = _tenths(points)
    groups: list[list[tuple[int, bool]]] = [[] for _ in range(len(marks) + 1)]
    for score, went_bad in zip(points, outcomes, strict=True):
        groups[bisect_right(marks, score)].append((score, went_bad))
    return tuple(_band(group, risk) for group in groups if group)


def calibration_error(parts: Sequence[Band]) -> float:
    """Average the distance between the risk said and the risk seen, weighted by rows (expected calibration error)."""
    return sum(abs(band.said * band.rows - band.bad) for band in parts) / sum(band.rows for band in parts)


def brier(points: Sequence[int], outcomes: Sequence[bool], risk: RiskTable) -> float:
    """Average the squared distance between the risk said and what happened."""
    return sum((float(risk.of(score)) - bad) ** 2 for score, bad in zip(points, outcomes, strict=True)) / len(points)


def _mirrored(counts: Counter[int]) -> Counter[int]:
    return Counter({-score: rows for score, rows in counts.items()})


def _placements(counts: Counter[int], against: Counter[int]) -> list[tuple[float, int]]:
    scores = sorted(against)
    reached = [0, *accumulate(against[score] for score in scores)]
    total = reached[-1]

    def place(score: int) -> float:
        return (total - reached[bisect_right(scores, score)] + against[score] / 2) / total

    return [(place(score), rows) for score, rows in counts.items()]


def _variance(placements: Sequence[tuple[float, int]]) -> float:
    rows = sum(count for _, count in placements)
    mean = sum(place * count for place, count in placements) / rows
    return sum(count * (place - mean) ** 2 for place, count in placements) / max(rows - 1, 1)


def _tenths(points: Sequence[int]) -> list[int]:
    ordered = sorted(points)
    return sorted({ordered[len(ordered) * part // BANDS] for part in range(1, BANDS)})


def _shares(points: Sequence[int], marks: Sequence[int]) -> list[float]:
    counts = Counter(bisect_right(marks, score) for score in points)
    return [max(counts[band], 0.5) / len(points) for band in range(len(marks) + 1)]


def _band(group: Sequence[tuple[int, bool]], risk: RiskTable) -> Band:
    scores = [score for score, _ in group]
    said = sum(float(risk.of(score)) for score in scores) / len(group)
    return Band(min(scores), max(scores), len(group), sum(bad for _, bad in group), said)
