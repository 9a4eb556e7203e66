"""Strategies: one text, one version; contradictions are refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from fenqi.core.decision.rules import POLICY_RULES
from fenqi.core.decision.strategy import StrategyMalformed, read_strategy

DEMO = Path(__file__).parents[3] / "strategies" / "demo.json"


def changed(**values: Any) -> bytes:
    return json.dumps(json.loads(DEMO.read_bytes()) | values).encode()


def test_the_version_does_not_depend_on_how_the_text_is_laid_out():
    laid_out = json.dumps(json.loads(DEMO.read_bytes()), indent=4, sort_keys=True).encode()
    assert read_strategy(laid_out).version == read_strategy(DEMO.read_bytes()).version
    assert read_strategy(changed(approve_points_min=570)).version != read_strategy(DEMO.read_bytes()).version


def test_every_rule_of_the_demo_exists():
    assert {rule.code for rule in read_strategy(DEMO.read_bytes()).rules} <= set(POLICY_RULES)


def test_the_best_band_reached_counts():
    strategy = read_strategy(DEMO.read_bytes())
    reached = strategy.band_of(strategy.bands[0].points_min)
    assert reached == strategy.bands[0]
    assert strategy.band_of(0) is None


BANDS = json.loads(DEMO.read_bytes())["bands"]
RULES = json.loads(DEMO.read_bytes())["rules"]


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (b"{", "cannot be read"),
        (b"\xff", "cannot be read"),
        (changed(surprise=1), "cannot be read"),
        (changed(approve_points_min="560"), "cannot be read"),
        (changed(refer_points_min=561), "referred lies above"),
        (changed(bands=BANDS[:1]), "reaches no band"),
        (changed(bands=[*BANDS, BANDS[0]]), "same points"),
        (changed(rules=[*RULES, RULES[0]]), "stands twice"),
        (changed(debt_service_percent_max=0), "share of income"),
        (changed(bands=[*BANDS[1:], BANDS[0] | {"rebate_percent": 101}]), "rebate"),
        (changed(limit_step_minor=0), "not positive"),
    ],
)
def test_a_strategy_that_contradicts_itself_is_refused(text: bytes, fault: str):
    with pytest.raises(StrategyMalformed, match=fault):
        read_strategy(text)
