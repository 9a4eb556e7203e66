"""What holds of every plan."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.product.schedule import plan
from fenqi.core.product.terms import DayCount, Frequency, Method, MonthEnd, Rounding, Terms

TERMS = st.builds(
    Terms,
    method=st.sampled_from(Method),
    rate_per_year=st.integers(0, 3600).map(lambda basis_points: Decimal(basis_points) / 10000),
    instalment_count=st.integers(1, 24),
    frequency=st.sampled_from(Frequency),
    repay_every=st.integers(1, 15),
    day_count=st.sampled_from(DayCount),
    month_end=st.sampled_from(MonthEnd),
    rounding=st.sampled_from(Rounding),
)
DAYS = st.integers(0, 2000).map(lambda days: date(2024, 1, 1) + timedelta(days=days))


@settings(max_examples=200, deadline=None)
@given(terms=TERMS, principal=st.integers(1, 20_000_000), start_on=DAYS)
def test_principal_parts_sum_to_the_principal_and_no_part_is_negative(terms, principal, start_on):
    rows = plan(terms, principal_minor=principal, start_on=start_on).rows
    assert sum(row.principal_minor for row in rows) == principal
    assert rows[-1].balance_minor == 0
    assert all(min(row.principal_minor, row.interest_minor, row.fee_minor) >= 0 for row in rows)


@settings(max_examples=200, deadline=None)
@given(terms=TERMS, principal=st.integers(1, 20_000_000), start_on=DAYS)
def test_due_days_only_move_forward(terms, principal, start_on):
    days = [start_on, *(row.due_on for row in plan(terms, principal_minor=principal, start_on=start_on).rows)]
    assert all(earlier < later for earlier, later in pairwise(days))
