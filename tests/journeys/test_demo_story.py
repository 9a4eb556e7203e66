"""The demo's story, run as a newcomer runs it: one command, then the books of its folder."""

import json
import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from fenqi.cli.running import only_one

PROJECT = Path(__file__).resolve().parents[2]
OF_BILL = ("bill_made", "bill_paid", "paid_up")


def fenqi(*arguments):
    """One command line with `--json`: its exit code and its object."""
    environment = os.environ | {"PYTHONPATH": str(PROJECT / "src")}
    command = (sys.executable, "-P", "-m", "fenqi.cli", *map(str, arguments), "--json")
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment, timeout=300)
    assert done.stdout, done.stderr
    return done.returncode, json.loads(done.stdout)


@pytest.fixture(scope="module")
def kept():
    """A folder that keeps the demo's database; short, because a socket's path must be."""
    with tempfile.TemporaryDirectory(prefix="fenqi-test-", ignore_cleanup_errors=True) as folder:
        yield Path(folder) / "kept"


@pytest.fixture(scope="module")
def told(kept):
    code, report = fenqi("demo", "--data", kept, "--picture", kept.parent / "demo.svg")
    assert (code, report["checks"]["failed"]) == (0, [])
    return report


def scenes(told, kind):
    return [scene for scene in told["story"] if scene["kind"] == kind]


def test_everything_it_checks_holds(told):
    assert told["holds"]
    assert told["checks"]["count"] > 60


def test_tells_the_whole_way_from_the_order_to_the_closed_books(told):
    kinds = list(dict.fromkeys(scene["kind"] for scene in told["story"]))
    # The bill day is the borrower's own: only among themselves do these have an order.
    of_bill = [kind for kind in kinds if kind in OF_BILL]

    assert of_bill == list(OF_BILL)
    assert [kind for kind in kinds if kind not in OF_BILL] == [
        "ordered",
        "identified",
        "approved",
        "offered",
        "shown",
        "signed",
        "captured",
        "declined",
        "person_asked",
        "person_answered",
        "settled",
        "bought_on_bill",
        "billed",
        "paid",
        "in_doubt",
        "noticed",
        "refunded",
        "settled_net",
        "overdue",
        "paid_off",
        "heard",
        "verified",
    ]


def test_one_statement_holds_two_loans_and_one_payment_settles_it(told):
    (bill,), (paid,) = scenes(told, "bill_made"), scenes(told, "bill_paid")

    assert (bill["loans"], bill["due_on"], bill["amount_minor"]) == (2, paid["on"], paid["amount_minor"])


def test_each_loan_has_its_own_due_day(told):
    due_on = {scene["name"]: [] for scene in scenes(told, "billed")}
    for scene in scenes(told, "billed"):
        due_on[scene["name"]].append(scene["on"][8:])

    assert sorted(due_on.values()) == [["08", "08", "08"], ["30", "31"]]


def test_nets_the_refund_with_what_the_shop_sold_since(told):
    (net,) = scenes(told, "settled_net")

    assert net["paid_minor"] == net["sold_minor"] - net["fee_minor"] - net["refunds_minor"]
    assert net["refunds_minor"] > 0


def test_its_books_can_be_proved_afterwards(kept, told):
    code, proved = fenqi("ledger", "verify", "--data", kept)

    (verified,) = scenes(told, "verified")
    assert (code, proved["findings"]) == (0, [])
    counted = {what: proved[what] for what in ("accounts", "legs", "loans")}
    assert counted == {what: verified[what] for what in ("accounts", "legs", "loans")}
    assert counted["loans"] == 4


def test_its_logins_are_kept_for_its_owner_alone(kept, told):
    logins = kept / "demo-logins.json"

    assert {"finance", "merchant api key"} <= json.loads(logins.read_text(encoding="utf-8")).keys()
    assert logins.stat().st_mode & 0o077 == 0


def test_a_picture_of_it_is_drawn(kept, told):
    assert (kept.parent / "demo.svg").read_text(encoding="utf-8").startswith("<svg")


def test_does_not_write_into_books_that_are_there(kept, told):
    code, no = fenqi("demo", "--data", kept)

    assert (code, no["refusal"]["code"]) == (4, "books_there")


def test_never_moves_the_clock_of_a_live_service(tmp_path):
    (tmp_path / "fenqi.home").touch()
    with only_one(tmp_path):
        code, no = fenqi("demo", "--data", tmp_path)

    assert (code, no["refusal"]["code"]) == (4, "live_service")
