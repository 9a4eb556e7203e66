"""Signs become points with reasons, points climb a ladder, and every judgement can be made again."""

import json
from dataclasses import fields, replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.warning.hold_out import is_held_out
from fenqi.core.warning.ladder import Taken, judge, next_step
from fenqi.core.warning.reason import REASONS
from fenqi.core.warning.record import WarningStrategyDiffers, Watched, judged_now, judgement_record, replay_judgement
from fenqi.core.warning.score import warning_score
from fenqi.core.warning.signs import FACTS, Signs
from fenqi.core.warning.strategy import Action, WarningStrategy, WarningStrategyMalformed, read_warning_strategy
from fenqi.stores.shipped_warning import load_warning_strategy

REMINDER, OFFER, FREEZE, CALL, PERSON = Action
TODAY = date(2026, 3, 2)
ANYBODY = UUID(int=7)
TEXT: dict[str, Any] = {
    "name": "made",
    "window_days": 30,
    "calm_days": 14,
    "outcome_days": 60,
    "outcome_days_late": 30,
    "parts": [
        {"fact": "failed_debit_count", "points": 15, "count_max": 3},
        {"fact": "used_percent", "points": 1, "beyond": 90, "count_max": 10},
        {"fact": "frozen_order_count", "points": 60, "count_max": 1},
    ],
    "ladder": [
        {"action": "reminder", "points_min": 15, "after_days": 0, "hold_out_permille": 0},
        {"action": "offer", "points_min": 30, "after_days": 3, "hold_out_permille": 500},
        {"action": "freeze_limit", "points_min": 45, "after_days": 2, "hold_out_permille": 0, "at_once_points": 60},
    ],
}
STRATEGY = read_warning_strategy(json.dumps(TEXT).encode())
signs = st.builds(Signs, **{field.name: st.integers(0, 200) for field in fields(Signs)})


def taken(*steps: tuple[Action, int]) -> list[Taken]:
    return [Taken(action, TODAY - timedelta(days=ago)) for action, ago in steps]


def step_for(points: int, *steps: tuple[Action, int], strategy: WarningStrategy = STRATEGY) -> Action | None:
    found = next_step(points, taken(*steps), strategy=strategy, on=TODAY)
    return None if found is None else found.action


def test_points_are_for_units_beyond_and_up_to_a_count():
    score = warning_score(Signs(failed_debit_count=2, used_percent=97), STRATEGY)
    assert score.points == 2 * 15 + 7
    assert [(one.fact, one.value, one.points) for one in score.reasons] == [
        ("failed_debit_count", 2, 30),
        ("used_percent", 97, 7),
    ]
    assert warning_score(Signs(failed_debit_count=9, used_percent=300), STRATEGY).points == 45 + 10
    assert warning_score(Signs(used_percent=90, complaint_count=4), STRATEGY).reasons == ()


def test_the_ladder_is_climbed_rung_by_rung_in_its_time():
    assert step_for(14) is None
    assert step_for(40) is REMINDER
    assert step_for(40, (REMINDER, 2)) is None
    assert step_for(40, (REMINDER, 3)) is OFFER
    assert step_for(29, (REMINDER, 3)) is None
    assert step_for(40, (REMINDER, 9), (OFFER, 6)) is None
    assert step_for(45, (REMINDER, 9), (OFFER, 6)) is FREEZE
    assert step_for(99, (REMINDER, 9), (OFFER, 6), (FREEZE, 4)) is None


def test_what_cannot_wait_is_done_at_once_and_nothing_milder_after_it():
    assert step_for(60) is FREEZE
    assert step_for(60, (REMINDER, 0)) is FREEZE
    assert step_for(60, (FREEZE, 30)) is None


def test_who_is_held_out_is_drawn_once_and_by_share():
    offer = STRATEGY.ladder[1]
    drawn = [is_held_out(UUID(int=one), strategy_version=STRATEGY.version, step=offer) for one in range(4000)]
    assert drawn == [is_held_out(UUID(int=one), strategy_version=STRATEGY.version, step=offer) for one in range(4000)]
    assert 0.47 < sum(drawn) / 4000 < 0.53
    other = [is_held_out(UUID(int=one), strategy_version="another", step=offer) for one in range(4000)]
    assert 0.47 < sum(one is two for one, two in zip(drawn, other, strict=True)) / 4000 < 0.53
    reminder = replace(offer, action=REMINDER)
    again = [is_held_out(UUID(int=one), strategy_version=STRATEGY.version, step=reminder) for one in range(4000)]
    assert 0.47 < sum(one is two for one, two in zip(drawn, again, strict=True)) / 4000 < 0.53
    assert not any(is_held_out(UUID(int=one), strategy_version="v", step=STRATEGY.ladder[0]) for one in range(100))


def test_held_out_or_not_the_rung_counts_as_taken():
    watched = Signs(failed_debit_count=2)
    arms = {one: judge(UUID(int=one), watched, taken((REMINDER, 3)), strategy=STRATEGY, on=TODAY) for one in range(40)}
    assert {one.action for one in arms.values()} == {OFFER}
    assert {one.is_held_out for one in arms.values()} == {True, False}
    assert all(one.is_done is not one.is_held_out for one in arms.values())


@settings(max_examples=150)
@given(signs, st.sampled_from(FACTS), st.integers(1, 50))
def test_more_of_a_sign_never_lowers_points_nor_the_rung(before: Signs, fact: str, more: int):
    after = replace(before, **{fact: getattr(before, fact) + more})
    low, high = (judge(ANYBODY, one, (), strategy=STRATEGY, on=TODAY) for one in (before, after))
    assert low.score.points <= high.score.points
    order = [None, *Action]
    assert order.index(low.action) <= order.index(high.action)


@settings(max_examples=100)
@given(signs, st.lists(st.sampled_from(Action), unique=True, max_size=3), st.uuids())
def test_a_judgement_is_made_again_byte_for_byte(seen: Signs, before: list[Action], customer_id: UUID):
    steps = tuple(Taken(action, TODAY - timedelta(days=9 - place)) for place, action in enumerate(before))
    watched = Watched(customer_id=customer_id, on=TODAY, signs=seen, taken=steps)
    stored = judgement_record(watched, judged_now(watched, strategy=STRATEGY), strategy_version=STRATEGY.version)
    assert replay_judgement(stored, strategy=STRATEGY) == stored
    with pytest.raises(WarningStrategyDiffers):
        replay_judgement(stored, strategy=replace(STRATEGY, version="another"))


def test_every_sign_has_words_in_both_languages():
    assert REASONS.keys() == set(FACTS)
    assert all(words.keys() == {"zh-CN", "en"} and all(words.values()) for words in REASONS.values())


def with_step(place: int, **changed: Any) -> dict[str, Any]:
    ladder = [dict(step) for step in TEXT["ladder"]]
    ladder[place] |= changed
    return {"ladder": ladder}


@pytest.mark.parametrize(
    ("broken", "what"),
    [
        ({"parts": []}, "no sign"),
        ({"parts": [{"fact": "moon", "points": 1, "count_max": 1}]}, "nobody sees"),
        ({"parts": [{"fact": "days_late", "points": -1, "count_max": 1}]}, "does not raise"),
        ({"parts": [{"fact": "days_late", "points": 1, "count_max": 0}]}, "counts nothing"),
        ({"parts": [TEXT["parts"][0], TEXT["parts"][0]]}, "twice"),
        ({"ladder": []}, "no rung"),
        ({"window_days": 0}, "window_days"),
        ({"outcome_days_late": 61}, "outcome_days_late"),
        ({"surprise": 1}, "read"),
        (with_step(1, action="reminder"), "stand above"),
        (with_step(1, points_min=10), "stand above"),
        (with_step(0, hold_out_permille=1000), "holds out"),
        (with_step(2, at_once_points=44), "jumps"),
        (with_step(0, points_min=0), "too early"),
    ],
)
def test_a_strategy_that_contradicts_itself_is_refused_by_name(broken: dict[str, Any], what: str):
    with pytest.raises(WarningStrategyMalformed, match=what):
        read_warning_strategy(json.dumps(TEXT | broken).encode())


def test_the_shipped_strategy_does_more_the_worse_it_looks():
    strategy = read_warning_strategy(load_warning_strategy())
    assert [step.action for step in strategy.ladder] == list(Action)
    assert {part.fact for part in strategy.parts} == set(FACTS)
    assert judge(ANYBODY, Signs(), (), strategy=strategy, on=TODAY).action is None
    assert judge(ANYBODY, Signs(failed_debit_count=1), (), strategy=strategy, on=TODAY).action is REMINDER
    assert judge(ANYBODY, Signs(frozen_order_count=1), (), strategy=strategy, on=TODAY).action is FREEZE
    assert judge(ANYBODY, Signs(complaint_count=5), (), strategy=strategy, on=TODAY).action is None
