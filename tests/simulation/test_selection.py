"""Whether a decision separated good from bad."""

import pytest

from fenqi.simulation.selection import rate, select


def test_wilsons_interval_is_the_published_one():
    """Of 10 in 100: 5.52 % to 17.44 % (Newcombe, Statistics in Medicine 17, 1998, method 3)."""
    found = rate(10, 100)
    assert (found.low, found.high) == (pytest.approx(0.0552, abs=5e-5), pytest.approx(0.1744, abs=5e-5))


def test_nobody_at_all_may_be_anything():
    assert (rate(0, 0).low, rate(0, 0).high) == (0.0, 1.0)


def test_the_declined_are_clearly_worse_when_the_intervals_do_not_touch():
    approved, declined = [("approve", False)] * 90 + [("approve", True)] * 10, [("decline", False), ("decline", True)]
    decided = approved + declined * 50
    selection = select(decided)
    assert (selection.approved.value, selection.bad_among_approved.value) == (0.5, 0.1)
    assert selection.bad_among_declined.value == 0.5
    assert selection.separates
    assert not select(decided[::25]).separates


def test_approving_everybody_separates_nothing():
    assert not select([("approve", False)] * 50).separates


def test_the_referred_are_on_neither_side():
    selection = select([("approve", False), ("refer", True), ("decline", True), ("decline", True)])
    rates = [selection.approved, selection.referred, selection.bad_among_referred, selection.bad_among_declined]
    assert [(each.hits, each.people) for each in rates] == [(1, 4), (1, 4), (1, 1), (2, 2)]
