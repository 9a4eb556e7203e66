"""Measures of a ranking over arrays are those of whole points, and a difference is that of two of them."""

import numpy as np
import pytest

from fenqi.learning.ranking import (
    auc,
    auc_difference,
    auc_interval,
    average_precision,
    precision_difference,
    recall_at,
)
from fenqi.learning.validate import auc as auc_of_points


@pytest.fixture(scope="module")
def rows():
    lots = np.random.default_rng(11)
    outcomes = lots.random(600) < 0.2
    truth = lots.normal(size=600) + outcomes
    return np.round(truth + lots.normal(size=600) * 0.3, 1), np.round(lots.normal(size=600), 1), outcomes


def test_agrees_with_the_auc_of_points(rows):
    scores, _, outcomes = rows
    expected = auc_of_points([-round(score * 10) for score in scores], outcomes.tolist())
    found = auc_interval(scores, outcomes)
    assert (found.value, found.low, found.high) == pytest.approx((expected.value, expected.low, expected.high))
    assert auc(scores, outcomes) == found.value


def test_a_difference_is_paired(rows):
    scores, noise, outcomes = rows
    apart = auc_difference(scores, noise, outcomes)
    assert apart.value == pytest.approx(auc(scores, outcomes) - auc(noise, outcomes))
    assert apart.low > 0
    same = auc_difference(scores, scores * 2, outcomes)
    assert (same.value, same.low, same.high) == (0.0, 0.0, 0.0)


def test_average_precision_by_hand():
    """Found at the first, third and fourth place: (1 + 2/3 + 3/4) / 3; two that tie are one step."""
    outcomes = np.array([True, False, True, True, False])
    assert average_precision(np.array([5.0, 4, 3, 2, 1]), outcomes) == pytest.approx((1 + 2 / 3 + 3 / 4) / 3)
    assert average_precision(np.array([2.0, 2, 1, 1, 1]), outcomes) == pytest.approx((1 / 2 + 2 * 3 / 5) / 3)


def test_the_bootstrap_holds_the_difference_of_precision(rows):
    scores, noise, outcomes = rows
    found = precision_difference(scores, noise, outcomes, draws=200, seed=3)
    assert found.low < found.value < found.high
    assert found.low > 0
    assert found == precision_difference(scores, noise, outcomes, draws=200, seed=3)


def test_recall_at_a_share_of_the_good_ones():
    scores = np.array([9.0, 8, 7, 6, 5, 4])
    outcomes = np.array([True, False, True, False, True, False])
    assert recall_at(scores, outcomes, false_share=0.0) == pytest.approx(1 / 3)
    assert recall_at(scores, outcomes, false_share=0.34) == pytest.approx(2 / 3)
