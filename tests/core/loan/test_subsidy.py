"""What a merchant pays for an interest-free plan is earned day by day."""

import pytest

from fenqi.core.loan.subsidy import amortised
from fenqi.core.money.amount import Rounding


@pytest.mark.parametrize(("day", "minor"), [(1, 55), (9, 55), (10, 54), (11, 55), (12, 55)])
def test_a_day_earns_the_difference_of_two_rounded_sums(day, minor):
    earned = [amortised(50_00, number, 91, Rounding.HALF_EVEN) for number in (day - 1, day)]
    assert earned[1] - earned[0] == minor


def test_all_is_earned_by_the_last_day_and_nothing_before_the_first():
    assert (amortised(50_00, 0, 91), amortised(50_00, 91, 91), amortised(50_00, 400, 91)) == (0, 50_00, 50_00)
