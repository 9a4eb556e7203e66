"""The worked loan cases: inputs and numbers of Apache Fineract's own tests, played on our engine."""

import copy
import json
from pathlib import Path

import pytest

from fenqi.cases.outcome import Verdict
from fenqi.cases.run import CasesUnreadable, run

DOCUMENT = json.loads(Path(__file__).with_name("loan_cases.json").read_text("utf-8"))
CASES = {case["id"]: case for case in DOCUMENT["cases"]}


def outcome(case):
    (found,) = run({"kind": "loan", "cases": [case]})
    return found


@pytest.mark.parametrize("case_id", CASES)
def test_the_engine_computes_what_the_case_expects(case_id):
    assert str(outcome(CASES[case_id])) == f"{case_id} pass"


def test_a_wrong_cent_is_a_failure_that_names_both_figures():
    case = copy.deepcopy(CASES["N04"])
    step = next(step for step in case["steps"] if step.get("expect") == "schedule")
    step["rows"][1]["interest"] = "1.01"
    assert str(outcome(case)) == "N04 fail schedule row 2 interest: expected 1.01, got 1.00"


@pytest.mark.parametrize(
    "spoil",
    [
        lambda case: case["inputs"].update(grace_on_principal="2"),
        lambda case: case["inputs"].update(days_in_year="366"),
        lambda case: case["steps"].append({"do": "fraud_flag"}),
        lambda case: case["steps"].append({"expect": "weather", "value": "fair"}),
        lambda case: case["steps"].append({"do": "transaction", "type": "WIRE", "date": "2024-02-01", "amount": "1"}),
        lambda case: case["steps"].append({"do": "charge_off", "date": "2024-02-01", "mood": "bad"}),
        lambda case: case["steps"].append(
            {"do": "transaction", "type": "REPAYMENT", "date": "2024-02-01", "amount": "-5"}
        ),
        lambda case: case["steps"].append({"do": "set_business_date", "date": "9999-12-31"}),
        lambda case: case["steps"].append({"do": "reschedule", "data": "soon"}),
        lambda case: case["inputs"].update(n_instalments="99999999999999999999"),
        lambda case: case["inputs"].update(n_instalments=12, repay_every=5000),
        lambda case: case["inputs"].update(decimals=400),
        lambda case: case["inputs"].update(periods=True),
        lambda case: case["inputs"].update(payment_allocation=["DEFAULT"]),
        lambda case: case["inputs"].update(credit_allocation=[{"transactionType": "CHARGEBACK", "order": True}]),
        lambda case: case["inputs"].update(overdue_charge="1.5"),
    ],
)
def test_what_the_engine_does_not_know_is_unsupported_and_never_a_pass(spoil):
    case = copy.deepcopy(CASES["N04"])
    spoil(case)
    assert outcome(case).verdict is Verdict.UNSUPPORTED


def test_a_remark_changes_nothing():
    case = copy.deepcopy(CASES["N04"])
    case["inputs"]["_seen"] = "yes"
    case["inputs"]["term"] = "a while"
    assert outcome(case).verdict is Verdict.HOLDS


def test_one_case_can_be_chosen():
    assert [found.case_id for found in run(DOCUMENT, only="F20")] == ["F20"]


@pytest.mark.parametrize("document", [None, [], {"kind": "weather", "cases": []}, {"kind": "loan", "cases": [1]}])
def test_a_document_of_another_shape_is_refused(document):
    with pytest.raises(CasesUnreadable):
        list(run(document))


def test_a_case_that_is_not_there_is_refused():
    with pytest.raises(CasesUnreadable):
        list(run(DOCUMENT, only="Z99"))
