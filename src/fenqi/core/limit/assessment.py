"""A line is looked at again: its score, what it is from now on, why, and what would raise it."""

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from fenqi.core.customer.affordability import affordability_of
from fenqi.core.limit.behaviour import Behaviour, LimitLaw, Line
from fenqi.core.limit.rules import LimitRules
from fenqi.core.limit.score import Scored, behaviour_score

_UNBOUNDED = 10**15


class Move(StrEnum):
    """What became of a line."""

    KEPT = "kept"
    RAISED = "raised"
    LOWERED = "lowered"
    SUSPENDED = "suspended"
    """Nothing new is lent; the line itself is kept for when that ends."""
    RESUMED = "resumed"


@dataclass(frozen=True, slots=True)
class Told:
    """A reason or a piece of advice by its code, with the number or the day that its words need."""

    code: str
    count: int = 0
    on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Assessment:
    """What a look at a line came to; `fixed_minor` is kept while it is suspended."""

    move: Move
    scored: Scored
    fixed_minor: int
    is_suspended: bool
    reasons: tuple[Told, ...]
    would_raise: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class _Bounds:
    """What the line may be at most: by points, by the rules' ceiling and the law, by what income bears."""

    level_minor: int
    law_minor: int
    burden_minor: int

    @property
    def target_minor(self) -> int:
        return max(min(self.level_minor, self.law_minor, self.burden_minor), 0)


def assess(behaviour: Behaviour, line: Line, *, rules: LimitRules, law: LimitLaw, on: date) -> Assessment:
    """Lower a line at once to what score, law and income carry; raise it step by step, and never for who is late.

    A line that is suspended comes back when nothing suspends it any more. A rise needs payments in time, a wait since
    the last move, a known income and a borrower who wants it.
    """
    scored = behaviour_score(behaviour, line, rules)
    suspending = _suspending(behaviour, scored, rules, law)
    bounds = _bounds(behaviour, line, scored, rules, law)
    lacking = (*suspending, *_lacking(behaviour, line, rules, on=on))
    if bounds.target_minor < line.fixed_minor:
        fixed_minor = bounds.target_minor // rules.step_minor * rules.step_minor
    else:
        fixed_minor = line.fixed_minor if lacking else _raised(line, bounds, rules)
    move = _move(line, fixed_minor, is_suspended=bool(suspending))
    return Assessment(
        move=move,
        scored=scored,
        fixed_minor=fixed_minor,
        is_suspended=bool(suspending),
        reasons=_reasons(move, behaviour, bounds, suspending, is_lowered=fixed_minor < line.fixed_minor),
        would_raise=lacking or _beyond(bounds, fixed_minor, rules, on=on),
    )


def burden_max_minor(behaviour: Behaviour, *, rules: LimitRules, law: LimitLaw) -> int:
    """The most that may be lent in all, by what all debts together may take of the income; unbounded if unknown."""
    if not behaviour.monthly_income_minor:
        return _UNBOUNDED
    room = affordability_of(
        monthly_income_minor=behaviour.monthly_income_minor,
        monthly_debt_service_minor=behaviour.here_service_minor + behaviour.outside_service_minor,
        debt_service_percent_max=law.debt_burden_percent_max,
    )
    return behaviour.owed_minor + room.room_minor * rules.reference_tenor_months


def _bounds(behaviour: Behaviour, line: Line, scored: Scored, rules: LimitRules, law: LimitLaw) -> _Bounds:
    level = max(line.anchor_minor * rules.percent_of(scored.points) // 100, min(rules.floor_minor, line.anchor_minor))
    return _Bounds(
        level_minor=min(level, max(rules.ceiling_minor, line.anchor_minor)),
        law_minor=law.exposure_max_minor - line.special_minor,
        burden_minor=burden_max_minor(behaviour, rules=rules, law=law) - line.special_minor,
    )


def _suspending(behaviour: Behaviour, scored: Scored, rules: LimitRules, law: LimitLaw) -> tuple[Told, ...]:
    suspension = rules.suspension
    found = (
        ("charged_off", behaviour.is_charged_off, 0),
        ("security_check", behaviour.is_suspected, 0),
        ("late_now", behaviour.days_late >= suspension.days_late_from, behaviour.days_late),
        ("in_hardship", behaviour.is_in_hardship, 0),
        ("warned", behaviour.is_warned, 0),
        ("student", behaviour.is_student and law.bans_students, 0),
        ("score_low", scored.points < suspension.points_below, 0),
    )
    return tuple(Told(code, count) for code, holds, count in found if holds)


def _lacking(behaviour: Behaviour, line: Line, rules: LimitRules, *, on: date) -> tuple[Told, ...]:
    """What keeps a line from rising, besides what suspends it."""
    rise = rules.rise
    until = line.changed_on + timedelta(days=rise.days_min)
    found = (
        ("rises_switched_off", not line.takes_rises, 0, None),
        ("dispute_open", behaviour.is_in_dispute, 0, None),
        ("late_before", behaviour.late_count > 0 or behaviour.days_late > 0, rules.window_months, None),
        ("pay_on_time", behaviour.on_time_count < rise.on_time_min, rise.on_time_min - behaviour.on_time_count, None),
        ("income_unknown", not behaviour.monthly_income_minor, 0, None),
        ("wait", on < until, 0, until),
    )
    return tuple(Told(code, count, day) for code, holds, count, day in found if holds)


def _raised(line: Line, bounds: _Bounds, rules: LimitRules) -> int:
    step = rules.step_minor
    by = max(line.fixed_minor * rules.rise.percent // 100 // step * step, step)
    return max(min(line.fixed_minor + by, bounds.target_minor // step * step), line.fixed_minor)


def _move(line: Line, fixed_minor: int, *, is_suspended: bool) -> Move:
    if is_suspended != line.is_suspended:
        return Move.SUSPENDED if is_suspended else Move.RESUMED
    if fixed_minor == line.fixed_minor:
        return Move.KEPT
    return Move.RAISED if fixed_minor > line.fixed_minor else Move.LOWERED


def _reasons(
    move: Move, behaviour: Behaviour, bounds: _Bounds, suspending: tuple[Told, ...], *, is_lowered: bool
) -> tuple[Told, ...]:
    """A line may be lowered in the same look that suspends or reopens it: then that is told too."""
    lowering = _binding(behaviour, bounds) if is_lowered else ()
    match move:
        case Move.SUSPENDED:
            return (*suspending, *lowering)
        case Move.RESUMED:
            return (Told("nothing_suspends"), *lowering)
        case Move.RAISED:
            return (Told("paid_on_time", behaviour.on_time_count),)
        case _:
            return lowering


def _binding(behaviour: Behaviour, bounds: _Bounds) -> tuple[Told, ...]:
    """Which bound lowered the line, and by what the score fell."""
    if bounds.target_minor == bounds.level_minor:
        found = (
            ("paid_late", behaviour.late_count),
            ("debits_failed", behaviour.failed_debit_count),
        )
        return tuple(Told(code, count) for code, count in found if count) or (Told("much_used"),)
    return (Told("debt_burden" if bounds.burden_minor <= bounds.law_minor else "law_ceiling"),)


def _beyond(bounds: _Bounds, fixed_minor: int, rules: LimitRules, *, on: date) -> tuple[Told, ...]:
    """What would raise a line for which nothing is lacking."""
    if bounds.target_minor >= fixed_minor + rules.step_minor:
        return (Told("wait", 0, on + timedelta(days=rules.rise.days_min)),)
    if bounds.burden_minor < bounds.level_minor:
        return (Told("reduce_debt"),)
    return (Told("go_on"),)
