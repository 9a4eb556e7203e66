"""What a screening of worlds comes to: how much of each scheme is found, and how many good orders are stopped."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from math import sqrt

from fenqi.core.decision.screening_strategy import ScreeningAction
from fenqi.simulation.fraud.screened import Judge, Judged
from fenqi.simulation.fraud.truth import Scheme

STOPPED = frozenset({ScreeningAction.FREEZE, ScreeningAction.DECLINE})
_NORMAL_95 = 1.96


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """The share; 0 of nothing."""
        return self.part / self.whole if self.whole else 0.0

    @property
    def interval(self) -> tuple[float, float]:
        """The 95 % interval of the share.

        Source: Wilson, Journal of the American Statistical Association 22 (1927).
        """
        if not self.whole:
            return 0.0, 1.0
        square = _NORMAL_95**2
        middle = (self.part + square / 2) / (self.whole + square)
        spread = self.part * (self.whole - self.part) / self.whole + square / 4
        reach = _NORMAL_95 * sqrt(spread) / (self.whole + square)
        return max(middle - reach, 0.0), min(middle + reach, 1.0)


@dataclass(frozen=True, slots=True)
class Found:
    """How one judge did on one scheme.

    `precision` is of the stopped orders those of the scheme, had it been the only one beside the good orders.
    """

    scheme: Scheme
    recall: Share
    precision: Share
    checked: Share
    """Stopped, or made to show once more who they are."""


@dataclass(frozen=True, slots=True)
class Detection:
    """How one judge did: by scheme, over all of them, and on good orders."""

    judge: Judge
    schemes: tuple[Found, ...]
    precision: Share
    false_stops: Share
    false_checks: Share


def detection(judged: Iterable[Judged], judge: Judge) -> Detection:
    """Count what a judge stopped and checked."""
    counts = Counter((one.scheme, one.actions[judge]) for one in judged)
    stopped, checked, orders = Counter[Scheme | None](), Counter[Scheme | None](), Counter[Scheme | None]()
    for (scheme, action), count in counts.items():
        orders[scheme] += count
        stopped[scheme] += count if action in STOPPED else 0
        checked[scheme] += count if action is not ScreeningAction.ALLOW else 0
    good = stopped[None]
    return Detection(
        judge,
        tuple(
            Found(
                scheme,
                recall=Share(stopped[scheme], orders[scheme]),
                precision=Share(stopped[scheme], stopped[scheme] + good),
                checked=Share(checked[scheme], orders[scheme]),
            )
            for scheme in Scheme
        ),
        precision=Share(stopped.total() - good, stopped.total()),
        false_stops=Share(good, orders[None]),
        false_checks=Share(checked[None] - good, orders[None]),
    )
