"""Many lines looked at together: which of them move, or score otherwise than before."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from fenqi.core.limit.behaviour import LimitLaw
from fenqi.core.limit.rules import LimitRules

Integers = NDArray[np.int64]
Flags = NDArray[np.bool_]
CHARGED_OFF, SUSPECTED, HARDSHIP, DISPUTE, STUDENT, TAKES_RISES, SUSPENDED, WARNED = (1 << bit for bit in range(8))
"""The truths of a line, each a bit of `flags`."""
_UNBOUNDED = 10**15


@dataclass(frozen=True, slots=True)
class LineTable:
    """Lines and what their customers did, one element each; every name is that of `Behaviour` or `Line`.

    Shapes: all (lines).
    Units: days are ordinals, amounts minor units; `points` is −1 where a line has no score yet.
    """

    on_time_count: Integers
    late_count: Integers
    days_late_max: Integers
    days_late: Integers
    failed_debit_count: Integers
    owed_minor: Integers
    service_minor: Integers
    """Here and elsewhere."""
    monthly_income_minor: Integers
    anchor_minor: Integers
    fixed_minor: Integers
    special_minor: Integers
    changed_on: Integers
    points: Integers
    flags: Integers


@dataclass(frozen=True, slots=True)
class Looked:
    """What looks at many lines came to.

    Shapes: all (lines).
    """

    points: Integers
    fixed_minor: Integers
    is_suspended: Flags
    moves: Flags
    """Whether the line moves, is suspended, or resumed."""
    is_news: Flags
    """Whether anything is other than before, be it the score alone."""


def assess_many(lines: LineTable, *, rules: LimitRules, law: LimitLaw, on: int) -> Looked:
    """The same as `assess` for each line, without the reasons.

    Units: `on` is an ordinal.
    """
    points = _points(lines, rules)
    suspended = _suspended(lines, points, rules, law)
    target = _target(lines, points, rules, law)
    may_rise = ~suspended & _may_rise(lines, rules, on=on)
    step = rules.step_minor
    lowered = target // step * step
    by = np.maximum(lines.fixed_minor * rules.rise.percent // 100 // step * step, step)
    raised = np.maximum(np.minimum(lines.fixed_minor + by, lowered), lines.fixed_minor)
    fixed = np.where(target < lines.fixed_minor, lowered, np.where(may_rise, raised, lines.fixed_minor))
    moves = (fixed != lines.fixed_minor) | (suspended != _has(lines, SUSPENDED))
    return Looked(points, fixed, suspended, moves, moves | (points != lines.points))


def _has(lines: LineTable, flag: int) -> Flags:
    return (lines.flags & flag) != 0


def _points(lines: LineTable, rules: LimitRules) -> Integers:
    points = np.full(len(lines.points), rules.base_points, np.int64)
    for part in rules.parts:
        value = _used_percent(lines) if part.fact == "used_percent" else getattr(lines, part.fact)
        points += part.points * np.clip(value - part.beyond, 0, part.count_max)
    return np.clip(points, rules.points_min, rules.points_max)


def _used_percent(lines: LineTable) -> Integers:
    fixed = lines.fixed_minor
    return np.where(fixed > 0, lines.owed_minor * 100 // np.maximum(fixed, 1), 0)


def _suspended(lines: LineTable, points: Integers, rules: LimitRules, law: LimitLaw) -> Flags:
    flags = CHARGED_OFF | SUSPECTED | HARDSHIP | WARNED | (STUDENT if law.bans_students else 0)
    return (
        _has(lines, flags)
        | (lines.days_late >= rules.suspension.days_late_from)
        | (points < rules.suspension.points_below)
    )


def _target(lines: LineTable, points: Integers, rules: LimitRules, law: LimitLaw) -> Integers:
    percent = np.zeros(len(points), np.int64)
    for level in reversed(rules.levels):
        percent[points >= level.points_min] = level.percent
    anchor = lines.anchor_minor
    level = np.maximum(anchor * percent // 100, np.minimum(rules.floor_minor, anchor))
    level = np.minimum(level, np.maximum(rules.ceiling_minor, anchor))
    bearable = lines.monthly_income_minor * law.debt_burden_percent_max // 100
    room = np.maximum(bearable - lines.service_minor, 0)
    burden = np.where(
        lines.monthly_income_minor == 0, _UNBOUNDED, lines.owed_minor + room * rules.reference_tenor_months
    )
    return np.maximum(np.minimum(level, np.minimum(burden, law.exposure_max_minor) - lines.special_minor), 0)


def _may_rise(lines: LineTable, rules: LimitRules, *, on: int) -> Flags:
    return (
        _has(lines, TAKES_RISES)
        & ~_has(lines, DISPUTE)
        & (lines.late_count == 0)
        & (lines.days_late == 0)
        & (lines.on_time_count >= rules.rise.on_time_min)
        & (lines.monthly_income_minor != 0)
        & (on - lines.changed_on >= rules.rise.days_min)
    )
