"""Policy rules: what the law asks always, what the strategy asks, and what happens when nobody knows."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fenqi.core.decision.facts import Fact, Facts, FactValue
from fenqi.core.decision.reason import REASONS
from fenqi.core.decision.rules import LAW_RULES, POLICY_RULES, StrategyRuleUnknown, Threshold, check_law, check_rules
from fenqi.core.decision.strategy import Effect, RuleSetting

ON = date(2026, 11, 1)
AT = datetime(2026, 11, 1, tzinfo=UTC)
LAW: dict[str, Threshold] = {
    "identity.adult_age_years": 18,
    "lending.student_ban": True,
    "lending.forbidden_purposes": ("housing", "shares"),
    "lending.exposure_max_minor": 20_000_000,
}
GOOD: dict[str, FactValue] = {
    "born_on": "1991-01-01",
    "student": False,
    "purpose": "phone",
    "exposure_minor": 0,
    "order_minor": 599_900,
    "down_payment_minor": 0,
    "mobile_verified": True,
    "three_elements": "match",
    "credit_record_found": True,
    "months_late_now": 0,
    "late_loans_count": 0,
    "monthly_income_minor": 800_000,
    "monthly_debt_service_minor": 100_000,
    "lender_list_hit": False,
    "orders_in_24h_count": 1,
}
THRESHOLDS = {"debt_burden": 50, "financed_at_least": 10_000, "financed_at_most": 3_000_000, "orders_in_24h": 5}
SETTINGS = tuple(
    RuleSetting(code=code, effect=Effect.DECLINE, threshold=THRESHOLDS.get(code, 0)) for code in POLICY_RULES
)


def results(changed: dict[str, FactValue] | None = None, law: dict[str, Threshold] = LAW) -> dict[str, bool | None]:
    values = GOOD | (changed or {})
    facts = Facts(Fact(name, value, "test", AT) for name, value in values.items())
    return {result.code: result.passed for result in check_rules(facts, settings=SETTINGS, law=law, on=ON)}


def test_a_good_application_passes_every_rule():
    assert set(results().values()) == {True}


@pytest.mark.parametrize(
    ("code", "fact", "value"),
    [
        ("adult", "born_on", "2008-11-02"),
        ("not_student", "student", True),
        ("lawful_purpose", "purpose", "housing"),
        ("exposure_within_law", "exposure_minor", 19_400_101),
        ("mobile_verified", "mobile_verified", False),
        ("identity_matched", "three_elements", "mismatch"),
        ("identity_matched", "three_elements", "not_found"),
        ("credit_record_found", "credit_record_found", False),
        ("not_late_elsewhere", "months_late_now", 1),
        ("not_late_here", "late_loans_count", 1),
        ("debt_burden", "monthly_debt_service_minor", 400_001),
        ("financed_at_least", "down_payment_minor", 589_901),
        ("financed_at_most", "order_minor", 3_000_001),
        ("lender_list", "lender_list_hit", True),
        ("orders_in_24h", "orders_in_24h_count", 6),
    ],
)
def test_one_bad_fact_fails_one_rule(code: str, fact: str, value: FactValue):
    failed = {rule for rule, passed in results({fact: value}).items() if not passed}
    assert failed == {code}


def test_every_rule_has_a_reason():
    codes = {rule.code for rule in LAW_RULES} | set(POLICY_RULES)
    assert codes <= set(REASONS)


@pytest.mark.parametrize("rule", [*LAW_RULES, *POLICY_RULES.values()], ids=lambda rule: rule.code)
def test_a_missing_fact_settles_nothing(rule: object):
    for name in rule.facts:  # type: ignore[attr-defined]
        assert results({name: None})[rule.code] is None  # type: ignore[attr-defined]


def test_a_registry_that_does_not_answer_is_no_pass_and_no_failure():
    assert results({"three_elements": "indeterminate"})["identity_matched"] is None


def test_a_student_may_borrow_where_the_law_allows_it():
    assert results({"student": True}, LAW | {"lending.student_ban": False})["not_student"] is True


def test_the_law_is_asked_even_if_the_strategy_asks_nothing():
    facts = Facts(Fact(name, value, "test", AT) for name, value in GOOD.items())
    asked = check_rules(facts, settings=(), law=LAW, on=ON)
    assert [result.code for result in asked] == [rule.code for rule in LAW_RULES]
    assert all(result.effect is Effect.DECLINE for result in asked)


def test_a_strategy_cannot_name_a_rule_that_is_not_there():
    with pytest.raises(StrategyRuleUnknown):
        check_rules(Facts(()), settings=(replace(SETTINGS[0], code="horoscope"),), law=LAW, on=ON)


def test_all_debts_are_capped_beside_a_strategy_once_the_pack_names_the_share():
    facts = Facts(
        Fact(name, value, "test", AT) for name, value in (GOOD | {"monthly_debt_service_minor": 440_001}).items()
    )
    capped = {"lending.debt_burden_percent_max": 55}
    assert [result.code for result in check_law(facts, law=LAW, on=ON) if not result.passed] == []
    assert [result.code for result in check_law(facts, law=LAW | capped, on=ON) if not result.passed] == [
        "debt_burden_within_cap"
    ]
