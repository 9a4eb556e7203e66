"""A line moves with what its customer does: never up for who is late, never beyond income and law, always explained."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from limit_lines import LAW, ON, behaviours, lines, table_of

from fenqi.core.limit.assessment import Move, assess, burden_max_minor
from fenqi.core.limit.behaviour import Behaviour, Line
from fenqi.core.limit.reason import ADVICE, WORDS, advice_told, reasons_told
from fenqi.core.limit.record import Seen, assessment_record, replay_assessment
from fenqi.core.limit.rules import LimitRulesMalformed, read_limit_rules
from fenqi.core.limit.table import assess_many
from fenqi.core.limit.trial import Tally

TEXT = (Path(__file__).parents[3] / "strategies" / "limit" / "1.json").read_bytes()
RULES = read_limit_rules(TEXT)
GOOD = Behaviour(due_count=6, on_time_count=6, owed_minor=200_000, monthly_income_minor=1_000_000)
LINE = Line(anchor_minor=1_000_000, fixed_minor=1_000_000, changed_on=ON - timedelta(days=200), points=600)


def look(behaviour: Behaviour, line: Line = LINE):
    return assess(behaviour, line, rules=RULES, law=LAW, on=ON)


@pytest.mark.parametrize(
    ("behaviour", "line", "move", "fixed_minor", "reason", "advice"),
    [
        (GOOD, LINE, Move.RAISED, 1_200_000, "paid_on_time", "wait"),
        (GOOD, replace(LINE, changed_on=ON - timedelta(days=79)), Move.KEPT, 1_000_000, None, "wait"),
        (GOOD, replace(LINE, takes_rises=False), Move.KEPT, 1_000_000, None, "rises_switched_off"),
        (replace(GOOD, is_in_dispute=True), LINE, Move.KEPT, 1_000_000, None, "dispute_open"),
        (replace(GOOD, monthly_income_minor=0), LINE, Move.KEPT, 1_000_000, None, "income_unknown"),
        (replace(GOOD, on_time_count=2), LINE, Move.KEPT, 1_000_000, None, "pay_on_time"),
        (replace(GOOD, late_count=4, days_late_max=9), LINE, Move.LOWERED, 700_000, "paid_late", "late_before"),
        (replace(GOOD, days_late=1, late_count=1), LINE, Move.SUSPENDED, 1_000_000, "late_now", "late_now"),
        (replace(GOOD, is_in_hardship=True), LINE, Move.SUSPENDED, 1_000_000, "in_hardship", "in_hardship"),
        (replace(GOOD, outside_service_minor=540_000), LINE, Move.LOWERED, 320_000, "debt_burden", "reduce_debt"),
        (
            GOOD,
            replace(LINE, is_suspended=True, fixed_minor=1_500_000),
            Move.RESUMED,
            1_500_000,
            "nothing_suspends",
            "go_on",
        ),
    ],
)
def test_a_line_moves_with_behaviour_and_says_why(behaviour, line, move, fixed_minor, reason, advice):
    found = look(behaviour, line)
    assert (found.move, found.fixed_minor) == (move, fixed_minor)
    assert [told.code for told in found.reasons][:1] == ([reason] if reason else [])
    assert advice in [told.code for told in found.would_raise]


@settings(max_examples=200)
@given(behaviours(), lines())
def test_a_look_keeps_what_it_must_and_is_the_same_every_time(behaviour: Behaviour, line: Line):
    found = look(behaviour, line)
    is_late = behaviour.days_late > 0 or behaviour.late_count > 0
    assert found.fixed_minor <= line.fixed_minor or not (is_late or found.is_suspended or not line.takes_rises)
    most = min(burden_max_minor(behaviour, rules=RULES, law=LAW), LAW.exposure_max_minor)
    assert found.fixed_minor <= max(most - line.special_minor, 0)
    assert found.fixed_minor >= 0
    assert found.would_raise
    assert (found.move is Move.KEPT) == (not found.reasons)
    assert {told["code"] for told in reasons_told(found.reasons)} <= WORDS.keys()
    assert all("{" not in told["zh"] + told["en"] for told in advice_told(found.would_raise))

    seen = Seen(on=ON, behaviour=behaviour, line=line, law=LAW)
    record = assessment_record(seen, found, rules_version=RULES.version)
    assert replay_assessment(record, rules=RULES) == record


@settings(max_examples=100)
@given(
    behaviours(),
    lines(),
    st.sampled_from(("late_count", "days_late", "days_late_max", "failed_debit_count", "outside_service_minor")),
)
def test_what_is_worse_never_gives_more(behaviour: Behaviour, line: Line, fact: str):
    better, worse = look(behaviour, line), look(replace(behaviour, **{fact: getattr(behaviour, fact) + 7}), line)
    assert worse.scored.points <= better.scored.points
    assert worse.fixed_minor <= better.fixed_minor
    assert worse.is_suspended or not better.is_suspended


@settings(max_examples=100)
@given(behaviours(), lines())
def test_a_move_is_made_once(behaviour: Behaviour, line: Line):
    found = look(behaviour, line)
    after = replace(
        line, fixed_minor=found.fixed_minor, is_suspended=found.is_suspended, points=found.scored.points, changed_on=ON
    )
    used_otherwise = found.fixed_minor != line.fixed_minor
    again = look(behaviour, after)
    assert again.fixed_minor <= found.fixed_minor
    assert used_otherwise or again.move is Move.KEPT


@settings(max_examples=50)
@given(st.lists(st.tuples(behaviours(), lines()), min_size=1, max_size=20))
def test_many_lines_together_come_to_the_same(rows: list[tuple[Behaviour, Line]]):
    table = table_of(rows)
    looked = assess_many(table, rules=RULES, law=LAW, on=ON.toordinal())
    each = [look(behaviour, line) for behaviour, line in rows]
    assert looked.points.tolist() == [one.scored.points for one in each]
    assert looked.fixed_minor.tolist() == [one.fixed_minor for one in each]
    assert looked.is_suspended.tolist() == [one.is_suspended for one in each]
    moves = [
        one.is_suspended != line.is_suspended or one.fixed_minor != line.fixed_minor
        for one, (_, line) in zip(each, rows, strict=True)
    ]
    assert looked.moves.tolist() == moves

    tally = Tally()
    tally.add(table, looked)
    whole, *segments = tally.lines()
    assert whole.line_count == len(rows)
    assert whole.raised_count == sum(
        one.fixed_minor > line.fixed_minor for one, (_, line) in zip(each, rows, strict=True)
    )
    arrears = [one for one in segments if one.segment.startswith("arrears")]
    assert sum(one.after_minor for one in arrears) == whole.after_minor


@pytest.mark.parametrize(
    ("old", "new"),
    [
        (b'"late_count", "points": -20', b'"late_count", "points": 20'),
        (b'"percent": 120', b'"percent": 170'),
        (b'"on_time_min": 3', b'"on_time_min": 0'),
        (b'"points_min": 300, "percent"', b'"points_min": 310, "percent"'),
        (b'"fact": "used_percent"', b'"fact": "shoe_size"'),
        (b'"name"', b'"nom"'),
    ],
)
def test_rules_that_reward_lateness_or_leave_something_open_are_refused(old: bytes, new: bytes):
    assert old in TEXT
    with pytest.raises(LimitRulesMalformed):
        read_limit_rules(TEXT.replace(old, new))


def test_a_look_from_before_a_fact_was_known_is_made_again_to_its_own_bytes():
    record = assessment_record(Seen(on=ON, behaviour=GOOD, line=LINE, law=LAW), look(GOOD), rules_version=RULES.version)
    older = record.replace(b',"is_warned":false', b"")
    assert older != record
    assert replay_assessment(older, rules=RULES) == older


def test_every_code_has_words_in_both_languages():
    assert all(zh and en for zh, en in (*WORDS.values(), *ADVICE.values()))
