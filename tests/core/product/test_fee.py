"""A free plan's interest is paid by somebody else, instalment by instalment."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.product.fee import subsidy_of, subsidy_rows
from fenqi.core.product.schedule import plan
from fenqi.core.product.terms import Method, Terms

FREE = Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=Decimal(0), instalment_count=12)
SIGNED_ON = date(2026, 1, 31)


def test_the_payer_pays_interest_on_what_the_customer_still_owes():
    rows = subsidy_rows(FREE, rate_per_year=Decimal("0.12"), principal_minor=1_200_000, start_on=SIGNED_ON)
    assert [row.subsidy_minor for row in rows] == [1_000 * left for left in range(12, 0, -1)]
    assert subsidy_of(rows) == 78_000


@given(st.integers(1, 10**8), st.integers(1, 24), st.integers(0, 240))
def test_each_part_is_a_month_of_the_customers_own_balance(principal, tenor, rate_permille):
    free = Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=Decimal(0), instalment_count=tenor)
    rate = Decimal(rate_permille).scaleb(-3)
    rows = subsidy_rows(free, rate_per_year=rate, principal_minor=principal, start_on=SIGNED_ON)
    owed = principal
    for row, subsidised in zip(plan(free, principal_minor=principal, start_on=SIGNED_ON).rows, rows, strict=True):
        assert subsidised.due_on == row.due_on
        assert abs(subsidised.subsidy_minor - owed * rate / 12) <= Decimal("0.5")
        owed = row.balance_minor


def test_a_single_payment_is_subsidised_at_its_end():
    later = Terms(method=Method.SINGLE_PAYMENT, rate_per_year=Decimal(0), instalment_count=3)
    (row,) = subsidy_rows(later, rate_per_year=Decimal("0.12"), principal_minor=100_000, start_on=SIGNED_ON)
    assert row.subsidy_minor == 3_000
    assert row.due_on == date(2026, 4, 30)


def test_a_flat_fee_is_subsidised_as_a_fee():
    flat = Terms(method=Method.FLAT_FEE, rate_per_year=Decimal(0), instalment_count=12)
    rows = subsidy_rows(flat, rate_per_year=Decimal("0.06"), principal_minor=100_000, start_on=SIGNED_ON)
    assert subsidy_of(rows) == pytest.approx(6_000)
