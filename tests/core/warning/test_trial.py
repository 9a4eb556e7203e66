"""A strategy tried on the past comes to the warnings that looking day by day would have come to."""

import json
from dataclasses import asdict
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.warning.ladder import Taken, next_step
from fenqi.core.warning.score import warning_score
from fenqi.core.warning.signs import Signs
from fenqi.core.warning.strategy import Action, read_warning_strategy
from fenqi.core.warning.trial import (
    ALL,
    Outcome,
    PastCustomer,
    PastWarning,
    SeenDay,
    Tried,
    past_warnings,
    try_strategy,
    unseen,
)

FIRST = date(2026, 1, 1)
TEXT: dict[str, Any] = {
    "name": "tried",
    "window_days": 30,
    "calm_days": 5,
    "outcome_days": 60,
    "outcome_days_late": 30,
    "parts": [
        {"fact": "failed_debit_count", "points": 15, "count_max": 4},
        {"fact": "used_percent", "points": 1, "beyond": 80, "count_max": 5},
    ],
    "ladder": [
        {"action": "reminder", "points_min": 15, "after_days": 0, "hold_out_permille": 0},
        {"action": "offer", "points_min": 30, "after_days": 3, "hold_out_permille": 500},
        {"action": "call", "points_min": 45, "after_days": 2, "hold_out_permille": 0, "at_once_points": 60},
    ],
}
STRATEGY = read_warning_strategy(json.dumps(TEXT).encode())


def day(number: int) -> date:
    return FIRST + timedelta(days=number)


def seen(*failed: int | None) -> list[SeenDay]:
    """Debits that had failed by each day from the first on; None where nothing was seen."""
    return [SeenDay(day(at), Signs(failed_debit_count=count)) for at, count in enumerate(failed) if count is not None]


def looked_at_daily(days: list[SeenDay]) -> tuple[PastWarning, ...]:
    """The same warnings, come to by a look at every day of the calendar."""
    by_day = {each.on: each.signs for each in days}
    found: list[PastWarning] = []
    opened_on, last_on, taken = None, FIRST, list[Taken]()
    for on in (day(number) for number in range(80)):
        points = warning_score(by_day.get(on, Signs()), STRATEGY).points
        is_raised = points >= STRATEGY.points_min
        if opened_on is None and not is_raised:
            continue
        opened_on, last_on = opened_on or on, on if is_raised else last_on
        step = next_step(points, taken, strategy=STRATEGY, on=on)
        taken += [] if step is None else [Taken(step.action, on)]
        if (on - last_on).days >= STRATEGY.calm_days:
            found.append(PastWarning(opened_on, tuple(taken)))
            opened_on, taken = None, []
    return tuple(found)


def test_climbs_waits_and_ends_after_calm_days():
    (first, second) = past_warnings([*seen(1, 2, 2, 2), *[SeenDay(day(9), Signs(failed_debit_count=4))]], STRATEGY)
    assert first == PastWarning(day(0), (Taken(Action.REMINDER, day(0)), Taken(Action.OFFER, day(3))))
    assert second == PastWarning(day(9), (Taken(Action.CALL, day(9)),))


@settings(max_examples=150, deadline=None)
@given(st.lists(st.none() | st.integers(0, 5), max_size=50))
def test_comes_to_what_looking_daily_comes_to(failed: list[int | None]):
    days = seen(*failed)
    assert past_warnings(days, STRATEGY) == looked_at_daily(days)


def test_counts_what_came_true_and_how_long_before_in_parts_as_in_one():
    customers = [
        PastCustomer(seen(1, 2, 2, 2), [day(20)]),
        PastCustomer(seen(1), [day(61)]),
        PastCustomer(seen(0, 0), [day(1)]),
        PastCustomer(seen(None, 1), [day(0)]),
        PastCustomer([SeenDay(day(50), Signs(failed_debit_count=1))], []),
    ]
    outcome = Outcome(days=60, until_on=day(90))
    tried = try_strategy(customers, STRATEGY, outcome=outcome)
    assert (tried.customer_count, tried.behind_count, tried.foretold_count) == (5, 3, 2)
    whole, offer = tried.figures[ALL], tried.figures[Action.OFFER]
    assert (whole.count, whole.judged_count, whole.true_count) == (4, 3, 1)
    assert (whole.precision_permille, whole.lead_days) == (333, 20)
    assert (offer.count, offer.judged_count, offer.true_count, offer.lead_days) == (1, 1, 1, 17)

    parted = Tried()
    for customer in customers:
        parted.take_in(try_strategy([customer], STRATEGY, outcome=outcome))
    assert asdict(parted) == asdict(tried)


def test_names_what_was_not_looked_for():
    assert unseen(STRATEGY, {"used_percent": 90, "used_percent_rise": 40}) == ("used_percent",)
    assert unseen(STRATEGY, {"used_percent": 80}) == ()
