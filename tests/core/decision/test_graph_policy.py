"""The shipped graph judges as the list of rules does: outcome, rules, reasons and limit are the same."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.decision.facts import Fact, Facts, facts_of_credit_record
from fenqi.core.decision.features import CreditRecord, MonthlyRecord, Standing
from fenqi.core.decision.graph_outcome import decide_by_graph
from fenqi.core.decision.graph_policy import GraphStrategy, evaluate, graph_strategy
from fenqi.core.decision.law import decision_law
from fenqi.core.decision.line_up import Role
from fenqi.core.decision.outcome import Outcome, decide
from fenqi.core.decision.reason import REASONS
from fenqi.core.decision.record import decision_record, replay_decision
from fenqi.core.decision.rules import BESIDE_RULES
from fenqi.core.strategy.graph import read_graph
from fenqi.core.strategy.plan import plan_of
from fenqi.stores.model import load_scorecard
from fenqi.stores.shipped import load_rulepack
from fenqi.stores.shipped_catalogue import load_catalogue
from fenqi.stores.shipped_text import load_strategy

AT = datetime(2026, 11, 1, 2, 30, tzinfo=UTC)
LAWS = {kind: decision_law(load_rulepack(), lender_type=kind, on=date(2026, 11, 1)) for kind in ("microloan", "bank")}
STRATEGY = graph_strategy(
    plan_of(read_graph((Path(__file__).parents[3] / "strategies" / "demo.jdm.json").read_bytes())), name="demo"
)
AMOUNT = st.sampled_from([0, 1, 9_999, 10_000, 100_000, 599_900, 800_000, 3_000_000, 3_000_001, 20_000_000])
STATED = {
    "born_on": st.sampled_from(["1991-01-01", "2008-11-01", "2008-11-02"]),
    "student": st.sampled_from([False, False, False, True]),
    "purpose": st.sampled_from(["consumer_goods", "consumer_goods", "stocks", "securities"]),
    "exposure_minor": st.sampled_from([0, 0, 100_000, 20_000_000]),
    "order_minor": AMOUNT,
    "down_payment_minor": st.sampled_from([0, 0, 100_000]),
    "mobile_verified": st.sampled_from([True, True, True, False]),
    "three_elements": st.sampled_from(["match", "match", "match", "mismatch", "not_found", "unclear"]),
    "late_loans_count": st.sampled_from([0, 0, 0, 1]),
    "monthly_income_minor": AMOUNT,
    "monthly_debt_service_minor": st.sampled_from([0, 0, 100_000, 400_000, 400_001]),
    "lender_list_hit": st.sampled_from([False, False, False, True]),
    "orders_in_24h_count": st.sampled_from([0, 1, 5, 6]),
}


@st.composite
def applications(draw: st.DrawFn) -> Facts:
    left_out = draw(st.sets(st.sampled_from(sorted(STATED)), max_size=1))
    stated = [Fact(name, draw(values), "test", AT) for name, values in STATED.items() if name not in left_out]
    nothing = [Fact(name, None, "test", AT) for name in left_out if draw(st.booleans())]
    return Facts([*stated, *nothing, *facts_of_credit_record(draw(records()), source="bureau", observed_at=AT)])


@st.composite
def records(draw: st.DrawFn) -> CreditRecord | None:
    if draw(st.integers(0, 9)) == 0:
        return None
    bill, late = draw(st.sampled_from([0, 200_000, 2_900_000])), draw(st.sampled_from([0, 0, 0, 1, 2]))
    standing = Standing.LATE if late else draw(st.sampled_from([Standing.PAID_IN_FULL, Standing.REVOLVING]))
    months = (MonthlyRecord(date(2026, month, 1), bill, 0 if late else bill, standing, late) for month in (8, 9, 10))
    return CreditRecord(limit_minor=3_000_000, months=tuple(months))


@settings(max_examples=200, deadline=None)
@given(applications(), st.sampled_from(sorted(LAWS)))
def test_judges_as_the_list_of_rules_does(facts: Facts, lender_type: str) -> None:
    law = LAWS[lender_type]
    decided = decide(
        facts,
        strategy=load_strategy(),
        scorecard=load_scorecard(),
        law=law,
        catalogue=load_catalogue(),
        decided_at=AT,
    )
    judged = evaluate(STRATEGY, facts, law=law, points=decided.scored.points if decided.scored else None)
    assert {rule.code: rule for rule in judged.rules} == {rule.code: rule for rule in decided.rules}
    assert (judged.affordability, judged.limit) == (decided.affordability, decided.limit)
    no_plan = {"no_plan_for_order", "no_plan_affordable"} & {reason.code for reason in decided.reasons}
    if not no_plan:
        assert judged.outcome is decided.outcome
    own = tuple(reason for reason in decided.reasons if REASONS.get(reason.code) and reason.code not in no_plan)
    if decided.outcome is Outcome.DECLINE:
        assert judged.declined == own
    elif decided.outcome is Outcome.REFER:
        assert judged.referred == own


def test_refers_what_it_cannot_take() -> None:
    facts = Facts([Fact("order_minor", "much", "test", AT)])
    judged = evaluate(STRATEGY, facts, law=LAWS["bank"], points=700)
    assert (judged.outcome, judged.referred) == (Outcome.REFER, (REASONS["facts_missing"],))


NO_PLAN = {"no_plan_for_order", "no_plan_affordable"}


@settings(max_examples=150, deadline=None)
@given(applications(), st.sampled_from(sorted(LAWS)))
def test_decides_as_the_list_of_rules_did_and_replays_to_the_same_bytes(facts: Facts, lender_type: str) -> None:
    world: dict[str, Any] = {"scorecard": load_scorecard(), "law": LAWS[lender_type], "catalogue": load_catalogue()}
    by_list = decide(facts, strategy=load_strategy(), decided_at=AT, **world)

    by_graph = decide_by_graph(facts, strategy=STRATEGY, decided_at=AT, **world)

    assert (by_graph.outcome, by_graph.limit, by_graph.scored) == (by_list.outcome, by_list.limit, by_list.scored)
    beside = {rule.code for rule in BESIDE_RULES}
    asked = {rule.code: rule for rule in by_graph.rules if rule.code not in beside}
    assert asked == {rule.code: rule for rule in by_list.rules}
    assert by_graph.score_changes == by_list.score_changes
    declined = {reason.code for reason in by_list.reasons} - NO_PLAN
    if by_list.outcome is Outcome.DECLINE and declined:
        assert (by_graph.offers, {reason.code for reason in by_graph.reasons}) == ((), declined)
    else:
        assert (by_graph.offers, by_graph.withheld, by_graph.reasons) == (
            by_list.offers,
            by_list.withheld,
            by_list.reasons,
        )
    record = decision_record(by_graph)
    made_with: dict[str, Any] = {"strategy": STRATEGY, "scorecard": load_scorecard(), "catalogue": load_catalogue()}
    assert replay_decision(record, **made_with) == record


def test_while_halted_everything_is_referred_and_that_replays_too() -> None:
    facts = Facts([Fact("order_minor", 500_000, "test", AT)])
    halted = decide_by_graph(
        facts,
        strategy=STRATEGY,
        scorecard=load_scorecard(),
        law=LAWS["bank"],
        catalogue=load_catalogue(),
        decided_at=AT,
        role=Role.CHALLENGER,
        is_halted=True,
    )
    assert (halted.outcome, halted.reasons) == (Outcome.REFER, (REASONS["decisions_halted"],))
    record = decision_record(halted)
    made_with: dict[str, Any] = {"strategy": STRATEGY, "scorecard": load_scorecard(), "catalogue": load_catalogue()}
    assert replay_decision(record, **made_with) == record


def stumbling(fault: type[Exception]) -> GraphStrategy:
    def run(_facts: Mapping[str, Any]) -> Any:
        raise fault

    return replace(STRATEGY, scalar=replace(STRATEGY.scalar, run=run))


@pytest.mark.parametrize("fault", [ZeroDivisionError, TypeError, KeyError, ValueError])
def test_a_graph_that_stumbles_refers(fault: type[Exception]) -> None:
    judged = evaluate(stumbling(fault), Facts([]), law=LAWS["bank"], points=700)
    assert (judged.outcome, judged.referred) == (Outcome.REFER, (REASONS["facts_missing"],))


def test_a_graph_cannot_answer_the_laws_rules_otherwise() -> None:
    def approving(facts: Mapping[str, Any]) -> Any:
        return STRATEGY.scalar.run({**facts, "student": False, "purpose_forbidden": False})

    facts = Facts([Fact("student", True, "test", AT)])
    decided = decide_by_graph(
        facts,
        strategy=replace(STRATEGY, scalar=replace(STRATEGY.scalar, run=approving)),
        scorecard=load_scorecard(),
        law=LAWS["microloan"],
        catalogue=load_catalogue(),
        decided_at=AT,
    )
    assert decided.outcome is Outcome.DECLINE
    assert [reason.code for reason in decided.reasons] == ["not_student"]
