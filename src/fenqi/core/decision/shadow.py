"""What strategies that decide on nobody would have said of a decision, beside what the champion says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from fenqi.core.decision.graph_policy import GraphStrategy, graph_input
from fenqi.core.decision.law import DecisionLaw
from fenqi.core.decision.record import decided_again, facts_of_record, screening_of
from fenqi.core.decision.scorecard import Scorecard
from fenqi.core.product.catalogue import Catalogue

_UNSEEN = {"approve_points_min"}
"""What a graph says besides, from which neither outcome, reasons nor limit follow; so are the answers of its rules."""
_RULE = "rule_"
_STUMBLES = (ArithmeticError, LookupError, TypeError, ValueError)


@dataclass(frozen=True)
class End:
    """How a decision ends under one strategy."""

    outcome: str
    limit_minor: int | None
    reasons: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Beside:
    """What a shadow says of one decision; its reasons only where the champion's outcome is another."""

    decision_id: UUID
    use_id: UUID
    on_day: date
    was: str
    outcome: str
    limit_minor: int | None
    reasons: tuple[str, ...]
    is_limit_moved: bool


@dataclass(frozen=True)
class ToJudge:
    """A stored decision, the champion of its instant, and the shadows that ran: versions by use."""

    decision_id: UUID
    content: bytes
    champion: str
    shadows: Mapping[UUID, str]


def judged_beside(
    one: ToJudge,
    *,
    strategies: Mapping[str, GraphStrategy],
    scorecards: Mapping[str, Scorecard],
    catalogues: Mapping[str, Catalogue],
) -> tuple[Beside, ...] | None:
    """What each shadow says of a decision; None if its score or catalogue is not at hand.

    Whoever decided, and were it a challenger or nobody while deciding was halted, each shadow is held to what the
    champion says. Plans are priced anew only where a graph says something else than the champion's does.
    """
    stored: dict[str, Any] = msgspec.json.decode(one.content)
    scorecard, catalogue = scorecards.get(stored["scorecard_version"]), catalogues.get(stored["catalogue_version"])
    if scorecard is None or catalogue is None:
        return None
    facts, law = facts_of_record(stored), msgspec.convert(stored["law"], DecisionLaw)
    points = stored["score"]["points"] if stored["score"] else None
    given = _Given(stored, graph_input(facts, law=law, points=points), scorecard, catalogue)
    champion = strategies[one.champion]
    was, said = given.end_by(champion), given.bearing(champion)
    ends: list[tuple[UUID, End]] = []
    for use_id, version in one.shadows.items():
        shadow = strategies[version]
        alike = said is not None and given.bearing(shadow) == said
        ends.append((use_id, was if alike else given.end_by(shadow)))
    return tuple(_beside(one, use_id, was, end, on_day=law.on) for use_id, end in ends)


@dataclass(frozen=True)
class _Given:
    """A decision's record, and what a graph takes of it."""

    stored: dict[str, Any]
    taken: dict[str, Any]
    scorecard: Scorecard
    catalogue: Catalogue

    def bearing(self, strategy: GraphStrategy) -> dict[str, Any] | None:
        """What a graph says, without what nothing follows from; None where it concludes nothing."""
        try:
            said = strategy.scalar.run(self.taken)
        except _STUMBLES:
            return None
        if not isinstance(said, dict):
            return None
        return {name: value for name, value in said.items() if name not in _UNSEEN and not name.startswith(_RULE)}

    def end_by(self, strategy: GraphStrategy) -> End:
        """How it ends under a strategy; as it did, if that is who decided."""
        made_by, stored = self.stored["strategy"], self.stored
        if made_by["version"] == strategy.version and not made_by.get("halted", False):
            limit = stored["limit"]
            reasons = tuple(reason["code"] for reason in stored["reasons"])
            return End(stored["outcome"], limit["granted_minor"] if limit else None, reasons)
        decision = decided_again(
            stored | {"strategy": {"version": strategy.version}},
            strategy=strategy,
            scorecard=self.scorecard,
            catalogue=self.catalogue,
            screening=screening_of(stored),
        )
        limit_minor = decision.limit.granted_minor if decision.limit else None
        return End(decision.outcome.value, limit_minor, tuple(reason.code for reason in decision.reasons))


def _beside(one: ToJudge, use_id: UUID, was: End, end: End, *, on_day: date) -> Beside:
    moved = end.outcome != was.outcome
    return Beside(
        decision_id=one.decision_id,
        use_id=use_id,
        on_day=on_day,
        was=was.outcome,
        outcome=end.outcome,
        limit_minor=end.limit_minor,
        reasons=end.reasons if moved else (),
        is_limit_moved=end.limit_minor != was.limit_minor,
    )
