"""A strategy that is a graph, judging facts as the list of rules does: rules, limit and reasons."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from fenqi.core.customer.affordability import Affordability
from fenqi.core.customer.profile import age_years
from fenqi.core.decision.facts import Facts
from fenqi.core.decision.law import DecisionLaw
from fenqi.core.decision.limit import Bound, Limit
from fenqi.core.decision.outcome import Outcome
from fenqi.core.decision.policy_contract import RULE, RULES, codes_of, effects_of, require_policy
from fenqi.core.decision.reason import REASONS, Reason
from fenqi.core.decision.rules import EXPOSURE_MAX, Rule, RuleResult, Threshold
from fenqi.core.decision.strategy import Band, Effect
from fenqi.core.strategy.expression import Literal
from fenqi.core.strategy.graph import Assign, read_graph
from fenqi.core.strategy.plan import Plan, plan_of
from fenqi.core.strategy.scalar import ScalarStrategy, Unsettled, compile_scalar

_THRESHOLD = "threshold_"
UNSETTLED = REASONS["facts_missing"]


@dataclass(frozen=True)
class GraphStrategy:
    """A compiled graph with what its rules are called, what each does when it fails, and where it cuts."""

    name: str
    scalar: ScalarStrategy
    rules: tuple[tuple[Rule, Effect, Threshold], ...]

    @property
    def version(self) -> str:
        """The version of the graph."""
        return self.scalar.version


@dataclass(frozen=True, kw_only=True)
class Judged:
    """What the graph concludes before plans are priced.

    `declined` and `referred` hold the reasons in the order of the graph; those of a score are worded by its card.
    `band` is what may be offered; None if nothing may.
    """

    outcome: Outcome
    rules: tuple[RuleResult, ...]
    affordability: Affordability | None = None
    limit: Limit | None = None
    declined: tuple[Reason, ...] = ()
    referred: tuple[Reason, ...] = ()
    band: Band | None = None
    is_score_low: bool = False
    approve_points_min: int | None = None


def read_policy(text: bytes, *, name: str) -> GraphStrategy:
    """Read, prove and compile a strategy that can decide.

    Raises: every refusal of `fenqi.core.strategy.fault`, PolicyIncomplete; each names the place.
    """
    return graph_strategy(plan_of(read_graph(text)), name=name)


def graph_strategy(plan: Plan, *, name: str) -> GraphStrategy:
    """Compile a proven graph: an output `rule_CODE` is a rule; the table that names CODE says what its failure does.

    Raises: PolicyIncomplete, naming the field.
    """
    require_policy(plan)
    effects, constants = effects_of(plan), _constants(plan)
    rules = ((RULES[code], effects[code], constants.get(_THRESHOLD + code, 0)) for code in codes_of(plan))
    return GraphStrategy(name, compile_scalar(plan), tuple(rules))


def evaluate(strategy: GraphStrategy, facts: Facts, *, law: DecisionLaw, points: int | None) -> Judged:
    """Judge facts by a graph; `points` is None without a score.

    Facts that the graph cannot take as they are refer the application: nothing is concluded from them. The proof
    leaves nothing to stumble over; should a graph stumble all the same, that refers too.
    """
    try:
        said = strategy.scalar.run(graph_input(facts, law=law, points=points))
        if not isinstance(said, Unsettled):
            return _judged(strategy, said, facts, thresholds=law.thresholds)
    except (ArithmeticError, LookupError, TypeError, ValueError):
        pass
    return Judged(outcome=Outcome.REFER, rules=(), referred=(UNSETTLED,))


def _judged(
    strategy: GraphStrategy, said: Mapping[str, Any], facts: Facts, *, thresholds: Mapping[str, Threshold]
) -> Judged:
    return Judged(
        outcome=Outcome(said["outcome"]),
        rules=tuple(_result(rule, effect, cut, said, facts, thresholds) for rule, effect, cut in strategy.rules),
        affordability=_affordability(said, facts),
        limit=_limit(said, thresholds),
        declined=tuple(REASONS[code] for code in said["declined"]),
        referred=tuple(REASONS[code] for code in said["referred"]),
        band=_band(said),
        is_score_low=said["score_low"],
        approve_points_min=said["approve_points_min"],
    )


def graph_input(facts: Facts, *, law: DecisionLaw, points: int | None) -> dict[str, Any]:
    """The facts as a graph takes them: the age instead of the birthday, and what the law of the day says."""
    thresholds = law.thresholds
    born_on, purpose, forbidden = facts.text("born_on"), facts.get("purpose"), thresholds["lending.forbidden_purposes"]
    return {
        **facts,
        "points": points,
        "age_years": None if born_on is None else age_years(date.fromisoformat(born_on), on=law.on),
        "purpose_forbidden": None if purpose is None else isinstance(forbidden, tuple) and purpose in forbidden,
        "law_adult_age_years": thresholds["identity.adult_age_years"],
        "law_student_ban": bool(thresholds["lending.student_ban"]),
        "law_exposure_max_minor": thresholds[EXPOSURE_MAX],
    }


def _result(
    rule: Rule, effect: Effect, cut: Threshold, said: Mapping[str, Any], facts: Facts, law: Mapping[str, Threshold]
) -> RuleResult:
    passed = said[RULE + rule.code]
    return RuleResult(
        code=rule.code,
        passed=passed,
        effect=effect,
        threshold=law[rule.law] if rule.law else cut,
        facts=rule.facts,
        missing=() if passed is not None else facts.missing(rule.facts),
        law=rule.law,
    )


def _affordability(said: Mapping[str, Any], facts: Facts) -> Affordability | None:
    if said["room_minor"] is None:
        return None
    return Affordability(
        monthly_income_minor=facts.number("monthly_income_minor") or 0,
        monthly_debt_service_minor=facts.number("monthly_debt_service_minor") or 0,
        room_minor=said["room_minor"],
        burden_percent=said["burden_percent"],
    )


def _limit(said: Mapping[str, Any], law: Mapping[str, Threshold]) -> Limit | None:
    ceiling = law[EXPOSURE_MAX]
    if said["limit_minor"] is None or not isinstance(ceiling, int):
        return None
    return Limit(
        granted_minor=said["limit_minor"],
        available_minor=said["available_minor"],
        bound_by=Bound(said["bound_by"]),
        by_score_minor=said["band_limit_minor"],
        by_law_minor=ceiling,
        by_affordability_minor=said["by_affordability_minor"],
    )


def _band(said: Mapping[str, Any]) -> Band | None:
    if said["band_points_min"] is None:
        return None
    return Band(
        points_min=said["band_points_min"],
        limit_minor=said["band_limit_minor"],
        products=tuple(product for product in said["products"].split(",") if product),
        tenor_months_max=said["tenor_months_max"],
        rebate_percent=said["rebate_percent"],
    )


def _constants(plan: Plan) -> dict[str, int]:
    assigned = (step.node.content for step in plan.steps if isinstance(step.node.content, Assign))
    trees = (item for content in assigned for item in content.values)
    return {name: tree.value for name, tree in trees if isinstance(tree, Literal) and type(tree.value) is int}
