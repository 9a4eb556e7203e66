"""What a graph has to say, and may ask, before it can decide on applications."""

from collections.abc import Iterator, Mapping
from typing import ClassVar

from fenqi.core.decision.reason import REASONS
from fenqi.core.decision.rules import LAW_RULES, POLICY_RULES, Rule
from fenqi.core.decision.strategy import Effect
from fenqi.core.refusal import Refusal
from fenqi.core.strategy.expression import Literal
from fenqi.core.strategy.graph import Table
from fenqi.core.strategy.plan import Plan
from fenqi.core.strategy.typed import Sort, Type

RULE = "rule_"
RULES: Mapping[str, Rule] = {rule.code: rule for rule in LAW_RULES} | dict(POLICY_RULES)
"""Every rule that a strategy can answer, by its code."""
OUTPUTS: Mapping[str, tuple[Sort, bool]] = {
    "outcome": (Sort.TEXT, False),
    "declined": (Sort.LIST, False),
    "referred": (Sort.LIST, False),
    "score_low": (Sort.TRUTH, False),
    "approve_points_min": (Sort.NUMBER, False),
    "limit_minor": (Sort.NUMBER, True),
    "available_minor": (Sort.NUMBER, True),
    "bound_by": (Sort.TEXT, True),
    "by_affordability_minor": (Sort.NUMBER, True),
    "room_minor": (Sort.NUMBER, True),
    "burden_percent": (Sort.NUMBER, True),
    "band_points_min": (Sort.NUMBER, True),
    "band_limit_minor": (Sort.NUMBER, False),
    "tenor_months_max": (Sort.NUMBER, False),
    "rebate_percent": (Sort.NUMBER, False),
    "products": (Sort.TEXT, False),
}
"""What every strategy has to say, with its sort and whether it may be null."""
_RANGES = {"rebate_percent": (0, 100), "tenor_months_max": (0, 360)}
_TOLD = ("points", "age_years", "purpose_forbidden", "law_adult_age_years", "law_student_ban", "law_exposure_max_minor")
_FACTS = (
    "student",
    "purpose",
    "down_payment_minor",
    "stated_monthly_income_minor",
    "bureau_debt_minor",
    "bureau_debt_service_minor",
    "monthly_debt_service_minor",
    "monthly_income_minor",
    "order_minor",
    "interest_free_tenors",
    "exposure_minor",
    "late_loans_count",
    "lender_list_hit",
    "orders_in_24h_count",
    "mobile_verified",
    "three_elements",
    "assurance",
    "credit_record_found",
    "months_late_now",
)
INPUTS = frozenset({*_TOLD, *_FACTS})
"""What a strategy can be told of an application."""


class PolicyIncomplete(Refusal):
    """The graph holds together, but cannot decide on applications."""

    code: ClassVar[str] = "strategy_policy_incomplete"


def require_policy(plan: Plan) -> None:
    """Refuse a proven graph that does not say what a decision needs, or asks what nobody states.

    Raises: PolicyIncomplete, naming the field.
    """
    for fault in (*_inputs(plan), *_outputs(plan), *_reasons(plan), *_rules(plan)):
        raise PolicyIncomplete(fault, allowed="the inputs and outputs of strategies/demo.jdm.json")


def codes_of(plan: Plan) -> list[str]:
    """The rules that a graph answers."""
    promised = {field.name for field in plan.graph.outputs}
    return [name.removeprefix(RULE) for name in plan.types if name.startswith(RULE) and name in promised]


def effects_of(plan: Plan) -> dict[str, Effect]:
    """What the failure of each rule does: the collecting table that names it says so."""
    effects = dict.fromkeys(_collected(plan, "declined"), Effect.DECLINE)
    return effects | dict.fromkeys(_collected(plan, "referred"), Effect.REFER)


def _inputs(plan: Plan) -> Iterator[str]:
    for field in plan.graph.inputs:
        if field.name not in INPUTS:
            yield f"Input/{field.name}: nobody states this fact"


def _outputs(plan: Plan) -> Iterator[str]:
    promised = {field.name: field.type for field in plan.graph.outputs}
    for name, (sort, nullable) in OUTPUTS.items():
        if name not in promised:
            yield f"Output/{name} is missing"
        elif promised[name].sort is not sort or (promised[name].nullable and not nullable):
            yield f"Output/{name} is {promised[name]}, not {sort}"
    for name, (low, high) in _RANGES.items():
        if name in promised and not _within(promised[name], low, high):
            yield f"Output/{name} is not promised to lie between {low} and {high}"


def _within(held: Type, low: int, high: int) -> bool:
    return low <= held.low <= held.high <= high


def _reasons(plan: Plan) -> Iterator[str]:
    for code in (*_collected(plan, "declined"), *_collected(plan, "referred")):
        if code not in REASONS:
            yield f"Output: there is no reason {code}"


def _rules(plan: Plan) -> Iterator[str]:
    effects, codes = effects_of(plan), codes_of(plan)
    for code in codes:
        if code not in RULES or code not in effects:
            yield f"Output/{RULE}{code}: no such rule, or no table says what its failure does"
    for rule in LAW_RULES:
        if rule.code not in codes or effects.get(rule.code) is not Effect.DECLINE:
            yield f"Output/{RULE}{rule.code}: the law's rule is missing, or its failure does not decline"


def _collected(plan: Plan, name: str) -> tuple[str, ...]:
    tables = (step.node.content for step in plan.steps if isinstance(step.node.content, Table))
    rows = (row for table in tables if table.collects == name for row in table.rows)
    return tuple(str(row.values[0].value) for row in rows if isinstance(row.values[0], Literal))
