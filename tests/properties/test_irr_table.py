"""The rates of many loans are those of each loan."""

from math import isnan

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.product.irr import RateUndefined, irr_of_instalments
from fenqi.core.product.irr_table import irr_many


@st.composite
def loans(draw):
    """Principals, and as many payments of each."""
    count, size = draw(st.integers(1, 24)), draw(st.integers(1, 12))
    principal = draw(st.lists(st.integers(1, 3_000_000), min_size=size, max_size=size))
    shares = st.lists(st.integers(0, 2000), min_size=size, max_size=size)
    rows = draw(st.lists(shares, min_size=count, max_size=count))
    return principal, [
        [minor * share // (1000 * count) for minor, share in zip(principal, row, strict=True)] for row in rows
    ]


@settings(max_examples=100, deadline=None)
@given(loans())
def test_finds_the_rate_of_each_loan(book):
    principal, payments = book
    rates = irr_many(np.array(principal), np.array(payments))
    for place, minor in enumerate(principal):
        paid = [row[place] for row in payments]
        try:
            expected = irr_of_instalments(minor, paid)
        except RateUndefined:
            assert isnan(rates[place])
        else:
            assert rates[place] == pytest.approx(expected, abs=1e-9)
