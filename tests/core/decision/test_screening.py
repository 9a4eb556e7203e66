"""The screening of an order: what fires, what wins, what is missing, and the same again from the record."""

import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fenqi.core.decision.fraud_score import FraudScore, ScoreReason, fraud_score
from fenqi.core.decision.screening import Pivot, Screening, conclude, screen, screening_again
from fenqi.core.decision.screening_reason import SCREENING_REASONS
from fenqi.core.decision.screening_strategy import ScreeningAction, ScreeningMalformed, StepUp, read_screening
from fenqi.core.decision.signal import Order, Seen, known_signals
from fenqi.core.velocity.definition import MINUTE_US
from fenqi.core.velocity.event import Key, OrderEvent
from fenqi.core.velocity.link import Ring, Tie
from fenqi.core.velocity.ratio import Value
from fenqi.stores.model import load_booster
from fenqi.stores.shipped_screening import load_screening

STRATEGY = load_screening()
NOW_US = 1_800_000_000_000_000
EVENT = OrderEvent(at_us=NOW_US, amount_minor=599_900, customer="c1", device="d1", address="a1", merchant="m1")
GOODS = ({"sku": "phone", "quantity": 1},)
ORDER = Order(event=EVENT, goods=GOODS, fraud_score=FraudScore(name="fraud", version="v", permille=20))
QUIET: dict[str, Value] = {
    "customer_count_90d": 0,
    "customer_sum_90d": 0,
    "device_customers_7d": 0,
    "address_customers_7d": 0,
    "address_sum_7d": 0,
}


def looked_at(
    *,
    order: Order | None = None,
    engine: str = "embedded",
    snoozed: frozenset[str] = frozenset(),
    features: Mapping[str, Value] | None = None,
    **more: Any,
) -> Screening:
    seen = Seen(engine=engine, features={**QUIET, **(features or {})}, **more)
    return screen(order or ORDER, seen, strategy=STRATEGY, snoozed=snoozed)


def test_an_ordinary_order_is_allowed():
    screening = looked_at()
    assert (screening.action, screening.fired, screening.pivot) == (ScreeningAction.ALLOW, (), None)


def test_a_device_that_several_people_use_freezes_and_is_what_people_look_around():
    screening = looked_at(features={"device_customers_7d": 3})
    assert screening.action is ScreeningAction.FREEZE
    assert screening.pivot == Pivot(key="device", value="d1")
    assert [reason.code for reason in screening.shown_reasons] == ["being_checked"]
    assert [reason.code for reason in screening.reasons] == ["device_shared"]


def test_the_hardest_action_wins():
    ring = Ring(customers=("c2",), fraud=frozenset({"c2"}), fraud_keys=frozenset({"device"}))
    screening = looked_at(ring=ring, features={"device_customers_7d": 3})
    assert screening.action is ScreeningAction.DECLINE
    assert {one.action for one in screening.fired} == {ScreeningAction.DECLINE, ScreeningAction.FREEZE}


def test_ties_to_a_fraud_freeze_whoever_has_them():
    ring = Ring(customers=("c2",), ties=(Tie(customer="c2", key="card", value="k", hops=1),), fraud=frozenset({"c2"}))
    assert looked_at(ring=ring).action is ScreeningAction.FREEZE


@pytest.mark.parametrize(
    ("customers", "orders", "permille", "is_frozen"),
    [
        (2, 3, 600, True),
        (0, 3, 600, False),
        (5, 3, 600, False),
        (2, 0, 600, False),
        (2, 7, 600, False),
        (2, 3, 549, False),
    ],
)
def test_a_few_people_who_have_ordered_little_and_are_tied_are_held_when_the_score_is_raised(
    customers: int, orders: int, permille: int, is_frozen: bool
):
    ring = Ring(customers=tuple(f"c{number}" for number in range(2, 2 + customers)))
    raised = replace(ORDER, fraud_score=FraudScore(name="fraud", version="v", permille=permille))
    screening = looked_at(order=raised, ring=ring, features={"customer_count_90d": orders})
    assert ("ring_tight" in {one.code for one in screening.fired}) is is_frozen
    assert screening.action is (ScreeningAction.FREEZE if is_frozen else ScreeningAction.ALLOW)


def test_a_place_too_far_away_wants_the_identity_again_and_says_so():
    far = replace(ORDER, region="650100")
    screening = looked_at(order=far, last_region="310000", last_at_us=NOW_US - 60 * MINUTE_US)
    assert (screening.action, screening.step_up) == (ScreeningAction.STEP_UP, StepUp.IDENTITY)
    assert [reason.code for reason in screening.shown_reasons] == ["show_who_you_are", "place_far"]


def test_a_strange_device_after_wrong_codes_is_a_takeover():
    known = {"customer_count_90d": 2, "customer_sum_90d": 900_000, "customer_last_device": "d9", "wrong_contact_1d": 2}
    assert "takeover" in [one.code for one in looked_at(features=known).fired]


def test_many_of_the_same_article_look_like_resale():
    several = replace(ORDER, goods=({"sku": "phone", "quantity": 2}, {"sku": "phone", "quantity": 3}))
    assert looked_at(order=several).action is ScreeningAction.FREEZE


def test_the_model_speaks_beside_the_rules():
    reasons = (ScoreReason(code="device_shared", brought_milli=2100),)
    score = FraudScore(name="fraud", version="v", permille=970, reasons=reasons)
    screening = looked_at(order=replace(ORDER, fraud_score=score))
    assert [one.code for one in screening.fired] == ["model_high", "model_raised"]
    assert screening.model == score
    assert [reason.code for reason in screening.looked_at_reasons] == ["model_high", "model_raised", "device_shared"]
    assert [reason.code for reason in screening.shown_reasons] == ["being_checked"]


@pytest.mark.parametrize("engine", ["embedded", "database", "nobody"])
def test_an_order_that_no_model_scored_is_never_just_allowed(engine: str):
    screening = looked_at(order=replace(ORDER, fraud_score=None), engine=engine)
    assert screening.action is not ScreeningAction.ALLOW
    assert "features_missing" in {reason.code for reason in screening.reasons} or engine == "nobody"


def test_a_score_needs_its_model_and_every_feature_it_asks_for():
    booster = load_booster()
    features: dict[str, Value] = dict.fromkeys(booster.names)
    assert fraud_score(None, features) is None
    assert fraud_score(booster, {}) is None
    said = fraud_score(booster, features)
    assert said is not None
    assert (said.name, said.version) == ("fraud", booster.version)


def test_a_snoozed_rule_is_told_and_does_nothing():
    screening = looked_at(features={"device_customers_7d": 3}, snoozed=frozenset({"device_shared"}))
    assert screening.action is ScreeningAction.ALLOW
    assert [(one.code, one.snoozed) for one in screening.fired] == [("device_shared", True)]
    assert screening.reasons == ()


def test_degraded_rules_are_stricter_and_blindness_never_allows():
    shared = {"device_customers_7d": 2}
    assert looked_at(features=shared).action is ScreeningAction.ALLOW
    assert looked_at(features=shared, engine="database").action is ScreeningAction.FREEZE
    assert looked_at(order=replace(ORDER, fraud_score=None), engine="database").action is ScreeningAction.STEP_UP
    assert looked_at(engine="nobody").action is ScreeningAction.FREEZE


@settings(max_examples=100, deadline=None)
@given(
    signals=st.dictionaries(st.sampled_from(sorted(known_signals())), st.none() | st.integers(0, 10**9)),
    engine=st.sampled_from(["embedded", "redis", "database", "nobody"]),
    snoozed=st.frozensets(st.sampled_from([rule.code for rule in STRATEGY.rules])),
)
def test_the_record_concludes_the_same_again_byte_for_byte(
    signals: dict[str, int | None], engine: str, snoozed: frozenset[str]
):
    keys: dict[Key, str] = {"customer": "c1", "device": "d1"}
    model = ORDER.fraud_score if "order_minor" in signals else None
    screening = conclude(signals, keys=keys, engine=engine, strategy=STRATEGY, snoozed=snoozed, model=model)
    record = msgspec.json.encode(screening, order="deterministic")
    again = screening_again(json.loads(record), strategy=STRATEGY)
    assert msgspec.json.encode(again, order="deterministic") == record
    assert msgspec.json.decode(record, type=Screening) == screening


@given(signals=st.dictionaries(st.sampled_from(sorted(known_signals())), st.integers(0, 10**9)))
def test_putting_a_rule_to_sleep_never_makes_it_harder(signals: dict[str, int]):
    awake = conclude(signals, keys={}, engine="embedded", strategy=STRATEGY)
    asleep = conclude(
        signals, keys={}, engine="embedded", strategy=STRATEGY, snoozed=frozenset({one.code for one in awake.fired})
    )
    assert asleep.action is ScreeningAction.ALLOW
    assert awake.action.severity >= asleep.action.severity


def test_every_reason_has_words_in_both_languages():
    for reason in SCREENING_REASONS.values():
        assert all((reason.zh, reason.en, reason.change_zh, reason.change_en))


RULE: dict[str, Any] = {
    "code": "one",
    "reason": "device_shared",
    "action": "freeze",
    "tests": [{"signal": "order_minor", "at_least": 1}],
}
NOTHING: list[Any] = []
TEXT: dict[str, Any] = {
    "name": "n",
    "rules": [RULE],
    "degraded_rules": [],
    "blind_action": "freeze",
    "four_eyes_minor": 1,
    "hold_hours": 1,
    "time_after_release_hours": 1,
}


@pytest.mark.parametrize(
    ("broken", "word"),
    [
        ({"rules": [RULE | {"reason": "nobody_knows"}]}, "reason"),
        ({"rules": [RULE | {"tests": NOTHING}]}, "tests nothing"),
        ({"rules": [RULE | {"tests": [{"signal": "moon", "at_least": 1}]}]}, "signal"),
        ({"rules": [RULE | {"tests": [{"signal": "order_minor"}]}]}, "bound"),
        ({"rules": [RULE | {"action": "allow"}]}, "allow"),
        ({"rules": [RULE, RULE]}, "twice"),
        ({"blind_action": "allow"}, "allowed"),
        ({"hold_hours": 0}, "positive"),
        ({"surprise": 1}, "read"),
    ],
)
def test_a_policy_that_contradicts_itself_is_refused_by_name(broken: dict[str, Any], word: str):
    with pytest.raises(ScreeningMalformed, match=word):
        read_screening(json.dumps(TEXT | broken).encode())


def test_two_people_release_from_the_amount_on():
    strategy = replace(STRATEGY, four_eyes_minor=500_000)
    assert [strategy.people_needed(amount) for amount in (499_999, 500_000)] == [1, 2]
