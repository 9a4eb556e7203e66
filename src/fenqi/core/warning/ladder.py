"""Which rung of the ladder comes next for a customer who is being watched."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from fenqi.core.warning.hold_out import is_held_out
from fenqi.core.warning.score import WarningScore, warning_score
from fenqi.core.warning.signs import Signs
from fenqi.core.warning.strategy import Action, Step, WarningStrategy


@dataclass(frozen=True, slots=True)
class Taken:
    """A rung that was come to in this warning, whether it was done or left out for measuring."""

    action: Action
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Judgement:
    """What a look at a customer came to; without an action nothing is due today."""

    score: WarningScore
    action: Action | None
    is_held_out: bool

    @property
    def is_done(self) -> bool:
        """Whether something is to be done, and not left out for measuring."""
        return self.action is not None and not self.is_held_out

    def without_step(self) -> "Judgement":
        """The same points, with nothing to be done."""
        return Judgement(score=self.score, action=None, is_held_out=False)


def judge(customer_id: UUID, signs: Signs, taken: Sequence[Taken], *, strategy: WarningStrategy, on: date) -> Judgement:
    """Look at a customer on a day; `taken` are the rungs of the present warning, the oldest first."""
    score = warning_score(signs, strategy)
    step = next_step(score.points, taken, strategy=strategy, on=on)
    if step is None:
        return Judgement(score=score, action=None, is_held_out=False)
    held_out = is_held_out(customer_id, strategy_version=strategy.version, step=step)
    return Judgement(score=score, action=step.action, is_held_out=held_out)


def next_step(points: int, taken: Sequence[Taken], *, strategy: WarningStrategy, on: date) -> Step | None:
    """The rung above the last one taken, once it is reached and its days are over; nobody climbs twice.

    So many points that a rung does not wait lead to it at once, over those between.
    """
    left = _above(taken, strategy)
    at_once = [step for step in left if step.at_once_points is not None and points >= step.at_once_points]
    if at_once:
        return at_once[-1]
    if not left or points < left[0].points_min:
        return None
    waited = (on - taken[-1].on).days if taken else left[0].after_days
    return left[0] if waited >= left[0].after_days else None


def _above(taken: Sequence[Taken], strategy: WarningStrategy) -> tuple[Step, ...]:
    order = list(Action)
    reached = max((order.index(one.action) for one in taken), default=-1)
    return tuple(step for step in strategy.ladder if order.index(step.action) > reached)
