"""The rules by which lines move, as data: points, what they are worth, when a line rises or is suspended."""

import hashlib
from dataclasses import dataclass
from itertools import pairwise
from typing import ClassVar

import msgspec

from fenqi.core.refusal import Refusal

GOOD_FACTS = frozenset({"on_time_count"})
BAD_FACTS = frozenset({"late_count", "days_late_max", "days_late", "failed_debit_count", "used_percent"})
PERCENT_MAX, MONTHS_MAX, MINOR_MAX = 1_000, 24, 10**12


class LimitRulesMalformed(Refusal):
    """The text is no set of rules for limits, or one that could reward lateness."""

    code: ClassVar[str] = "limit_rules_malformed"


@dataclass(frozen=True, kw_only=True)
class PointsPart:
    """So many points for each unit of a fact beyond the first `beyond`, for at most `count_max` of them."""

    fact: str
    points: int
    count_max: int
    beyond: int = 0


@dataclass(frozen=True, kw_only=True)
class Level:
    """How much of what was granted a score from so many points on carries."""

    points_min: int
    percent: int


@dataclass(frozen=True, kw_only=True)
class Rise:
    """When a line may rise, and by how much of itself at once."""

    on_time_min: int
    days_min: int
    percent: int


@dataclass(frozen=True, kw_only=True)
class Suspension:
    """From how many days late, and below how many points, nothing new is lent."""

    days_late_from: int
    points_below: int


@dataclass(frozen=True, kw_only=True)
class LimitRules:
    """A version of the rules; `version` is the sha256 of its canonical text."""

    version: str
    name: str
    window_months: int
    base_points: int
    points_min: int
    points_max: int
    parts: tuple[PointsPart, ...]
    levels: tuple[Level, ...]
    rise: Rise
    suspension: Suspension
    reference_tenor_months: int
    step_minor: int
    floor_minor: int
    ceiling_minor: int

    def percent_of(self, points: int) -> int:
        """What a score is worth, in percent of what was granted."""
        return next((level.percent for level in self.levels if points >= level.points_min), 0)


class _Text(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    name: str
    window_months: int
    base_points: int
    points_min: int
    points_max: int
    parts: tuple[PointsPart, ...]
    levels: tuple[Level, ...]
    rise: Rise
    suspension: Suspension
    reference_tenor_months: int
    step_minor: int
    floor_minor: int
    ceiling_minor: int


def read_limit_rules(text: bytes) -> LimitRules:
    """Read rules from JSON; levels come from the best down.

    Raises: LimitRulesMalformed, naming the place.
    """
    try:
        read = msgspec.json.decode(text, type=_Text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise LimitRulesMalformed(f"the rules cannot be read: {error}", allowed="strategies/limit/1.json") from error
    for holds, what in (*_ranges(read), *_parts(read), *_levels(read)):
        if not holds:
            raise LimitRulesMalformed(what, allowed="rules under which lateness never helps")
    canonical = msgspec.json.encode(read, order="deterministic")
    fields = {name: getattr(read, name) for name in read.__struct_fields__}
    return LimitRules(version=hashlib.sha256(canonical).hexdigest(), **fields)


def _ranges(read: _Text) -> tuple[tuple[bool, str], ...]:
    rise, suspension = read.rise, read.suspension
    return (
        (1 <= read.window_months <= MONTHS_MAX, f"window_months is not between 1 and {MONTHS_MAX}"),
        (
            0 <= read.points_min <= read.base_points <= read.points_max <= 10_000,
            "points_min, base and max: disorder",
        ),
        (0 < read.step_minor <= read.ceiling_minor <= MINOR_MAX, "step_minor is not between 1 and the ceiling"),
        (0 <= read.floor_minor <= read.ceiling_minor, "floor_minor is not between 0 and the ceiling"),
        (1 <= read.reference_tenor_months <= 60, "reference_tenor_months is not between 1 and 60"),
        (rise.on_time_min >= 1 and rise.days_min >= 1, "a rise without a payment in time, or without a wait"),
        (1 <= rise.percent <= PERCENT_MAX, f"rise.percent is not between 1 and {PERCENT_MAX}"),
        (suspension.days_late_from >= 1, "suspension.days_late_from is not a number of days"),
        (suspension.points_below >= 0, "suspension.points_below is negative"),
    )


def _parts(read: _Text) -> tuple[tuple[bool, str], ...]:
    named = [part.fact for part in read.parts]
    return (
        (len(named) == len(set(named)), "a fact has points twice"),
        *((part.fact in GOOD_FACTS | BAD_FACTS, f"nobody states the fact {part.fact}") for part in read.parts),
        *((part.fact in GOOD_FACTS or part.points <= 0, f"{part.fact} would earn points") for part in read.parts),
        *((part.fact in BAD_FACTS or part.points >= 0, f"{part.fact} would cost points") for part in read.parts),
        *(
            (0 <= part.count_max <= 10_000 and 0 <= part.beyond <= 10_000, f"{part.fact}: count_max")
            for part in read.parts
        ),
    )


def _levels(read: _Text) -> tuple[tuple[bool, str], ...]:
    return (
        (bool(read.levels) and read.levels[-1].points_min <= read.points_min, "the last level leaves points out"),
        *((0 <= level.percent <= PERCENT_MAX, "a level's percent is out of range") for level in read.levels),
        *(
            (
                upper.points_min > lower.points_min and upper.percent >= lower.percent,
                "levels: not from the best down",
            )
            for upper, lower in pairwise(read.levels)
        ),
    )
