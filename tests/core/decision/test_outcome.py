"""Decisions: every reason given, nothing approved on what is not known, and the same bytes again from the record."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.decision.facts import Fact, Facts, FactValue, facts_of_credit_record
from fenqi.core.decision.features import CreditRecord, MonthlyRecord, Standing
from fenqi.core.decision.law import DecisionLaw, decision_law
from fenqi.core.decision.outcome import Decision, Outcome, decide
from fenqi.core.decision.pricing import Withholding
from fenqi.core.decision.record import (
    ReplayInputDiffers,
    decision_record,
    facts_of_record,
    reasons_of_record,
    replay_decision,
    rules_of_record,
)
from fenqi.core.decision.rules import LAW_RULES, POLICY_RULES
from fenqi.core.decision.strategy import Strategy
from fenqi.core.product.catalogue import Catalogue
from fenqi.stores.model import load_scorecard
from fenqi.stores.shipped import load_rulepack
from fenqi.stores.shipped_catalogue import load_catalogue
from fenqi.stores.shipped_text import load_strategy

ON = date(2026, 11, 1)
AT = datetime(2026, 11, 1, 2, 30, tzinfo=UTC)
GOOD: dict[str, FactValue] = {
    "born_on": "1991-01-01",
    "student": False,
    "purpose": "consumer_goods",
    "exposure_minor": 0,
    "order_minor": 599_900,
    "down_payment_minor": 0,
    "mobile_verified": True,
    "three_elements": "match",
    "late_loans_count": 0,
    "monthly_income_minor": 800_000,
    "monthly_debt_service_minor": 100_000,
    "lender_list_hit": False,
    "orders_in_24h_count": 1,
}


def record_of(standing: Standing = Standing.PAID_IN_FULL, *, bill_minor: int = 200_000, late: int = 0) -> CreditRecord:
    months = tuple(
        MonthlyRecord(date(2026, month, 1), bill_minor, 0 if late else bill_minor, standing, late)
        for month in (8, 9, 10)
    )
    return CreditRecord(limit_minor=3_000_000, months=months)


def facts_of(changed: dict[str, FactValue] | None = None, record: CreditRecord | None = None) -> Facts:
    known = {fact.name: fact for fact in facts_of_credit_record(record, source="bureau", observed_at=AT)}
    stated = {name: Fact(name, value, "test", AT) for name, value in (GOOD | (changed or {})).items()}
    return Facts((known | stated).values())


@cache
def law(lender_type: str = "microloan") -> DecisionLaw:
    return decision_law(load_rulepack(), lender_type=lender_type, on=ON)


def decided(facts: Facts, *, strategy: Strategy | None = None) -> Decision:
    return decide(
        facts,
        strategy=strategy or load_strategy(),
        scorecard=load_scorecard(),
        law=law(),
        catalogue=load_catalogue(),
        decided_at=AT,
    )


def replayed(record: bytes) -> bytes:
    return replay_decision(record, strategy=load_strategy(), scorecard=load_scorecard(), catalogue=load_catalogue())


def codes(decision: Decision) -> list[str]:
    return [reason.code for reason in decision.reasons]


def test_a_good_application_is_approved_with_plans_to_choose_from():
    decision = decided(facts_of(record=record_of()))
    assert (decision.outcome, codes(decision)) == (Outcome.APPROVE, ["approved"])
    assert decision.limit is not None
    assert decision.limit.available_minor >= 599_900
    assert {offer.tenor for offer in decision.offers} >= {3, 6, 12}


def test_every_offer_is_within_the_ceiling_and_borne_by_income():
    decision = decided(facts_of(record=record_of()))
    assert decision.affordability is not None
    for offer in decision.offers:
        assert offer.plan.annual.irr_nominal <= law().ceiling.percent
        due = 0
        for row in offer.plan.schedule.rows:
            due += row.total_minor
            assert due <= decision.affordability.room_minor * row.instalment


def test_all_reasons_to_decline_are_given_at_once():
    decision = decided(facts_of({"student": True, "three_elements": "mismatch"}, record_of()))
    assert decision.outcome is Outcome.DECLINE
    assert codes(decision) == ["not_student", "identity_matched"]


def test_a_low_score_is_declined_with_its_costliest_parts_and_what_would_have_helped():
    poor = record_of(Standing.LATE, bill_minor=2_900_000, late=2)
    decision = decided(facts_of({"months_late_now": 0}, poor))
    assert decision.outcome is Outcome.DECLINE
    assert decision.scored is not None
    assert decision.scored.points < load_strategy().refer_points_min
    assert codes(decision)[0] == decision.scored.reasons[0].reason
    assert sum(change.points_gained for change in decision.score_changes) + decision.scored.points >= 560


def test_an_order_above_the_line_is_declined_for_that_alone():
    owing = {"exposure_minor": 2_500_000, "monthly_income_minor": 3_000_000}
    decision = decided(facts_of(owing, record_of()))
    assert (decision.outcome, codes(decision)) == (Outcome.DECLINE, ["limit_below_order"])
    assert decision.limit is not None
    assert 0 < decision.limit.available_minor < 599_900


def test_an_order_that_income_does_not_bear_is_declined_for_that_alone():
    a_year = replace(load_strategy(), bands=tuple(replace(band, tenor_months_max=12) for band in load_strategy().bands))
    squeezed = {"monthly_income_minor": 201_000, "monthly_debt_service_minor": 50_500}
    decision = decided(facts_of(squeezed, record_of()), strategy=a_year)
    assert (decision.outcome, codes(decision)) == (Outcome.DECLINE, ["no_plan_affordable"])


def test_what_a_month_does_not_bear_is_withheld_and_a_longer_plan_offered():
    squeezed = {"monthly_income_minor": 220_000, "monthly_debt_service_minor": 55_000}
    decision = decided(facts_of(squeezed, record_of()))
    assert decision.outcome is Outcome.APPROVE
    assert {one.tenor for one in decision.withheld if one.why is Withholding.ROOM} >= {3, 6}
    assert {offer.tenor for offer in decision.offers} >= {12}


def offered(facts: Facts, *, brands: tuple[str, ...] = ()) -> set[tuple[str, int]]:
    products = (replace(one, brands=brands if one.is_subsidised else ()) for one in load_catalogue().products)
    decision = decide(
        facts,
        strategy=load_strategy(),
        scorecard=load_scorecard(),
        law=law(),
        catalogue=Catalogue(products),
        decided_at=AT,
    )
    return {(offer.product_id, offer.tenor) for offer in decision.offers}


def test_interest_free_plans_are_offered_in_the_tenors_of_the_goods_only():
    sold = offered(facts_of({"interest_free_tenors": "6,12"}, record_of()))
    assert {tenor for product, tenor in sold if product == "instalment_brand_free"} == {6, 12}
    assert "instalment_brand_free" not in {product for product, _ in offered(facts_of(record=record_of()))}


def test_a_brands_own_plan_is_offered_for_its_goods_only():
    asked: dict[str, FactValue] = {"interest_free_tenors": "12", "goods_brand": "X"}
    assert ("instalment_brand_free", 12) in offered(facts_of(asked, record_of()), brands=("X",))
    assert ("instalment_brand_free", 12) not in offered(facts_of(asked, record_of()), brands=("Y",))


def test_a_better_score_pays_less_but_never_below_the_floor():
    rates = [
        offer.plan.terms.rate_per_year
        for rebate in (0, 20, 100)
        for offer in decided(
            facts_of(record=record_of()),
            strategy=replace(
                load_strategy(), bands=tuple(replace(band, rebate_percent=rebate) for band in load_strategy().bands)
            ),
        ).offers
        if (offer.product_id, offer.tenor) == ("instalment", 12)
    ]
    product = load_catalogue().find("instalment")
    assert rates == [product.rate_per_year, product.rate_per_year * 80 / 100, product.rate_floor_per_year]


def test_no_record_is_referred_and_shows_what_the_lowest_band_allows():
    decision = decided(facts_of())
    assert (decision.outcome, codes(decision)) == (Outcome.REFER, ["credit_record_found", "facts_missing"])
    assert decision.scored is None
    assert decision.limit is not None
    assert decision.limit.by_score_minor == load_strategy().bands[-1].limit_minor


@pytest.mark.parametrize("name", sorted({name for rule in (*LAW_RULES, *POLICY_RULES.values()) for name in rule.facts}))
def test_a_fact_that_is_missing_is_never_approved(name: str):
    assert decided(facts_of({name: None}, record_of())).outcome is Outcome.REFER


def test_an_unclear_registry_is_referred():
    decision = decided(facts_of({"three_elements": "indeterminate"}, record_of()))
    assert (decision.outcome, codes(decision)) == (Outcome.REFER, ["facts_missing"])


def test_a_score_between_the_cut_offs_is_referred():
    points = decided(facts_of(record=record_of())).scored
    assert points is not None
    strict = replace(load_strategy(), approve_points_min=points.points + 1)
    decision = decided(facts_of(record=record_of()), strategy=strict)
    assert (decision.outcome, codes(decision)) == (Outcome.REFER, ["score_between_cutoffs"])


def test_the_record_holds_facts_with_sources_rules_score_law_and_versions():
    stored = json.loads(decision_record(decided(facts_of(record=record_of()))))
    assert stored["strategy"]["version"] == load_strategy().version
    assert stored["scorecard_version"] == load_scorecard().version
    assert stored["law"]["on"] == "2026-11-01"
    assert {value["name"] for value in stored["law"]["values"]} >= {rule.law for rule in LAW_RULES}
    assert {fact["source"] for fact in stored["facts"]} == {"bureau", "test"}
    assert len(stored["rules"]) == len(LAW_RULES) + len(load_strategy().rules)
    assert stored["score"]["points"] >= 560
    assert stored["reasons"][0]["zh"]
    assert stored["reasons"][0]["en"]


def test_facts_rules_and_reasons_can_be_read_back_from_the_record():
    decision = decided(facts_of({"lender_list_hit": True}, record_of()))
    stored = json.loads(decision_record(decision))
    assert facts_of_record(stored).stated == decision.facts.stated
    assert rules_of_record(stored) == decision.rules
    assert reasons_of_record(stored) == decision.reasons


RECORDS = st.builds(
    CreditRecord,
    limit_minor=st.integers(0, 10_000_000),
    months=st.lists(
        st.builds(
            MonthlyRecord,
            month=st.just(date(2026, 10, 1)),
            bill_minor=st.integers(-100_000, 5_000_000),
            paid_minor=st.integers(0, 5_000_000),
            standing=st.sampled_from(Standing),
            months_late=st.integers(0, 3),
        ),
        min_size=1,
        max_size=3,
    ).map(tuple),
)
CHANGES = st.fixed_dictionaries(
    {},
    optional={
        "student": st.sampled_from([True, False, None]),
        "three_elements": st.sampled_from(["match", "mismatch", "indeterminate", None]),
        "order_minor": st.integers(0, 4_000_000) | st.none(),
        "exposure_minor": st.integers(0, 25_000_000),
        "monthly_income_minor": st.integers(0, 3_000_000) | st.none(),
        "monthly_debt_service_minor": st.integers(0, 1_000_000),
        "lender_list_hit": st.booleans(),
        "note": st.text(max_size=5),
    },
)


@settings(max_examples=150, deadline=None)
@given(changed=CHANGES, record=st.none() | RECORDS)
def test_deciding_again_from_the_record_gives_the_same_bytes(
    changed: dict[str, FactValue], record: CreditRecord | None
):
    decision = decided(facts_of(changed, record))
    stored = decision_record(decision)
    assert replayed(stored) == stored
    assert decision.outcome is not Outcome.APPROVE or decision.offers
    assert all(offer.record["cost_minor"] >= 0 for offer in decision.offers)


def test_another_strategy_than_the_decisions_own_is_refused():
    stored = decision_record(decided(facts_of(record=record_of())))
    with pytest.raises(ReplayInputDiffers):
        replay_decision(
            stored,
            strategy=replace(load_strategy(), version="0" * 64),
            scorecard=load_scorecard(),
            catalogue=load_catalogue(),
        )
