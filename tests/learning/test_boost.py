"""The booster learns what is there, the same each time, and its compiled trees say what training itself said."""

import numpy as np
import pytest

from fenqi.core.decision.trees import Booster, Scale, TreeFeature
from fenqi.learning.boost.bins import MISSING, binned
from fenqi.learning.boost.grow import Limits
from fenqi.learning.boost.train import Plan, boost

PLAN = Plan(trees=20, rate=0.2, limits=Limits(leaves=8, rows_min=5))


@pytest.fixture(scope="module")
def rows():
    lots = np.random.default_rng(3)
    matrix = np.round(lots.normal(size=(3000, 5)), 2)
    matrix[lots.random(matrix.shape) < 0.1] = np.nan
    odds = np.where(np.isnan(matrix[:, 0]), 1.5, matrix[:, 0] * np.nan_to_num(matrix[:, 1])) + (matrix[:, 2] > 1)
    return matrix, lots.random(3000) < 1 / (1 + np.exp(2 - 2 * np.nan_to_num(odds)))


def test_compiled_trees_give_the_margins_of_training(rows):
    base, trees, margins = boost(*rows, PLAN)
    features = tuple(TreeFeature(str(place), "r") for place in range(5))
    booster = Booster("", "x", base, features, Scale(0.0, 1.0), trees)
    columns = {str(place): rows[0][:, place] for place in range(5)}
    assert booster.margins(columns).tolist() == margins.tolist()


def test_is_the_same_each_time(rows):
    assert boost(*rows, PLAN)[:2] == boost(*rows, PLAN)[:2]


def test_does_not_depend_on_the_order_of_the_rows(rows):
    matrix, outcomes = rows
    turned = np.ascontiguousarray(matrix[::-1]), outcomes[::-1]
    assert boost(matrix, outcomes, PLAN)[:2] == boost(*turned, PLAN)[:2]


def test_separates_what_only_two_features_together_tell(rows):
    _, _, margins = boost(*rows, PLAN)
    bad, good = margins[rows[1]], margins[~rows[1]]
    assert (bad[:, None] > good[None, :]).mean() > 0.8


def test_bins_hold_a_value_up_to_their_edge():
    values = np.array([[1.0], [2.0], [2.0], [5.0], [np.nan]])
    bins = binned(values)
    assert bins.edges[0].tolist() == [1.5, 3.5]
    assert bins.places[:, 0].tolist() == [0, 1, 1, 2, MISSING]


def test_many_values_share_at_most_255_bins():
    bins = binned(np.arange(10_000.0).reshape(-1, 1))
    assert len(bins.edges[0]) <= 254
    assert bins.places.max() < MISSING
