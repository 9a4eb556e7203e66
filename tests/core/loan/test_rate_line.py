"""Which nights bear which rate."""

from datetime import date

from fenqi.core.dates.day_count import Measure
from fenqi.core.loan.rate_line import RateLine

NIGHTS = Measure(per_year=360, per_night=1)
FEBRUARY, MARCH, APRIL = date(2024, 2, 1), date(2024, 3, 1), date(2024, 4, 1)


def test_a_pause_from_10_february_to_10_march_leaves_8_and_22_nights():
    line = RateLine.constant(1).paused(date(2024, 2, 10), date(2024, 3, 10))
    assert line.weigh(NIGHTS, FEBRUARY, MARCH) == 8
    assert line.weigh(NIGHTS, MARCH, APRIL) == 22


def test_a_rate_from_16_february_leaves_14_nights_to_the_old_one():
    line = RateLine.constant(100).changed(date(2024, 2, 16), 1)
    assert line.weigh(NIGHTS, FEBRUARY, MARCH) == 14 * 100 + 15


def test_a_later_change_replaces_those_planned_after_it():
    line = RateLine.constant(1).changed(date(2024, 3, 1), 2).changed(date(2024, 2, 1), 3)
    assert line.weigh(NIGHTS, MARCH, APRIL) == 31 * 3


def test_without_pauses_every_night_counts():
    line = RateLine.constant(1).paused(FEBRUARY, APRIL)
    assert line.without_pauses().weigh(NIGHTS, FEBRUARY, MARCH) == 29
