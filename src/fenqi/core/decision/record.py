"""A decision as it is stored: one canonical text, from which it can be made again, byte for byte."""

from datetime import datetime
from typing import Any, ClassVar

import msgspec

from fenqi.core.decision.facts import Fact, Facts, FactValue
from fenqi.core.decision.law import DecisionLaw
from fenqi.core.decision.outcome import Decision, decide
from fenqi.core.decision.reason import Reason
from fenqi.core.decision.rules import RuleResult
from fenqi.core.decision.scorecard import Scorecard, Scored
from fenqi.core.decision.strategy import Strategy
from fenqi.core.product.catalogue import Catalogue
from fenqi.core.refusal import Kind, Refusal

FORMAT = 2


class ReplayInputDiffers(Refusal):
    """Strategy, scorecard or catalogue are not the versions that the decision was made with."""

    code: ClassVar[str] = "replay_input_differs"
    kind: ClassVar[Kind] = Kind.CONFLICT


def decision_record(decision: Decision) -> bytes:
    """The whole decision as canonical JSON: keys sorted, no blanks, decimals as text, UTF-8."""
    return msgspec.json.encode(
        {
            "format": FORMAT,
            "decided_at": decision.decided_at,
            "law": decision.law,
            "strategy": {"name": decision.strategy.name, "version": decision.strategy.version},
            "scorecard_version": decision.scorecard_version,
            "catalogue_version": decision.catalogue_version,
            "facts": _facts_record(decision.facts),
            "features": decision.features,
            "rules": decision.rules,
            "score": _score_record(decision.scored),
            "affordability": decision.affordability,
            "limit": decision.limit,
            "offers": [offer.record for offer in decision.offers],
            "withheld": decision.withheld,
            "outcome": decision.outcome,
            "reasons": decision.reasons,
            "score_changes": decision.score_changes,
        },
        order="deterministic",
    )


def replay_decision(record: bytes, *, strategy: Strategy, scorecard: Scorecard, catalogue: Catalogue) -> bytes:
    """Decide again on the stored facts under the stored law, and give the record that comes of it.

    Equal bytes prove that nothing but what is in the record went into the decision.

    Raises: ReplayInputDiffers.
    """
    stored: dict[str, Any] = msgspec.json.decode(record)
    _require_same("strategy", stored["strategy"]["version"], strategy.version)
    _require_same("scorecard", stored["scorecard_version"], scorecard.version)
    _require_same("catalogue", stored["catalogue_version"], catalogue.version)
    decision = decide(
        facts_of_record(stored),
        strategy=strategy,
        scorecard=scorecard,
        law=msgspec.convert(stored["law"], DecisionLaw),
        catalogue=catalogue,
        decided_at=datetime.fromisoformat(stored["decided_at"]),
    )
    return decision_record(decision)


def facts_of_record(stored: dict[str, Any]) -> Facts:
    """The facts as they were seen."""
    return Facts(
        Fact(name, value, said["source"], datetime.fromisoformat(said["observed_at"]))
        for said in stored["facts"]
        for name, value in said["values"].items()
    )


def rules_of_record(stored: dict[str, Any]) -> tuple[RuleResult, ...]:
    """Every rule's answer as it was given."""
    return msgspec.convert(stored["rules"], tuple[RuleResult, ...])


def reasons_of_record(stored: dict[str, Any]) -> tuple[Reason, ...]:
    """The reasons as they were given, hidden ones among them."""
    return msgspec.convert(stored["reasons"], tuple[Reason, ...])


def _facts_record(facts: Facts) -> list[dict[str, Any]]:
    """The facts by who said them and when: most come from one source at one instant."""
    said: dict[tuple[str, datetime], dict[str, FactValue]] = {}
    for fact in facts.stated:
        said.setdefault((fact.source, fact.observed_at), {})[fact.name] = fact.value
    return [
        {"source": source, "observed_at": observed_at, "values": said[source, observed_at]}
        for source, observed_at in sorted(said)
    ]


def _score_record(scored: Scored | None) -> dict[str, Any] | None:
    """Its reasons are left out: they are those of its parts that lost points, in the order of the loss."""
    if scored is None:
        return None
    return {"points": scored.points, "pd": scored.pd, "contributions": scored.contributions}


def _require_same(what: str, stored: str, given: str) -> None:
    if stored != given:
        raise ReplayInputDiffers(
            f"the decision was made with {what} {stored}, not with {given}", allowed=f"{what} {stored}"
        )
