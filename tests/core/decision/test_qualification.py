"""What each layer of an application came to, and that old records are still made again to the byte."""

import json
from collections.abc import Mapping

import pytest
from applying import AT, LAWS, STRATEGY, acceptable, applications
from hypothesis import given, settings

from fenqi.core.decision.case import Disposition, disposition_of_decision
from fenqi.core.decision.facts import Fact, Facts
from fenqi.core.decision.graph_outcome import PERSON_AWAITED, decide_by_graph
from fenqi.core.decision.outcome import Decision, Outcome
from fenqi.core.decision.qualification import NETWORK_LATE, Layer, LayerVerdict, layers_said
from fenqi.core.decision.record import decision_record, layers_of_record, replay_decision
from fenqi.stores.model import load_scorecard
from fenqi.stores.shipped_catalogue import load_catalogue

DECIDING = {"strategy": STRATEGY, "scorecard": load_scorecard(), "catalogue": load_catalogue()}


def decided(facts: Facts, *, is_layered: bool = True) -> Decision:
    return decide_by_graph(facts, **DECIDING, law=LAWS["microloan"], decided_at=AT, is_layered=is_layered)


def stated(**values: str | int | bool | None) -> Facts:
    """Somebody acceptable, of whom something else is known."""
    known = {fact.name: fact for fact in acceptable().stated}
    return Facts((known | {name: Fact(name, value, "test", AT) for name, value in values.items()}).values())


def verdicts(facts: Facts) -> Mapping[Layer, LayerVerdict]:
    return {one.layer: one.verdict for one in decided(facts).layers or ()}


def test_who_is_acceptable_passes_every_layer_and_no_network_is_looked_at():
    assert verdicts(acceptable()) == dict.fromkeys(list(Layer)[:4], LayerVerdict.PASS)


@pytest.mark.parametrize(
    ("known", "layer", "verdict"),
    [
        ({"three_elements": "mismatch"}, Layer.IDENTITY, LayerVerdict.FAIL),
        ({"three_elements": None}, Layer.IDENTITY, LayerVerdict.MORE_NEEDED),
        ({"monthly_income_minor": None}, Layer.INCOME, LayerVerdict.MORE_NEEDED),
        ({"monthly_debt_service_minor": 2_900_000}, Layer.INCOME, LayerVerdict.FAIL),
        ({"months_late_now": 2}, Layer.CREDIT_RECORD, LayerVerdict.FAIL),
        ({"late_loans_count": 1}, Layer.BEHAVIOUR, LayerVerdict.FAIL),
    ],
)
def test_each_layer_says_what_is_wrong_with_it(known, layer, verdict):
    found = {one.layer: one for one in decided(stated(**known)).layers or ()}
    assert found[layer].verdict is verdict
    assert found[layer].reasons
    assert {one.verdict for one in found.values() if one.layer is not layer} == {LayerVerdict.PASS}


def test_ties_to_people_who_are_late_make_a_person_look_and_never_decline():
    tied = decided(stated(**{NETWORK_LATE: 2}))
    assert (tied.outcome, [one.code for one in tied.reasons]) == (Outcome.REFER, ["ties_late"])
    assert tied.offers == decided(acceptable()).offers
    assert verdicts(stated(**{NETWORK_LATE: 0}))[Layer.NETWORK] is LayerVerdict.PASS
    late = decided(stated(**{NETWORK_LATE: 2, "late_loans_count": 1}))
    assert "ties_late" not in {one.code for one in late.reasons}


@pytest.mark.parametrize(
    ("known", "found"),
    [
        ({}, Disposition.SOUND),
        ({"monthly_debt_service_minor": 2_900_000}, Disposition.UNAFFORDABLE),
        ({"monthly_debt_service_minor": 2_900_000, "student": True}, Disposition.UNPROVEN),
        ({"late_loans_count": 1}, Disposition.UNPROVEN),
    ],
)
def test_only_who_cannot_carry_the_loan_is_labelled_so_and_where_a_person_is_awaited_nobody_is_declined(known, found):
    made = decided(stated(**known))
    assert disposition_of_decision(made) is found
    asked = decided(stated(**known, **{PERSON_AWAITED: True}))
    assert asked.outcome is (Outcome.APPROVE if found is Disposition.SOUND else Outcome.REFER)
    assert asked.reasons == made.reasons


@settings(max_examples=150, deadline=None)
@given(applications())
def test_layers_agree_with_the_outcome_and_are_made_again_from_the_record(facts):
    made = decided(facts)
    failed, open_ = (
        layers_said(made.layers or (), verdict=one) for one in (LayerVerdict.FAIL, LayerVerdict.MORE_NEEDED)
    )
    assert not (failed and made.outcome is not Outcome.DECLINE)
    assert not (open_ and made.outcome is Outcome.APPROVE)
    record = decision_record(made)
    assert layers_of_record(json.loads(record)) == made.layers
    assert replay_decision(record, **DECIDING) == record
    old = decision_record(decided(facts, is_layered=False))
    assert (json.loads(old)["format"], "layers" in json.loads(old)) == (3, False)
    assert replay_decision(old, **DECIDING) == old
