"""How well scores that are any numbers rank: what `validate` measures of whole points, over arrays; and of two scores.

Higher is riskier. Shapes: one score an outcome, both classes present.
"""

import numpy as np
from numpy.typing import NDArray

from fenqi.learning.validate import NORMAL_95, Interval

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]


def auc(scores: Floats, outcomes: Bools) -> float:
    """How often a bad row scores above a good one, ties counting half."""
    return float(_placements(scores, outcomes)[0].mean())


def auc_interval(scores: Floats, outcomes: Bools) -> Interval:
    """The AUC with DeLong's interval.

    Source: DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988).
    """
    return _interval(*_placements(scores, outcomes))


def auc_difference(scores: Floats, against: Floats, outcomes: Bools) -> Interval:
    """By how much one score's AUC exceeds that of another on the same rows, with DeLong's paired interval."""
    of_bad, of_good = _placements(scores, outcomes)
    other_bad, other_good = _placements(against, outcomes)
    return _interval(of_bad - other_bad, of_good - other_good)


def average_precision(scores: Floats, outcomes: Bools) -> float:
    """The precision at each bad row, averaged; rows that score the same are taken together."""
    order = np.argsort(-scores, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(scores[order])), len(scores) - 1)
    bad = np.cumsum(outcomes[order])[ends]
    found = np.diff(np.concatenate(([0], bad)))
    return float((found * bad / (ends + 1)).sum() / outcomes.sum())


def recall_at(scores: Floats, outcomes: Bools, *, false_share: float) -> float:
    """The share of bad rows found when so large a share of the good ones is taken for bad."""
    good = np.sort(scores[~outcomes])[::-1]
    return float((scores[outcomes] > good[int(len(good) * false_share)]).mean())


def precision_difference(scores: Floats, against: Floats, outcomes: Bools, *, draws: int, seed: int) -> Interval:
    """By how much one score's average precision exceeds that of another, with the 95 % interval of the bootstrap.

    Rows are drawn with both their scores, so that the difference is paired.
    """
    lots = np.random.default_rng(seed)
    found = np.empty(draws)
    for draw in range(draws):
        rows = lots.integers(0, len(outcomes), len(outcomes))
        found[draw] = average_precision(scores[rows], outcomes[rows]) - average_precision(against[rows], outcomes[rows])
    low, high = np.quantile(found, (0.025, 0.975))
    value = average_precision(scores, outcomes) - average_precision(against, outcomes)
    return Interval(value, float(low), float(high))


def _placements(scores: Floats, outcomes: Bools) -> tuple[Floats, Floats]:
    """Of each bad row the share of good ones below it, of each good row the share of bad ones above it."""
    bad, good = np.sort(scores[outcomes]), np.sort(scores[~outcomes])
    below = (_rank(good, scores[outcomes])) / len(good)
    above = 1.0 - (_rank(bad, scores[~outcomes])) / len(bad)
    return below, above


def _rank(ordered: Floats, values: Floats) -> Floats:
    return (np.searchsorted(ordered, values, side="left") + np.searchsorted(ordered, values, side="right")) / 2


def _interval(of_bad: Floats, of_good: Floats) -> Interval:
    value = float(of_bad.mean())
    error = float(np.sqrt(of_bad.var(ddof=1) / len(of_bad) + of_good.var(ddof=1) / len(of_good)))
    return Interval(value, value - NORMAL_95 * error, value + NORMAL_95 * error)
