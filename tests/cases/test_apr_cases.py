"""Annual rates as banks, regulators and other software have published them."""

import json
from pathlib import Path

import pytest

from fenqi.cases.apr import run_apr_case
from fenqi.cases.outcome import Verdict

CASES = json.loads((Path(__file__).parent / "apr_cases.json").read_text("utf-8"))["cases"]
PUBLISHED = CASES[0]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["id"])
def test_computes_what_the_case_expects(case):
    outcome = run_apr_case(case)
    assert outcome.verdict is Verdict.HOLDS, outcome


def expecting(**changes):
    return {**PUBLISHED, "expected": [{**PUBLISHED["expected"][1], **changes}]}


def test_fails_outside_the_tolerance():
    outcome = run_apr_case(expecting(percent="13.0355"))
    assert outcome.verdict is Verdict.FAILS
    assert "expected 13.0355, got 13.034224" in outcome.why


def test_fails_where_a_misprint_comes_out():
    misprinted = {**PUBLISHED, "status": "published_but_wrong", "published": {"annual_pct": 13.0342}}
    assert run_apr_case(misprinted).verdict is Verdict.FAILS


@pytest.mark.parametrize(
    "case",
    [
        expecting(measure="modified_dietz"),
        expecting(percent="a lot"),
        expecting(colour="red"),
        {**PUBLISHED, "expected": []},
        {**PUBLISHED, "expected": "13.03"},
        {**PUBLISHED, "upfront_fee": "60"},
        {**PUBLISHED, "unit_periods_per_year": "0"},
        {**PUBLISHED, "payments": []},
        {**PUBLISHED, "payments": [{"t": "1"}]},
        {**PUBLISHED, "payments": [{"t": "1/0", "amount": "1"}]},
        {**PUBLISHED, "payments": [{"t": "0", "amount": "7000"}]},
        {key: value for key, value in PUBLISHED.items() if key != "advances"},
    ],
)
def test_never_passes_what_it_does_not_know(case):
    assert run_apr_case(case).verdict is Verdict.UNSUPPORTED


def test_a_fee_paid_at_once_is_cost_and_repays_nothing():
    case = {
        **PUBLISHED,
        "payments": [{"t": "0", "amount": "390"}, *({"t": str(month), "amount": "500"} for month in range(1, 13))],
        "expected": [{"measure": "average_balance", "percent": "12", "tolerance": "0"}],
    }
    assert run_apr_case(case).verdict is Verdict.HOLDS
