"""The behaviour score: points for what was paid in time, and against what was not."""

from dataclasses import dataclass

from fenqi.core.limit.behaviour import Behaviour, Line
from fenqi.core.limit.rules import LimitRules, PointsPart


@dataclass(frozen=True, slots=True)
class Earned:
    """What one fact brought or cost."""

    fact: str
    value: int
    points: int


@dataclass(frozen=True, slots=True)
class Scored:
    """A score and what it is made of."""

    points: int
    parts: tuple[Earned, ...]


def used_percent(behaviour: Behaviour, line: Line) -> int:
    """How much of the line is owed, rounded down; 0 where there is none."""
    return behaviour.owed_minor * 100 // line.fixed_minor if line.fixed_minor > 0 else 0


def behaviour_score(behaviour: Behaviour, line: Line, rules: LimitRules) -> Scored:
    """Add the parts to the base and keep the sum within the rules' bounds."""
    parts = tuple(_earned(part, behaviour, line) for part in rules.parts)
    points = rules.base_points + sum(part.points for part in parts)
    return Scored(min(max(points, rules.points_min), rules.points_max), parts)


def _earned(part: PointsPart, behaviour: Behaviour, line: Line) -> Earned:
    value = used_percent(behaviour, line) if part.fact == "used_percent" else int(getattr(behaviour, part.fact))
    return Earned(part.fact, value, part.points * min(max(value - part.beyond, 0), part.count_max))
