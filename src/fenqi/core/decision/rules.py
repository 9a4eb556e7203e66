"""The policy rules: what each asks of the facts, and what the law asks whoever the lender is."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import ClassVar

from fenqi.core.customer.affordability import affordability_of
from fenqi.core.customer.profile import age_years
from fenqi.core.decision.facts import Facts
from fenqi.core.decision.strategy import Effect, RuleSetting
from fenqi.core.refusal import Refusal

Threshold = int | bool | tuple[str, ...]
_Test = Callable[[Facts, Threshold, date], bool | None]


class StrategyRuleUnknown(Refusal):
    """A strategy names a rule that is not there."""

    code: ClassVar[str] = "strategy_rule_unknown"


@dataclass(frozen=True)
class Rule:
    """A question to the facts it names; `passes` answers None if the facts are there but settle nothing."""

    code: str
    facts: tuple[str, ...]
    passes: _Test
    law: str = ""
    """The rule-pack value that is the threshold; empty if the strategy sets it."""


@dataclass(frozen=True)
class RuleResult:
    """A rule's answer; `passed` is None if facts were missing or unclear, and then a person decides."""

    code: str
    passed: bool | None
    effect: Effect
    threshold: Threshold
    facts: tuple[str, ...]
    missing: tuple[str, ...]
    law: str


def _amount(facts: Facts, name: str) -> int:
    return facts.number(name) or 0


def financed_minor(facts: Facts) -> int:
    """What the order leaves to be lent."""
    return _amount(facts, "order_minor") - _amount(facts, "down_payment_minor")


def _is_adult(facts: Facts, threshold: Threshold, on: date) -> bool:
    return age_years(date.fromisoformat(facts.text("born_on") or ""), on=on) >= _number(threshold)


def _is_no_student(facts: Facts, threshold: Threshold, _on: date) -> bool:
    return not (threshold and facts["student"])


def _has_lawful_purpose(facts: Facts, threshold: Threshold, _on: date) -> bool:
    return not (isinstance(threshold, tuple) and facts["purpose"] in threshold)


def _stays_within_exposure(facts: Facts, threshold: Threshold, _on: date) -> bool:
    return _amount(facts, "exposure_minor") + financed_minor(facts) <= _number(threshold)


def _has_verified_mobile(facts: Facts, _threshold: Threshold, _on: date) -> bool:
    return facts["mobile_verified"] is True


def _matches_registry(facts: Facts, _threshold: Threshold, _on: date) -> bool | None:
    return {"match": True, "mismatch": False, "not_found": False}.get(str(facts["three_elements"]))


def _has_credit_record(facts: Facts, _threshold: Threshold, _on: date) -> bool:
    return facts["credit_record_found"] is True


def _is_not_late_elsewhere(facts: Facts, threshold: Threshold, _on: date) -> bool:
    return _amount(facts, "months_late_now") <= _number(threshold)


def _is_not_late_here(facts: Facts, threshold: Threshold, _on: date) -> bool:
    return _amount(facts, "late_loans_count") <= _number(threshold)


def _bears_its_debts(facts: Facts, threshold: Threshold, _on: date) -> bool:
    burden = affordability_of(
        monthly_income_minor=_amount(facts, "monthly_income_minor"),
        monthly_debt_service_minor=_amount(facts, "monthly_debt_service_minor"),
        debt_service_percent_max=100,
    )
    return burden.burden_percent <= _number(threshold)


def _finances_enough(facts: Facts, threshold: Threshold, _on: date) -> bool:
    return financed_minor(facts) >= _number(threshold)


def _finances_no_more(facts: Facts, threshold: Threshold, _on: date) -> bool:
    return financed_minor(facts) <= _number(threshold)


def _is_not_listed(facts: Facts, _threshold: Threshold, _on: date) -> bool:
    return facts["lender_list_hit"] is False


def _orders_calmly(facts: Facts, threshold: Threshold, _on: date) -> bool:
    return _amount(facts, "orders_in_24h_count") <= _number(threshold)


def _number(threshold: Threshold) -> int:
    return threshold if isinstance(threshold, int) else len(threshold)


EXPOSURE_MAX = "lending.exposure_max_minor"
DEBT_BURDEN_MAX = "lending.debt_burden_percent_max"
_ORDER = ("order_minor", "down_payment_minor")

LAW_RULES: tuple[Rule, ...] = (
    Rule("adult", ("born_on",), _is_adult, law="identity.adult_age_years"),
    Rule("not_student", ("student",), _is_no_student, law="lending.student_ban"),
    Rule("lawful_purpose", ("purpose",), _has_lawful_purpose, law="lending.forbidden_purposes"),
    Rule(
        "exposure_within_law",
        ("exposure_minor", *_ORDER),
        _stays_within_exposure,
        law=EXPOSURE_MAX,
    ),
)
"""Always run, always decline: a strategy cannot switch the law off."""
BESIDE_RULES: tuple[Rule, ...] = (
    Rule(
        "debt_burden_within_cap",
        ("monthly_income_minor", "monthly_debt_service_minor"),
        _bears_its_debts,
        law=DEBT_BURDEN_MAX,
    ),
)
"""Run beside a strategy that need not answer them; not in decisions whose law did not name their value yet."""

POLICY_RULES: Mapping[str, Rule] = {
    rule.code: rule
    for rule in (
        Rule("mobile_verified", ("mobile_verified",), _has_verified_mobile),
        Rule("identity_matched", ("three_elements",), _matches_registry),
        Rule("credit_record_found", ("credit_record_found",), _has_credit_record),
        Rule("not_late_elsewhere", ("months_late_now",), _is_not_late_elsewhere),
        Rule("not_late_here", ("late_loans_count",), _is_not_late_here),
        Rule("debt_burden", ("monthly_income_minor", "monthly_debt_service_minor"), _bears_its_debts),
        Rule("financed_at_least", _ORDER, _finances_enough),
        Rule("financed_at_most", _ORDER, _finances_no_more),
        Rule("lender_list", ("lender_list_hit",), _is_not_listed),
        Rule("orders_in_24h", ("orders_in_24h_count",), _orders_calmly),
    )
}
"""Rules that a strategy may set, by code."""


def check_rules(
    facts: Facts, *, settings: Iterable[RuleSetting], law: Mapping[str, Threshold], on: date
) -> tuple[RuleResult, ...]:
    """Every rule's answer: first those of the law, then the strategy's own in its order.

    All are asked, also after one has failed: the applicant gets every reason.

    Raises: StrategyRuleUnknown.
    """
    lawful = (_check(rule, facts, effect=Effect.DECLINE, threshold=law[rule.law], on=on) for rule in LAW_RULES)
    own = (_check(_policy_rule(one.code), facts, effect=one.effect, threshold=one.threshold, on=on) for one in settings)
    return (*lawful, *own)


def check_law(facts: Facts, *, law: Mapping[str, Threshold], on: date) -> tuple[RuleResult, ...]:
    """The answers of the law's rules, whatever a strategy says of them, and of those asked beside it."""
    beside = (rule for rule in BESIDE_RULES if rule.law in law)
    return (
        *check_rules(facts, settings=(), law=law, on=on),
        *(_check(rule, facts, effect=Effect.DECLINE, threshold=law[rule.law], on=on) for rule in beside),
    )


def _policy_rule(code: str) -> Rule:
    rule = POLICY_RULES.get(code)
    if rule is None:
        raise StrategyRuleUnknown(f"there is no rule {code}", allowed=", ".join(POLICY_RULES))
    return rule


def _check(rule: Rule, facts: Facts, *, effect: Effect, threshold: Threshold, on: date) -> RuleResult:
    missing = facts.missing(rule.facts)
    return RuleResult(
        code=rule.code,
        passed=None if missing else rule.passes(facts, threshold, on),
        effect=effect,
        threshold=threshold,
        facts=rule.facts,
        missing=missing,
        law=rule.law,
    )
