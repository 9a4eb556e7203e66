"""The collection strategy that ships, and what it proposes."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from fenqi.core.collection.next_action import Standing, next_action
from fenqi.core.collection.strategy import Action, CollectionStrategyMalformed, read_collection_strategy
from fenqi.stores.shipped_collection import load_collection_strategy

TEXT = (Path(__file__).parents[3] / "strategies" / "collection" / "1.json").read_text(encoding="utf-8")
LATE = Standing(stage="early", risk="low", days_past_due=10, overdue_minor=50_000)
CASES = [
    (LATE, Action.CALL, "call_early"),
    (replace(LATE, contacted_days=1), Action.WAIT, "rest"),
    (replace(LATE, contacted_days=1, risk="high"), Action.CALL, "call_high"),
    (replace(LATE, is_stopped=True), Action.WAIT, "held"),
    (replace(LATE, overdue_minor=0), Action.WAIT, "nothing_owed"),
    (replace(LATE, promise="open"), Action.WAIT, "promise_runs"),
    (replace(LATE, promise="broken"), Action.CALL, "promise_broken"),
    (replace(LATE, unanswered_count=9), Action.TRACE, "lost"),
    (replace(LATE, stage="reminder"), Action.MESSAGE, "message"),
    (replace(LATE, stage="late", risk="high"), Action.ASSIGN_AGENCY, "agency"),
    (replace(LATE, stage="late"), Action.CALL, "offer_help"),
    (replace(LATE, stage="legal", days_past_due=200), Action.PROPOSE_LEGAL, "legal"),
    (replace(LATE, stage="legal", days_past_due=400, contact_count=3), Action.PROPOSE_WRITE_OFF, "write_off"),
]


@pytest.mark.parametrize(("standing", "action", "rule"), CASES, ids=[rule for _, _, rule in CASES])
def test_proposes_what_the_first_rule_says(standing: Standing, action: Action, rule: str):
    found = next_action(standing, load_collection_strategy())
    assert (found.action, found.name) == (action, rule)
    assert set(found.reason) == {"zh-CN", "en"}


def test_stages_and_risks_follow_from_days_and_points():
    strategy = load_collection_strategy()
    assert [strategy.stage(days).name for days in (1, 7, 8, 30, 31, 91, 181, 999)] == [
        "reminder", "reminder", "early", "early", "middle", "late", "legal", "legal",
    ]  # fmt: skip
    calm = {"overdue_minor": 1, "broken_promise_count": 0, "never_paid_count": 0, "loan_count": 1}
    assert strategy.risk(calm) == "low"
    assert strategy.risk(calm | {"overdue_minor": 300_000}) == "medium"
    assert strategy.risk(calm | {"never_paid_count": 1, "loan_count": 2}) == "high"


def test_refuses_a_strategy_without_the_script_that_a_case_offers_by_itself():
    content = json.loads(TEXT)
    content["rules"] = [rule for rule in content["rules"] if rule.get("script") != "reminder"]
    del content["scripts"]["reminder"]
    with pytest.raises(CollectionStrategyMalformed, match="reminder"):
        read_collection_strategy(json.dumps(content))


@pytest.mark.parametrize(
    "named", [{"when": {"stages": ["elsewhere"]}}, {"when": {"risks": ["early"]}}, {"script": "unheard"}]
)
def test_refuses_a_rule_that_names_what_there_is_not(named: dict):
    content = json.loads(TEXT)
    rule = {"name": "strange", "action": "call", "script": "reminder", "reason": content["rules"][0]["reason"]}
    content["rules"].insert(0, rule | {"when": {}} | named)
    with pytest.raises(CollectionStrategyMalformed):
        read_collection_strategy(json.dumps(content))


@pytest.mark.parametrize(
    "broken",
    [
        {"rules": []},
        {"stages": [{"name": "early", "from_days": 5, "channels": ["sms"]}]},
        {"stages": [{"name": "early", "from_days": 1, "channels": ["pigeon"]}]},
        {"risks": [{"name": "low", "from_points": 1}]},
        {"scripts": {}},
        {"risk_points": [{"fact": "star_sign", "at_least": 1, "points": 1}]},
    ],
)
def test_refuses_a_strategy_that_leaves_something_open(broken: dict):
    with pytest.raises(CollectionStrategyMalformed):
        read_collection_strategy(json.dumps(json.loads(TEXT) | broken))
