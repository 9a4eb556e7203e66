"""Monotone bins."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.learning.binning import SHARE_MIN, Cell, bin_monotone, round_edge


def rows(*groups):
    """Values with their outcomes: each group is a value, how many have it, and how many of them went bad."""
    values = [value for value, count, _ in groups for _ in range(count)]
    outcomes = [place < bad for _, count, bad in groups for place in range(count)]
    return values, outcomes


def test_merges_neighbours_that_run_against_the_declared_direction():
    binning = bin_monotone(*rows((0, 100, 10), (1, 100, 30), (2, 100, 20), (3, 100, 60)), risk_rises=True)
    assert (binning.edges, binning.cells) == ((1, 3), (Cell(100, 10), Cell(200, 50), Cell(100, 60)))


def test_a_feature_that_runs_wholly_against_its_direction_has_one_bin():
    assert bin_monotone(*rows((0, 100, 10), (1, 100, 50)), risk_rises=False).edges == ()


def test_a_bin_with_too_few_rows_joins_the_neighbour_of_nearer_risk():
    binning = bin_monotone(*rows((0, 500, 50), (1, 20, 3), (2, 480, 300)), risk_rises=True)
    assert (binning.edges, binning.cells) == ((2,), (Cell(520, 53), Cell(480, 300)))


def test_bins_that_differ_by_no_more_than_chance_are_one():
    assert bin_monotone(*rows((0, 100, 20), (1, 100, 22)), risk_rises=True).edges == ()


def test_rows_without_a_value_are_counted_apart():
    values, outcomes = rows((0, 50, 5), (1, 50, 25))
    binning = bin_monotone([*values, None, None], [*outcomes, True, False], risk_rises=True)
    assert binning.missing == Cell(2, 1)
    assert sum(cell.rows for cell in binning.cells) == 100


def test_a_feature_that_nobody_has_is_one_empty_bin():
    binning = bin_monotone([None, None], [True, False], risk_rises=True)
    assert (binning.edges, binning.cells, binning.missing) == ((), (Cell(0, 0),), Cell(2, 1))


@pytest.mark.parametrize(
    ("value", "edge"), [(0, 0), (7, 7), (44, 44), (444, 440), (445, 450), (29_125, 29_000), (-444, -440)]
)
def test_edges_are_rounded_to_two_digits(value, edge):
    assert round_edge(value) == edge


@settings(max_examples=60)
@given(
    st.lists(st.tuples(st.integers(-5_000, 5_000), st.booleans()), min_size=40, max_size=400),
    st.booleans(),
)
def test_bins_always_run_one_way_and_hold_their_share(pairs, risk_rises):
    values, outcomes = zip(*pairs, strict=True)
    binning = bin_monotone(values, outcomes, risk_rises=risk_rises)
    rates = [cell.bad / cell.rows for cell in binning.cells]
    assert all(low < high if risk_rises else low > high for low, high in pairwise(rates))
    assert all(cell.rows >= SHARE_MIN * len(values) for cell in binning.cells)
    assert sum(cell.rows for cell in binning.cells) == len(values)
