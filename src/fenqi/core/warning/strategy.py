"""A warning strategy as data: points for signs, and the ladder of what is done from how many points on."""

import hashlib
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import ClassVar

import msgspec

from fenqi.core.refusal import Refusal
from fenqi.core.warning.signs import FACTS

PERMILLE = 1000
NEVER = 1_000_000


class WarningStrategyMalformed(Refusal):
    """The strategy cannot be read, or its ladder or its points contradict themselves."""

    code: ClassVar[str] = "warning_strategy_malformed"


class Action(StrEnum):
    """What is done about a warning, from the mildest to the hardest."""

    REMINDER = "reminder"
    """A friendly word about what is due next."""
    OFFER = "offer"
    """An offer, in plain language, to talk about paying later or less at a time."""
    FREEZE_LIMIT = "freeze_limit"
    """Nothing new is lent for now."""
    CALL = "call"
    """A conversation, put on a worklist."""
    PERSON = "person"
    """Somebody who decides looks at the whole customer."""


CALLS = frozenset({Action.CALL, Action.PERSON})
"""The steps after which somebody calls."""


@dataclass(frozen=True, kw_only=True)
class Part:
    """So many points for each unit of a sign beyond the first `beyond`, for at most `count_max` of them."""

    fact: str
    points: int
    count_max: int
    beyond: int = 0


@dataclass(frozen=True, kw_only=True)
class Step:
    """A rung: from so many points on, and so many days after the one before it.

    Of 1,000 customers who come to it, `hold_out_permille` are left alone so that its effect can be measured. From
    `at_once_points` on it does not wait for the rungs below it.
    """

    action: Action
    points_min: int
    after_days: int
    hold_out_permille: int
    at_once_points: int | None = None


class _Text(msgspec.Struct, forbid_unknown_fields=True, frozen=True):
    name: str
    window_days: int
    calm_days: int
    outcome_days: int
    outcome_days_late: int
    parts: tuple[Part, ...]
    ladder: tuple[Step, ...]


@dataclass(frozen=True, kw_only=True)
class WarningStrategy:
    """A version; `version` is the sha256 of its canonical text.

    Signs are counted over `window_days`. A warning ends after `calm_days` below the first rung. An intervention has
    failed if the customer is `outcome_days_late` days late within `outcome_days` after it.
    """

    version: str
    name: str
    window_days: int
    calm_days: int
    outcome_days: int
    outcome_days_late: int
    parts: tuple[Part, ...]
    ladder: tuple[Step, ...]

    @property
    def points_min(self) -> int:
        """From how many points on there is a warning."""
        return self.ladder[0].points_min

    def beyond(self, fact: str) -> int:
        """Up to which value a sign means nothing; so high that it never means anything, if it has no points."""
        return next((part.beyond for part in self.parts if part.fact == fact), NEVER)


def read_warning_strategy(text: bytes) -> WarningStrategy:
    """Read a strategy from JSON.

    Raises: WarningStrategyMalformed, naming what is wrong.
    """
    try:
        read = msgspec.json.decode(text, type=_Text)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise WarningStrategyMalformed(f"the strategy cannot be read: {error}", allowed="strategies/warning") from error
    for holds, what in (*_times(read), *_parts(read), *_ladder(read)):
        if not holds:
            raise WarningStrategyMalformed(what, allowed="points that only raise, and a ladder that only climbs")
    canonical = msgspec.json.encode(read, order="deterministic")
    return WarningStrategy(version=hashlib.sha256(canonical).hexdigest(), **msgspec.structs.asdict(read))


def _times(read: _Text) -> tuple[tuple[bool, str], ...]:
    return (
        (1 <= read.window_days <= 365, "window_days is not between 1 and 365"),
        (1 <= read.calm_days <= 365, "calm_days is not between 1 and 365"),
        (1 <= read.outcome_days <= 365, "outcome_days is not between 1 and 365"),
        (1 <= read.outcome_days_late <= read.outcome_days, "outcome_days_late is not between 1 and outcome_days"),
    )


def _parts(read: _Text) -> tuple[tuple[bool, str], ...]:
    twice = [fact for fact, count in Counter(part.fact for part in read.parts).items() if count > 1]
    return (
        (bool(read.parts), "no sign has points"),
        (not twice, f"{', '.join(twice)} has points twice"),
        *((part.fact in FACTS, f"nobody sees the sign {part.fact}") for part in read.parts),
        *((part.points > 0, f"{part.fact} does not raise the points") for part in read.parts),
        *((part.count_max >= 1 and part.beyond >= 0, f"{part.fact} counts nothing") for part in read.parts),
    )


def _ladder(read: _Text) -> tuple[tuple[bool, str], ...]:
    order = list(Action)
    return (
        (bool(read.ladder), "the ladder has no rung"),
        *(
            (
                order.index(lower.action) < order.index(upper.action) and lower.points_min <= upper.points_min,
                f"{upper.action} does not stand above {lower.action}",
            )
            for lower, upper in pairwise(read.ladder)
        ),
        *((step.points_min >= 1 and step.after_days >= 0, f"{step.action} comes too early") for step in read.ladder),
        *(
            (0 <= step.hold_out_permille < PERMILLE, f"{step.action} holds out everybody or less than nobody")
            for step in read.ladder
        ),
        *(
            (step.at_once_points is None or step.at_once_points >= step.points_min, f"{step.action} jumps too early")
            for step in read.ladder
        ),
    )
