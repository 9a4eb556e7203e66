"""The smallest change of a score's features that would have reached a cut-off."""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass

from fenqi.core.decision.scorecard import Characteristic, Contribution, Scorecard, Scored


@dataclass(frozen=True)
class ScoreChange:
    """A feature that would have to lie in [value_from, value_below), None for open, and the points it would add."""

    name: str
    reason: str
    value: float | int | None
    value_from: int | None
    value_below: int | None
    points_gained: int


def changes_to_reach(points_min: int, *, scored: Scored, scorecard: Scorecard) -> tuple[ScoreChange, ...]:
    """The features to change, and into which bins, for the score to reach the cut-off.

    One feature if one is enough, the one with the least surplus; else the most costly ones first, each to its
    best bin. Nothing if the score reaches the cut-off already, or if no change of features could.
    """
    short = points_min - scored.points
    by_name = {characteristic.name: characteristic for characteristic in scorecard.characteristics}
    reachable = sum(max(0, _gain_max(part, by_name[part.name])) for part in scored.reasons)
    if not 0 < short <= reachable:
        return ()
    enough = [
        change
        for part in scored.reasons
        if (change := _nearest_change(part, by_name[part.name], gain_min=short)) is not None
    ]
    if enough:
        return (min(enough, key=lambda change: change.points_gained),)

    return tuple(_changes_together(short, scored.reasons, by_name))


def _changes_together(
    short: int, adverse: tuple[Contribution, ...], by_name: dict[str, Characteristic]
) -> Iterator[ScoreChange]:
    for part in adverse:
        if short <= 0:
            return
        change = _nearest_change(part, by_name[part.name], gain_min=min(short, _gain_max(part, by_name[part.name])))
        if change is not None:
            short -= change.points_gained
            yield change


def _gain_max(part: Contribution, characteristic: Characteristic) -> int:
    return max(characteristic.points) - part.points


def _nearest_change(part: Contribution, characteristic: Characteristic, *, gain_min: int) -> ScoreChange | None:
    """The bin nearest to the present one that brings at least so many points more."""
    here = 0 if part.value is None else bisect_right(characteristic.edges, part.value)
    bins = [number for number, points in enumerate(characteristic.points) if points - part.points >= max(1, gain_min)]
    if not bins:
        return None
    nearest = min(bins, key=lambda number: abs(number - here))
    edges = characteristic.edges
    return ScoreChange(
        name=part.name,
        reason=part.reason,
        value=part.value,
        value_from=edges[nearest - 1] if nearest > 0 else None,
        value_below=edges[nearest] if nearest < len(edges) else None,
        points_gained=characteristic.points[nearest] - part.points,
    )
