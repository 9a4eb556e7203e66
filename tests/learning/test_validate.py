"""Measures of a score, on figures worked by hand."""

from decimal import Decimal
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.decision.scorecard import RiskTable
from fenqi.learning.validate import auc, bands, brier, calibration_error, ks, mean_interval, psi


def test_perfect_ranking_has_auc_and_ks_of_one():
    points, outcomes = (1, 2, 3, 4), (True, True, False, False)
    assert auc(points, outcomes).value == ks(points, outcomes) == 1.0


def test_ties_count_half():
    assert auc((5, 5, 5, 5), (True, False, True, False)).value == 0.5


@settings(max_examples=50)
@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=2, max_size=40))
def test_auc_is_the_share_of_pairs_in_order(rows):
    bad = [points for points, went_bad in rows if went_bad]
    good = [points for points, went_bad in rows if not went_bad]
    if not bad or not good:
        return
    pairs = [(worse < better) + (worse == better) / 2 for worse, better in product(bad, good)]
    found = auc([points for points, _ in rows], [went_bad for _, went_bad in rows])
    assert found.value == pytest.approx(sum(pairs) / len(pairs))
    assert found.low <= found.value <= found.high


def test_the_interval_is_delongs():
    """By hand: placements of the bad 1, 3/4, 1/2 and of the good 1/3, 1, 1, 2/3, each over its own mean of 3/4."""
    points, outcomes = (1, 3, 5, 2, 6, 7, 4), (True, True, True, False, False, False, False)
    variance = (1 / 16 + 0 + 1 / 16) / 2 / 3 + (25 + 9 + 9 + 1) / 144 / 3 / 4
    found = auc(points, outcomes)
    assert found.value == pytest.approx(0.75)
    assert found.value - found.low == pytest.approx(1.96 * variance**0.5)


def test_ks_is_the_largest_gap_between_the_distributions():
    assert ks((1, 2, 3, 4), (True, False, True, False)) == 0.5


def test_scores_that_have_not_moved_are_stable():
    points = list(range(100))
    assert psi(points, points) == 0.0
    assert psi(points, [point + 50 for point in points]) > 0.25


def test_the_mean_of_folds_has_students_interval():
    interval = mean_interval((0.7, 0.8))
    assert (interval.value, interval.high - interval.value) == (pytest.approx(0.75), pytest.approx(12.706 * 0.05))


def test_calibration_compares_the_risk_said_with_the_risk_seen():
    risk = RiskTable(0, (Decimal("0.5"), Decimal("0.1")))
    points, outcomes = (0, 0, 1, 1), (True, True, False, False)
    parts = bands(points, outcomes, risk)
    assert [(part.rows, part.bad, part.said) for part in parts] == [(2, 2, 0.5), (2, 0, 0.1)]
    assert calibration_error(parts) == pytest.approx((1.0 + 0.2) / 4)
    assert brier(points, outcomes, risk) == pytest.approx((0.25 * 2 + 0.01 * 2) / 4)
