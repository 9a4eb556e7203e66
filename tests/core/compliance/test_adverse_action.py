"""What an applicant is told: the principal reasons in words, never the rules against fraud."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from fenqi.core.compliance.adverse_action import (
    PRINCIPAL_REASONS_MAX,
    public_reasons,
    public_sources,
    render_adverse_action,
)
from fenqi.core.decision.facts import Fact, Facts, FactValue
from fenqi.core.decision.law import decision_law
from fenqi.core.decision.outcome import Decision, decide
from fenqi.core.decision.reason import REASONS, reason_of_characteristic
from fenqi.core.decision.rules import LAW_RULES, POLICY_RULES
from fenqi.core.rulepack.text import LANGUAGES
from fenqi.stores.model import load_scorecard
from fenqi.stores.shipped import load_rulepack
from fenqi.stores.shipped_catalogue import load_catalogue
from fenqi.stores.shipped_text import load_strategy, load_texts

ON = date(2026, 11, 1)
AT = datetime(2026, 11, 1, 2, 30, tzinfo=UTC)
FACTS: dict[str, tuple[FactValue, str]] = {
    "born_on": ("1991-01-01", "identity document"),
    "student": (True, "applicant"),
    "three_elements": ("mismatch", "identity register"),
    "lender_list_hit": (True, "fraud list"),
    "orders_in_24h_count": (9, "order log"),
}


def decided() -> Decision:
    return decide(
        Facts(Fact(name, value, source, AT) for name, (value, source) in FACTS.items()),
        strategy=load_strategy(),
        scorecard=load_scorecard(),
        law=decision_law(load_rulepack(), lender_type="microloan", on=ON),
        catalogue=load_catalogue(),
        decided_at=AT,
    )


def notice(language: str) -> str:
    decision = decided()
    rendered = render_adverse_action(
        load_texts().latest("adverse_action", language=language),
        outcome=decision.outcome,
        reasons=decision.reasons,
        sources=public_sources(decision.facts, decision.rules),
        decided_on=ON,
        lender="示范网络小额贷款有限公司",
        complaint_contact="400-000-0000",
        objection_days=20,
    )
    return rendered.content.decode()


@pytest.mark.parametrize("code", sorted({rule.code for rule in LAW_RULES} | set(POLICY_RULES)))
def test_every_rule_has_a_reason_and_a_change_in_both_languages(code: str):
    reason = REASONS[code]
    assert all((reason.zh, reason.en, reason.change_zh, reason.change_en))
    assert reason.zh != reason.en


@pytest.mark.parametrize("characteristic", load_scorecard().characteristics, ids=lambda one: one.name)
def test_every_characteristic_of_the_shipped_card_has_them_too(characteristic):
    reason = reason_of_characteristic(characteristic)
    assert all((reason.zh, reason.en, reason.change_zh, reason.change_en))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_notice_says_why_and_what_can_be_done_but_not_that_fraud_was_suspected(language: str):
    told = notice(language)
    chinese = language == "zh-CN"
    for code in ("not_student", "identity_matched", "security_check"):
        assert (REASONS[code].zh if chinese else REASONS[code].en) in told
    for code in ("lender_list", "orders_in_24h"):
        assert (REASONS[code].zh if chinese else REASONS[code].en) not in told
    assert "fraud list" not in told
    assert "order log" not in told
    assert ("人工复核" if chinese else "a person to review") in told
    assert "20" in told


def test_two_hidden_reasons_look_like_one():
    one, two = (
        (REASONS["adult"], REASONS["lender_list"]),
        (REASONS["orders_in_24h"], REASONS["adult"], REASONS["lender_list"]),
    )
    assert public_reasons(one) == public_reasons(two) == (REASONS["adult"], REASONS["security_check"])


def test_at_most_four_reasons_are_principal():
    many = tuple(replace(REASONS["adult"], code=str(number)) for number in range(9))
    tied = (*many, REASONS["lender_list"], REASONS["ties_late"])
    assert [reason.code for reason in public_reasons(tied)] == ["0", "1", "person_looks", "security_check"]
    assert [reason.code for reason in public_reasons(many)] == ["0", "1", "2", "3"]
    assert len(public_reasons((*many, REASONS["lender_list"]))) == PRINCIPAL_REASONS_MAX


def test_sources_of_hidden_rules_stay_hidden():
    decision = decided()
    assert public_sources(decision.facts, decision.rules) == ("applicant", "identity document", "identity register")
