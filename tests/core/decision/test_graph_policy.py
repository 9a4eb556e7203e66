"""The shipped graph judges as the list of rules does: outcome, rules, reasons and limit are the same."""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest
from applying import AT, LAWS, STRATEGY, applications
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.decision.facts import Fact, Facts
from fenqi.core.decision.graph_outcome import decide_by_graph
from fenqi.core.decision.graph_policy import GraphStrategy, evaluate
from fenqi.core.decision.line_up import Role
from fenqi.core.decision.outcome import Outcome, decide
from fenqi.core.decision.reason import REASONS
from fenqi.core.decision.record import decision_record, replay_decision
from fenqi.core.decision.rules import BESIDE_RULES
from fenqi.stores.model import load_scorecard
from fenqi.stores.shipped_catalogue import load_catalogue
from fenqi.stores.shipped_text import load_strategy


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
