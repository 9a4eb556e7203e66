"""The demo's crowd: a few applicants, generated or real, through order, payments and the closed books."""

import json
import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest

PROJECT = Path(__file__).resolve().parents[2]
CUSTOMERS, MONTHS = 12, 4
FEW = 5


def demo(*arguments, data, customers=CUSTOMERS):
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "src"), "FENQI_DATA": str(data)}
    command = (sys.executable, "-P", "-m", "fenqi.cli", "demo", "--customers", str(customers), *arguments)
    return subprocess.run(
        command, check=False, capture_output=True, text=True, env=environment, timeout=300, stdin=subprocess.DEVNULL
    )


@pytest.fixture(scope="module")
def nothing(tmp_path_factory):
    """A folder without data, also where the user's cache would be."""
    return tmp_path_factory.mktemp("nothing")


@pytest.fixture(scope="module")
def generated(nothing):
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(nothing))
        return demo("--months", "1", "--report", str(nothing / "page.html"), data=nothing, customers=FEW)


@pytest.fixture(scope="module")
def real(taiwan_file, nothing):
    page = ("--report", str(nothing / "real.html"))
    done = demo("--months", str(MONTHS), "--json", *page, data=taiwan_file.parent.parent)
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def test_a_generated_population_says_so_on_every_line(generated):
    lines = generated.stdout.splitlines()

    assert generated.returncode == 0, generated.stderr
    assert len(lines) > 20
    assert all(line.startswith("generated population | ") for line in lines)


def test_real_applicants_are_named_with_their_source(real):
    assert (real["is_generated"], real["customers"]) == (False, CUSTOMERS)
    assert "hold-out" in real["population"]
    assert "CC BY 4.0" in real["source"]


def test_everything_it_checks_holds(real):
    assert (real["holds"], real["checks"]["failed"], real["books"]["findings"]) == (True, [], [])


def test_instalments_are_left_unpaid_exactly_when_the_data_says_so(real):
    assert real["followed"]["instalment_count"] > CUSTOMERS
    assert real["followed"]["contradiction_count"] == 0


def test_months_after_september_are_marked_as_simulated(real):
    origins = {month["on"]: month["origin"] for month in real["arrears"]}

    assert origins == {
        "2025-07-31": "taiwan",
        "2025-08-31": "taiwan",
        "2025-09-30": "taiwan",
        "2025-10-31": "simulated",
    }


def test_every_loan_is_in_one_bucket_at_every_months_end(real):
    counts = [sum(month["loans"].values()) for month in real["arrears"]]

    assert all(before == after == real["money"]["loan_count"] for before, after in pairwise(counts))


def test_the_money_adds_up(real):
    money = real["money"]

    assert money["lent_minor"] == money["repaid_minor"] + money["outstanding_minor"]
    assert money["merchant_fee_minor"] > 0


def test_the_life_of_the_loans_is_told_with_plots(generated, real, nothing):
    assert (nothing / "page.html").exists()
    page = Path(real["page"]).read_text(encoding="utf-8")

    assert page.count("<svg") >= 3
    assert "generated population" in (nothing / "page.html").read_text(encoding="utf-8")
    assert "generated population | risk at the last month's end" in generated.stdout
    assert "Allowance by stage" in page


def test_what_is_earned_less_what_is_set_aside_and_spent_is_the_profit(real):
    profit = real["life"]["profit"]

    assert profit["earned_minor"] == real["money"]["earned_minor"]
    assert profit["profit_minor"] == profit["earned_minor"] - profit["provided_minor"] - profit["collection_minor"]


def test_a_picture_is_drawn_of_the_story_only(nothing):
    assert demo("--picture", "demo.svg", data=nothing).returncode == 2
