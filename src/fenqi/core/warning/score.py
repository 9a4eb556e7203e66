"""The warning score: points for each sign, the most telling first."""

from dataclasses import dataclass

from fenqi.core.warning.signs import Signs
from fenqi.core.warning.strategy import WarningStrategy


@dataclass(frozen=True, slots=True)
class Telling:
    """What one sign brought: its value and its points. Its words stand in `REASONS`."""

    fact: str
    value: int
    points: int


@dataclass(frozen=True, slots=True)
class WarningScore:
    """A score with its reasons; a sign without points is none."""

    points: int
    reasons: tuple[Telling, ...]


def warning_score(signs: Signs, strategy: WarningStrategy) -> WarningScore:
    """Add up what the signs bring; among equals the strategy's order decides which reason comes first."""
    told: list[Telling] = []
    for part in strategy.parts:
        value = int(getattr(signs, part.fact))
        points = part.points * min(max(value - part.beyond, 0), part.count_max)
        if points:
            told.append(Telling(part.fact, value, points))
    return WarningScore(sum(one.points for one in told), tuple(sorted(told, key=lambda one: -one.points)))
