"""Parts are whole minor units and add up."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fenqi.core.money.split import Rest, split_equally, split_pro_rata

amounts = st.integers(-(10**15), 10**15)


def test_the_last_part_takes_the_rest():
    assert split_equally(100_000, 3) == (33_333, 33_333, 33_334)
    assert split_equally(20_000, 3) == (6_667, 6_667, 6_666)


def test_the_first_part_takes_the_rest_if_asked():
    assert split_equally(100_000, 3, rest=Rest.FIRST) == (33_334, 33_333, 33_333)


def test_no_part_changes_sign_where_there_is_less_than_a_cent_for_each():
    assert split_equally(5, 8) == (0, 0, 0, 0, 0, 0, 0, 5)


def test_refuses_no_parts():
    with pytest.raises(ValueError, match="at least one part"):
        split_equally(1, 0)


@given(amounts, st.integers(1, 60), st.sampled_from(Rest))
def test_equal_parts_add_up_and_keep_their_sign(total, count, rest):
    parts = split_equally(total, count, rest=rest)
    assert sum(parts) == total
    assert len(parts) == count
    assert all(part * total >= 0 for part in parts)


@given(amounts, st.lists(st.integers(0, 10**9), min_size=1, max_size=9).filter(any))
def test_pro_rata_parts_add_up_and_lie_within_a_cent_of_their_share(total, weights):
    parts = split_pro_rata(total, weights)
    assert sum(parts) == total
    shares = (Fraction(total * weight, sum(weights)) for weight in weights)
    assert all(abs(part - share) < 1 for part, share in zip(parts, shares, strict=True))
    assert all(part == 0 for part, weight in zip(parts, weights, strict=True) if weight == 0)


def test_the_larger_remainder_gets_the_odd_cent():
    assert split_pro_rata(100, (1, 1, 1)) == (34, 33, 33)
    assert split_pro_rata(10, (70, 15, 15)) == (7, 2, 1)


@pytest.mark.parametrize("weights", [(), (0, 0), (1, -1, 1)])
def test_refuses_weights_that_divide_nothing(weights):
    with pytest.raises(ValueError, match="weights"):
        split_pro_rata(1, weights)
