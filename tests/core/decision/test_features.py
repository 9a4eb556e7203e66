"""The score's features, on records worked by hand."""

from dataclasses import replace
from datetime import date

import pytest

from fenqi.core.decision.features import (
    FEATURES,
    CreditRecord,
    MonthlyRecord,
    Standing,
    features_of,
    paid_share_permille,
    payment_standing,
    utilisation_permille,
)


def month(number, bill, paid, standing=Standing.REVOLVING, late=0):
    return MonthlyRecord(date(2025, number, 1), bill, paid, standing, late)


RECORD = CreditRecord(
    limit_minor=10_000_00,
    months=(
        month(4, 3_000_00, 500_00),
        month(5, 4_000_00, 0, Standing.LATE, 1),
        month(6, 3_500_00, 499_99),
    ),
)


def test_reads_every_feature_of_a_quarter():
    assert features_of(RECORD) == {
        "payment_standing": 12,
        "unpaid_month_count": 1,
        "utilisation_permille": 350,
        "spending_max_minor": 1_000_00,
        "substantial_payment_count": 1,
        "headroom_min_minor": 6_000_00,
        "paid_share_permille": 124,
    }


def test_a_recent_late_month_counts_more_than_an_old_one():
    def late_in(place):
        months = [month(4, 1, 1), month(5, 1, 1), month(6, 1, 1)]
        months[place] = month(4 + place, 1, 1, Standing.LATE, 2)
        return payment_standing(CreditRecord(100, tuple(months)))

    assert [late_in(place) for place in range(3)] == [12, 14, 18]


def test_lateness_beyond_three_months_counts_as_three():
    worst = CreditRecord(100, tuple(month(number, 1, 0, Standing.LATE, 8) for number in (4, 5, 6)))
    assert payment_standing(worst) == 10 + 3 * (1 + 2 + 4)


@pytest.mark.parametrize(
    ("standing", "rank"), [(Standing.UNUSED, 0), (Standing.PAID_IN_FULL, 1), (Standing.REVOLVING, 2)]
)
def test_without_lateness_the_latest_standing_ranks(standing, rank):
    months = (month(4, 1, 1), month(5, 1, 1), month(6, 1, 1, standing))
    assert payment_standing(CreditRecord(100, months)) == rank


def test_the_share_paid_is_unknown_when_nothing_was_billed():
    months = (month(4, 0, 0), month(5, -200, 0), month(6, 100, 300))
    assert paid_share_permille(CreditRecord(100, months)) is None


def test_utilisation_is_unknown_without_a_limit():
    assert utilisation_permille(replace(RECORD, limit_minor=0)) is None


def test_only_the_latest_three_months_are_seen():
    older = month(3, 9_000_00, 0, Standing.LATE, 5)
    assert features_of(replace(RECORD, months=(older, *RECORD.months))) == features_of(RECORD)


@pytest.mark.parametrize("record", [None, replace(RECORD, months=RECORD.months[:2])])
def test_without_three_months_every_feature_is_missing(record):
    assert features_of(record) == {feature.name: None for feature in FEATURES}


def test_ratios_do_not_depend_on_the_currency():
    scaled = CreditRecord(
        RECORD.limit_minor * 7,
        tuple(replace(each, bill_minor=each.bill_minor * 7, paid_minor=each.paid_minor * 7) for each in RECORD.months),
    )
    ratios = ("utilisation_permille", "paid_share_permille", "payment_standing")
    assert [features_of(scaled)[name] for name in ratios] == [features_of(RECORD)[name] for name in ratios]
