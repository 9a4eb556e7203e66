"""Plans of many loans are those of each loan."""

from datetime import date
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.product.plan_figure import terms_table
from fenqi.core.product.plan_table import plan_many
from fenqi.core.product.schedule import PrincipalNotPositive, plan
from fenqi.core.product.terms import DayCount, Method, Rounding, Terms

START = date(2026, 1, 31)
RATES = st.one_of(
    st.integers(0, 3600).map(lambda basis_points: Decimal(basis_points) / 10000),
    st.integers(0, 10**12).map(lambda fine: Decimal(fine).scaleb(-12)),
)


@st.composite
def any_terms(draw):
    """Monthly terms under 30/360 of any method, with interest-free instalments or not."""
    count = draw(st.integers(1, 24))
    method = draw(st.sampled_from(Method))
    free = draw(st.sampled_from([0, 0, 1, count]))
    return Terms(
        method=method,
        rate_per_year=draw(RATES),
        instalment_count=count,
        repay_every=draw(st.sampled_from([1, 1, 3])),
        interest_free_count=free if method is not Method.SINGLE_PAYMENT or free == count else 0,
        instalment_multiple_minor=draw(st.sampled_from([1, 1, 10, 100])),
        rounding=draw(st.sampled_from(Rounding)),
    )


LOANS = st.lists(
    st.tuples(st.integers(0, 3), st.one_of(st.integers(1, 3_000_000), st.integers(1, 10**14))), max_size=30
)


def planned(terms, loans):
    """The plan of each loan by its place, out of the tables."""
    terms_of = np.array([kind for kind, _ in loans], dtype=np.int64)
    principal = np.array([minor for _, minor in loans], dtype=np.int64)
    plans = {}
    for table in plan_many(terms_table(terms), terms_of=terms_of, principal_minor=principal):
        for column, loan in enumerate(table.loans):
            parts = (table.principal_minor, table.cost_minor, table.balance_minor, table.total_minor)
            plans[int(loan)] = [tuple(map(int, row)) for row in zip(*(part[:, column] for part in parts), strict=True)]
    return plans


@settings(max_examples=80, deadline=None)
@given(terms=st.lists(any_terms(), min_size=4, max_size=4), loans=LOANS)
def test_plans_each_loan_to_the_cent(terms, loans):
    plans = planned(terms, loans)
    assert sorted(plans) == list(range(len(loans)))
    for place, (kind, minor) in enumerate(loans):
        rows = plan(terms[kind], principal_minor=minor, start_on=START).rows
        expected = [
            (row.principal_minor, row.interest_minor + row.fee_minor, row.balance_minor, row.total_minor)
            for row in rows
        ]
        assert plans[place] == expected


@pytest.mark.parametrize("rate", ["0", "0.144", "0.2400"])
def test_decides_ties_like_the_plan_of_one_loan(rate):
    """Every principal of a stretch, so that thousands of interests fall on a half."""
    terms = [Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=Decimal(rate), instalment_count=12)]
    principals = range(100_000, 104_000)
    plans = planned(terms, [(0, minor) for minor in principals])
    for place, minor in enumerate(principals):
        rows = plan(terms[0], principal_minor=minor, start_on=START).rows
        assert [row[1] for row in plans[place]] == [row.interest_minor for row in rows]
        assert [row[0] for row in plans[place]] == [row.principal_minor for row in rows]


def test_refuses_a_loan_of_nothing():
    terms = [Terms(method=Method.EQUAL_PRINCIPAL, rate_per_year=Decimal("0.12"), instalment_count=3)]
    with pytest.raises(PrincipalNotPositive):
        planned(terms, [(0, 100), (0, 0)])


def test_plans_only_periods_that_do_not_depend_on_the_calendar():
    terms = [
        Terms(
            method=Method.EQUAL_PRINCIPAL,
            rate_per_year=Decimal("0.12"),
            instalment_count=3,
            day_count=DayCount.ACTUAL_365,
        )
    ]
    with pytest.raises(ValueError, match="30/360"):
        planned(terms, [(0, 100)])
