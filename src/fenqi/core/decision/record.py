"""A decision as it is stored: one canonical text, from which it can be made again, byte for byte."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

import msgspec

from fenqi.core.decision.facts import Fact, Facts, FactValue
from fenqi.core.decision.graph_outcome import decide_by_graph
from fenqi.core.decision.graph_policy import GraphStrategy
from fenqi.core.decision.law import DecisionLaw
from fenqi.core.decision.line_up import Role
from fenqi.core.decision.outcome import Decision, Graphed, Outcome, decide
from fenqi.core.decision.qualification import Qualified
from fenqi.core.decision.reason import Reason
from fenqi.core.decision.rules import RuleResult
from fenqi.core.decision.scorecard import Scorecard, Scored
from fenqi.core.decision.screening import Screening, screening_again, screening_of_record
from fenqi.core.decision.screening_strategy import ScreeningStrategy
from fenqi.core.decision.strategy import Strategy
from fenqi.core.product.catalogue import Catalogue
from fenqi.core.refusal import Kind, Refusal

FORMAT, FORMAT_SCREENED = 5, 6
"""A decision before which the order was screened says so, and how."""
_WITHOUT_LAYERS = 2
"""By so much lower is the format of a decision that was made before there were layers."""
_BY_LIST = 2
"""The format of a decision that a list of rules made, before graphs did."""


class ReplayInputDiffers(Refusal):
    """Strategy, scorecard, catalogue or screening are not the versions that the decision was made with."""

    code: ClassVar[str] = "replay_input_differs"
    kind: ClassVar[Kind] = Kind.CONFLICT


def decision_record(decision: Decision) -> bytes:
    """The whole decision as canonical JSON: keys sorted, no blanks, decimals as text, UTF-8."""
    return msgspec.json.encode(
        {
            **_screened_record(decision),
            **({} if decision.layers is None else {"layers": decision.layers}),
            "format": _format_of(decision),
            "decided_at": decision.decided_at,
            "law": decision.law,
            "strategy": _strategy_record(decision.strategy),
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


@dataclass(frozen=True)
class Versions:
    """What a stored decision was made with, and whether its strategy was a list of rules or is a graph."""

    strategy: str
    scorecard: str
    catalogue: str
    screening: str | None
    """None where the order was not screened."""
    is_list: bool


def versions_of_record(record: bytes) -> Versions:
    """The versions that a replay needs."""
    stored: dict[str, Any] = msgspec.json.decode(record)
    return Versions(
        strategy=stored["strategy"]["version"],
        scorecard=stored["scorecard_version"],
        catalogue=stored["catalogue_version"],
        screening=stored["screening"]["version"] if "screening" in stored else None,
        is_list=stored["format"] == _BY_LIST,
    )


def replay_decision(
    record: bytes,
    *,
    strategy: Strategy | GraphStrategy,
    scorecard: Scorecard,
    catalogue: Catalogue,
    screening: ScreeningStrategy | None = None,
) -> bytes:
    """Decide again on the stored facts and signals under the stored law, and give the record that comes of it.

    Equal bytes prove that nothing but what is in the record went into the decision.

    Raises: ReplayInputDiffers.
    """
    stored: dict[str, Any] = msgspec.json.decode(record)
    _require_same("strategy", stored["strategy"]["version"], strategy.version)
    _require_same("scorecard", stored["scorecard_version"], scorecard.version)
    _require_same("catalogue", stored["catalogue_version"], catalogue.version)
    screened = _screened_again(stored.get("screening"), screening)
    return decision_record(
        decided_again(stored, strategy=strategy, scorecard=scorecard, catalogue=catalogue, screening=screened)
    )


def decided_again(
    stored: dict[str, Any],
    *,
    strategy: Strategy | GraphStrategy,
    scorecard: Scorecard,
    catalogue: Catalogue,
    screening: Screening | None,
) -> Decision:
    """What a strategy, its own or another one, decides on the facts, the law and the day of a stored decision."""
    facts, law = facts_of_record(stored), msgspec.convert(stored["law"], DecisionLaw)
    decided_at = datetime.fromisoformat(stored["decided_at"])
    if isinstance(strategy, Strategy):
        return decide(
            facts, strategy=strategy, scorecard=scorecard, law=law, catalogue=catalogue, decided_at=decided_at
        )
    made_by = stored["strategy"]
    return decide_by_graph(
        facts,
        strategy=strategy,
        scorecard=scorecard,
        law=law,
        catalogue=catalogue,
        decided_at=decided_at,
        role=Role(made_by.get("role", Role.CHAMPION)),
        is_halted=made_by.get("halted", False),
        screening=screening,
        is_layered="layers" in stored,
    )


def _screened_again(stored: dict[str, Any] | None, strategy: ScreeningStrategy | None) -> Screening | None:
    if stored is None:
        return None
    _require_same("screening", stored["version"], "" if strategy is None else strategy.version)
    assert strategy is not None  # no version is the empty text
    return screening_again(stored, strategy=strategy)


def screening_of(stored: dict[str, Any]) -> Screening | None:
    """The screening of a decision's record; None if there was none yet."""
    found = stored.get("screening")
    return None if found is None else screening_of_record(found)


def credit_outcome_of(stored: dict[str, Any]) -> Outcome:
    """What was decided about credit, whatever the screening put in front."""
    credit = stored.get("credit")
    return Outcome(stored["outcome"] if credit is None else credit["outcome"])


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


def layers_of_record(stored: dict[str, Any]) -> tuple[Qualified, ...]:
    """What each layer came to; none in decisions that were made before there were layers."""
    return msgspec.convert(stored.get("layers", ()), tuple[Qualified, ...])


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


def _screened_record(decision: Decision) -> dict[str, Any]:
    """How the order was screened; a model that was not asked is not named."""
    if decision.screening is None:
        return {}
    said = {name: value for name, value in vars(decision.screening).items() if name != "model" or value is not None}
    return {"screening": said, "credit": decision.credit}


def _format_of(decision: Decision) -> int:
    if not isinstance(decision.strategy, Graphed):
        return _BY_LIST
    format_ = FORMAT if decision.screening is None else FORMAT_SCREENED
    return format_ if decision.layers is not None else format_ - _WITHOUT_LAYERS


def _strategy_record(strategy: Strategy | Graphed) -> dict[str, Any]:
    said: dict[str, Any] = {"name": strategy.name, "version": strategy.version}
    if isinstance(strategy, Graphed):
        said |= {"role": strategy.role, "halted": strategy.is_halted}
    return said


def _require_same(what: str, stored: str, given: str) -> None:
    if stored != given:
        raise ReplayInputDiffers(
            f"the decision was made with {what} {stored}, not with {given}", allowed=f"{what} {stored}"
        )
