"""What a step brought is told right: its interval holds the truth as often as it says, and finds nothing in nothing."""

import random
from uuid import UUID

import pytest

from fenqi.core.warning.effect import Arms, effect
from fenqi.core.warning.hold_out import is_held_out
from fenqi.core.warning.strategy import Action, Step

STEP = Step(action=Action.OFFER, points_min=30, after_days=3, hold_out_permille=200)
SEEDS = range(100)


def played(seed: int, *, done: float, left_alone: float, customers: int = 1500) -> Arms:
    """Customers come to the step, are drawn for the hold-out, and fail as often as is true for their arm."""
    lots = random.Random(seed)
    counts = {True: [0, 0], False: [0, 0]}
    for _ in range(customers):
        held_out = is_held_out(UUID(int=lots.getrandbits(128)), strategy_version="v", step=STEP)
        counts[held_out][0] += 1
        counts[held_out][1] += lots.random() < (left_alone if held_out else done)
    return Arms(
        done_count=counts[False][0],
        done_failed=counts[False][1],
        held_out_count=counts[True][0],
        held_out_failed=counts[True][1],
    )


@pytest.mark.parametrize(("done", "left_alone"), [(0.12, 0.22), (0.05, 0.08), (0.30, 0.25)])
def test_the_interval_covers_a_known_effect_in_90_to_99_of_100_worlds(done, left_alone):
    found = [effect(played(seed, done=done, left_alone=left_alone)) for seed in SEEDS]
    covered = sum(one.low <= left_alone - done <= one.high for one in found)
    assert 90 <= covered <= 99
    mean = sum(one.value for one in found) / len(found)
    assert mean == pytest.approx(left_alone - done, abs=0.01)


@pytest.mark.parametrize("share", [0.05, 0.15])
def test_no_effect_is_found_where_there_is_none(share):
    found = [effect(played(seed, done=share, left_alone=share)) for seed in SEEDS]
    assert sum(one.low > 0 or one.high < 0 for one in found) <= 10
    assert sum(one.value for one in found) / len(found) == pytest.approx(0, abs=0.01)


def test_newcombes_own_example():
    """56 of 70 against 48 of 80: 0.2, from 0.0524 to 0.3339."""
    found = effect(Arms(done_count=80, done_failed=48, held_out_count=70, held_out_failed=56))
    assert (found.value, found.low, found.high) == pytest.approx((0.2, 0.0524, 0.3339), abs=1e-4)
    assert found.low > 0 or found.high < 0


def test_an_empty_arm_tells_nothing():
    assert effect(Arms(done_count=5, done_failed=1, held_out_count=0, held_out_failed=0)) is None
