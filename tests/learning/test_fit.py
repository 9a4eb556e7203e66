"""Fitting a card on generated customers, and the regression on figures worked by hand."""

import math
from dataclasses import replace

import pytest

from fenqi.core.decision.features import FEATURES
from fenqi.learning import fit
from fenqi.learning.fit import CoefficientReversed, FeatureFlat, fit_card, regress, score_points
from fenqi.learning.sample import Sample, fold_of, sample_of
from fenqi.learning.validate import auc
from fenqi.simulation.population import generate_customers


@pytest.fixture(scope="module")
def sample():
    return sample_of(generate_customers(6_000, seed=9))


def test_a_regression_on_one_two_valued_column_gives_the_log_odds():
    column = [0.0] * 10 + [1.0] * 10
    outcomes = [place < 2 for place in range(10)] + [place < 6 for place in range(10)]
    intercept, slope = regress([column], outcomes)
    assert intercept == pytest.approx(math.log(2 / 8), abs=1e-4)
    assert slope == pytest.approx(math.log(6 / 4) - math.log(2 / 8), abs=1e-4)


def test_folds_are_dealt_evenly_and_for_ever(sample):
    folds = fold_of(sample, folds=5, seed=1)
    bad = [sum(bad for bad, fold in zip(sample.outcomes, folds, strict=True) if fold == turn) for turn in range(5)]
    assert max(bad) - min(bad) <= 1
    assert folds == fold_of(sample, folds=5, seed=1)
    assert folds != fold_of(sample, folds=5, seed=2)


def test_points_fall_with_risk_and_the_worst_bin_earns_nothing(sample):
    fitted = fit_card(sample)
    for part, characteristic in zip(fitted.weighings, fitted.card.characteristics, strict=True):
        ordered = sorted(characteristic.points, reverse=part.feature.risk_rises)
        assert list(characteristic.points) == ordered
        assert min(*characteristic.points, characteristic.missing_points) == 0


def test_a_card_ranks_what_it_was_fitted_on(sample):
    assert auc(score_points(fit_card(sample).card, sample), sample.outcomes).value > 0.65


def test_six_hundred_points_mean_one_bad_in_five(sample):
    card = fit_card(sample).card
    assert float(card.risk.of(600)) == pytest.approx(0.2, abs=1e-3)
    odds = [float(pd) / (1 - float(pd)) for pd in (card.risk.of(550), card.risk.of(600))]
    assert odds[0] / odds[1] == pytest.approx(2, abs=0.01)


def test_a_feature_that_runs_against_its_direction_is_refused(sample):
    upside_down = {**sample.features, "utilisation_permille": tuple(1 - bad for bad in sample.outcomes)}
    with pytest.raises(FeatureFlat, match="utilisation_permille"):
        fit_card(replace(sample, features=upside_down))


def test_a_feature_that_would_earn_points_against_its_bins_is_refused(monkeypatch):
    """Alone, paying often looks good; among people of equal lateness it is the worse sign."""
    groups = [(0, 0, 100, 10), (0, 3, 900, 180), (1, 0, 900, 630), (1, 3, 100, 80)]
    rows = [(late, paid, place < bad) for late, paid, count, bad in groups for place in range(count)]
    late, paid, outcomes = zip(*rows, strict=True)
    names = ("payment_standing", "substantial_payment_count")
    monkeypatch.setattr(fit, "FEATURES", [feature for feature in FEATURES if feature.name in names])
    with pytest.raises(CoefficientReversed, match="substantial_payment_count"):
        fit_card(Sample(tuple(range(len(rows))), dict(zip(names, (late, paid), strict=True)), outcomes))
