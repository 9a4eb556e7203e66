"""The handbook's week: who is trained on, who is measured, and features as the feature server would have had them."""

import numpy as np
import pytest

from fenqi.cli.model_handbook import as_dict
from fenqi.core.velocity.definition import DAY_US, HOUR_US, FeatureUnknown
from fenqi.core.velocity.event import OrderEvent
from fenqi.core.velocity.own import SHANGHAI_US
from fenqi.core.velocity.reference import evaluate
from fenqi.core.velocity.shipped import shipped_definition
from fenqi.learning.handbook import FEATURES, Transactions, features_of, measured_rows, week_of

FIRST_DAY = 17_000


@pytest.fixture(scope="module")
def transactions() -> Transactions:
    """Five weeks of 40 cards at 12 terminals, one of which is compromised."""
    lots = np.random.default_rng(8)
    count = 3500
    terminal = lots.integers(0, 12, count)
    is_fraud = lots.random(count) < np.where(terminal == 3, 0.2, 0.005)
    return Transactions(
        at_us=np.sort(lots.integers(FIRST_DAY * DAY_US, (FIRST_DAY + 35) * DAY_US, count)),
        customer=lots.integers(0, 40, count),
        terminal=terminal,
        amount_minor=lots.integers(100, 90_000, count),
        is_fraud=is_fraud,
    )


def test_measures_no_card_that_was_known_to_be_compromised_by_the_day():
    day = np.array([0, 6, 7, 13, 14, 14, 15, 20, 20, 21, 14])
    customer = np.array([1, 2, 3, 4, 1, 3, 3, 3, 2, 5, 4])
    is_fraud = np.array([True, False, True, True, False, False, False, False, False, False, False])
    made = Transactions(day * DAY_US, customer, customer, customer, is_fraud)
    kept = measured_rows(made, begins_day=0)
    assert list(zip(day[kept].tolist(), customer[kept].tolist(), strict=True)) == [(14, 3), (20, 2), (14, 4)]


def test_features_are_those_of_the_log_with_frauds_known_a_week_late(transactions):
    features = features_of(transactions)
    for place in (0, 500, 1999, 3499):
        at_us = int(transactions.at_us[place])
        log = [(int(transactions.at_us[one]), 0, _event(transactions, one)) for one in range(place)]
        log += [
            (told_us, 1, _event(transactions, int(one), told_us=told_us))
            for one in np.flatnonzero(transactions.is_fraud)
            if (told_us := int(transactions.at_us[one]) + 7 * DAY_US) < at_us
        ]
        log.sort(key=lambda entry: entry[:2])
        expected = evaluate(shipped_definition(), [event for _, _, event in log], _event(transactions, place))
        for name in FEATURES:
            value = expected[name]
            assert features[name][place] == pytest.approx(np.nan if value is None else value, nan_ok=True), name
        assert features["hour"][place] == at_us // HOUR_US % 24


def test_trains_on_one_week_and_measures_another(transactions):
    week = week_of(transactions, begins_day=FIRST_DAY + 7)
    day = transactions.day - FIRST_DAY
    assert (week.folds == -1).sum() == ((day >= 7) & (day < 14)).sum()
    assert 0 < week.measured.sum() < ((day >= 21) & (day < 28)).sum()
    assert {len(column) for column in week.columns.values()} == {len(week.folds)}
    found = as_dict(week, *(week.columns[name][week.measured] for name in ("merchant_frauds_30d", "amount_minor")))
    assert found["fenqi"]["auc"]["value"] > 0.6 > found["lightgbm"]["auc"]["value"]
    assert found["auc_better_by"]["low"] > 0
    assert found["holds"] is False


def test_a_definition_is_cut_to_what_some_features_need():
    whole = shipped_definition()
    part = whole.needed_for(["amount_of_customer_mean_7d", "hour"])
    assert set(part.names) == {
        "customer_sum_7d",
        "customer_count_7d",
        "amount_minor",
        "hour",
        "customer_mean_7d",
        "amount_of_customer_mean_7d",
    }
    assert whole.needed_for(whole.names) == whole
    with pytest.raises(FeatureUnknown):
        whole.needed_for(["invented"])


def _event(transactions: Transactions, place: int, *, told_us: int | None = None) -> OrderEvent:
    return OrderEvent(
        at_us=(int(transactions.at_us[place]) if told_us is None else told_us) - SHANGHAI_US,
        amount_minor=int(transactions.amount_minor[place]),
        customer=str(transactions.customer[place]),
        merchant=str(transactions.terminal[place]),
        confirms_fraud=told_us is not None,
    )
