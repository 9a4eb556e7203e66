"""How a customer of the Taiwan data set reads."""

import hashlib
from dataclasses import replace
from datetime import date

import pytest

from fenqi.core.decision.features import Standing, features_of
from fenqi.learning.taiwan import Customer, month_of, standing_of

CUSTOMER = Customer(
    number=7,
    limit=20_000,
    statuses=(0, 2, -1, 0, 0, 0),
    bills=(4_000, 3_000, 2_000, 1_000, 500, 400),
    payments=(300, 0, 2_000, 100, 100, 100),
    defaulted_in_october=False,
)


def test_the_bureau_knows_april_to_june_in_yuan():
    record = CUSTOMER.record
    assert record.limit_minor == 5_000_00
    assert [month.month for month in record.months] == [date(2025, 4, 1), date(2025, 5, 1), date(2025, 6, 1)]
    assert [month.bill_minor for month in record.months] == [1_000_00, 750_00, 500_00]
    assert [month.paid_minor for month in record.months] == [75_00, 0, 500_00]
    assert [(month.standing, month.months_late) for month in record.months] == [
        (Standing.REVOLVING, 0),
        (Standing.LATE, 2),
        (Standing.PAID_IN_FULL, 0),
    ]


def test_the_score_sees_nothing_of_the_future():
    future = replace(
        CUSTOMER,
        statuses=(*CUSTOMER.statuses[:3], 8, 8, 8),
        bills=(*CUSTOMER.bills[:3], 9, 9, 9),
        payments=(*CUSTOMER.payments[:3], 9, 9, 9),
        defaulted_in_october=True,
    )
    assert features_of(future.record) == features_of(CUSTOMER.record)
    assert future.is_bad
    assert not CUSTOMER.is_bad


@pytest.mark.parametrize(
    ("statuses", "october", "bad"),
    [
        ((8, 8, 8, 1, 1, 1), False, False),
        ((0, 0, 0, 0, 0, 2), False, True),
        ((0, 0, 0, 2, 0, 0), False, True),
        ((0, 0, 0, 0, 0, 0), True, True),
    ],
)
def test_bad_is_two_months_late_from_july_on_or_default_in_october(statuses, october, bad):
    assert replace(CUSTOMER, statuses=statuses, defaulted_in_october=october).is_bad is bad


def test_the_hold_out_follows_from_the_number_alone():
    digest = int(hashlib.sha256(b"7").hexdigest(), 16)
    assert CUSTOMER.is_held_out is (digest % 10 < 3)


@pytest.mark.parametrize(("status", "standing"), [(-2, "unused"), (-1, "paid_in_full"), (0, "revolving"), (3, "late")])
def test_a_status_is_a_standing(status, standing):
    assert standing_of(status) == standing


def test_months_run_on_into_the_next_year():
    assert [month_of(place) for place in (0, 8, 9)] == [date(2025, 4, 1), date(2025, 12, 1), date(2026, 1, 1)]


def test_a_third_of_the_customers_turned_out_bad(taiwan):
    assert sum(customer.is_bad for customer in taiwan) == 9_815
    assert sum(customer.is_held_out for customer in taiwan) == 9_017
