"""The portfolio at the ends of months: one loan that is paid off, one that nobody ever pays."""

from typing import Any

import pytest

from fenqi.batch.value_month import value_months
from fenqi.core.ledger.proof import Invariant
from fenqi.services.book_risk import check_risk
from world import EVERY_BUCKET, World, refusal

pytestmark = pytest.mark.anyio


async def test_before_the_first_month_is_over_there_is_nothing_to_show(world: World):
    risk = await world.colleague("risk")
    found = await risk.get("/staff/portfolio")
    assert (found["arrears"], found["rolls"], found["vintages"]) == ([], [], [])


@pytest.fixture(scope="module")
async def portfolio(world: World) -> dict[str, Any]:
    """Five months after two loans of ¥5,999 in three instalments, drawn on 1 September and due from 1 October on.

    As 1 to 7 October are days off, the first instalment can be paid until the 8th.
    """
    good = await world.lent(offer_id="instalment:3")
    await world.lent(offer_id="instalment:3")
    await world.close_days(44)
    await good.shopper.pay(good.loan_id, amount_minor=None, request_id="all-of-it")
    await world.close_days(111)
    await value_months(world.installation, lane=EVERY_BUCKET)
    risk = await world.colleague("risk")
    return await risk.get("/staff/portfolio?months=6")


def test_arrears_by_days_past_due(portfolio: dict[str, Any]):
    """The unpaid loan is 23 days late at the end of October, 53, 84 and 115 of the months after; the other is gone."""
    lines = [(line["month_on"], line["bucket"], line["loan_count"]) for line in portfolio["arrears"]]
    assert lines == [
        ("2026-09-30", "current", 2),
        ("2026-10-31", "1-30", 1),
        ("2026-11-30", "31-60", 1),
        ("2026-12-31", "61-90", 1),
        ("2027-01-31", "91-180", 1),
    ]
    assert [line["owed_minor"] for line in portfolio["arrears"]] == [1_199_800, *[599_900] * 4]
    assert portfolio["arrears"][0]["overdue_minor"] == 0
    assert portfolio["arrears"][-1]["overdue_minor"] > 599_900


def test_categories_and_what_is_set_aside(portfolio: dict[str, Any]):
    """599,900 × 6 % × 75 % = 26,995.5, half-up for each loan; × 45 % × 75 % = 202,466.25; × 75 % = 449,925."""
    assert [line["category"] for line in portfolio["categories"]] == [
        "normal",
        "special_mention",
        "special_mention",
        "special_mention",
        "substandard",
    ]
    assert {(line["permille"], line["why"]) for line in portfolio["categories"]} == {(1000, "days_past_due")}
    assert [(line["stage"], line["provision_minor"]) for line in portfolio["provisions"]] == [
        (1, 53_992),
        (1, 26_996),
        (2, 202_466),
        (2, 202_466),
        (3, 449_925),
    ]


def test_where_loans_went_in_a_month(portfolio: dict[str, Any]):
    lines = [
        (line["month_on"], line["from_bucket"], line["to_bucket"], line["permille"]) for line in portfolio["rolls"]
    ]
    assert lines == [
        ("2026-10-31", "current", "closed", 500),
        ("2026-10-31", "current", "1-30", 500),
        ("2026-11-30", "1-30", "31-60", 1000),
        ("2026-12-31", "31-60", "61-90", 1000),
        ("2027-01-31", "61-90", "91-180", 1000),
    ]


def test_the_vintage_counts_who_was_ever_so_late(portfolio: dict[str, Any]):
    points = [(point["cohort_on"], point["age_months"], point["permille"]) for point in portfolio["vintages"]]
    assert points == [("2026-09-01", age, 0 if age < 2 else 500) for age in range(5)]
    assert {point["loan_count"] for point in portfolio["vintages"]} == {2}


async def test_a_table_is_to_be_had_as_a_file(world: World, portfolio: dict[str, Any]):
    risk = await world.colleague("risk")
    headers = {"authorization": f"Bearer {risk.token}"}

    answer = await world.http.get("/staff/exports/portfolio?table=rolls&months=6", headers=headers)

    head, *lines = answer.text.removeprefix("\ufeff").splitlines()
    assert head == "month_on,from_bucket,to_bucket,loan_count,owed_minor,permille"
    assert len(lines) == 5


def test_what_is_earned_and_would_close_every_loan(portfolio: dict[str, Any]):
    """At the end of September 29 of 30 days are used; later an unpaid loan too owes what it has earned."""
    lines = portfolio["values"]
    assert [line["month_on"] for line in lines] == [line["month_on"] for line in portfolio["arrears"]]
    assert [line["loan_count"] for line in lines] == [2, 1, 1, 1, 1]
    first = lines[0]
    assert first["payoff_minor"] == first["owed_minor"] + first["interest_minor"] + first["fee_minor"]
    assert first["interest_minor"] + first["fee_minor"] > 0


async def test_the_tape_tells_what_each_loan_tells(world: World, portfolio: dict[str, Any]):
    risk, auditor = await world.colleague("risk"), await world.colleague("compliance")
    headers = {"authorization": f"Bearer {risk.token}"}
    for on in ("2026-10-20", "2027-02-20"):
        answer = await world.http.get(f"/staff/exports/loan-tape?on={on}", headers=headers)
        head, *lines = answer.text.removeprefix("\ufeff").splitlines()
        names = head.split(",")
        assert len(lines) == 1
        for line in lines:
            told = dict(zip(names, line.split(","), strict=True))
            loan = await auditor.get(f"/staff/loans/{told['loan_id']}?on={on}")
            assert int(told["payoff_minor"]) == loan["payoff_minor"]
            assert int(told["days_past_due"]) == loan["days_past_due"]
            assert int(told["overdue_minor"]) == loan["overdue"]["total_minor"]
            assert int(told["interest_minor"]) == loan["accrued"]["interest_minor"]


async def test_a_tape_is_for_days_within_reach(world: World):
    risk = await world.colleague("risk")
    answer = await world.http.get(
        "/staff/exports/loan-tape?on=2030-01-01", headers={"authorization": f"Bearer {risk.token}"}
    )
    assert refusal(answer) == (400, "day_out_of_reach")


async def test_what_is_set_aside_and_not_counted_is_in_the_books(world: World, portfolio: dict[str, Any]):
    """The last month's: 449,925 for the one loan left, and what it earned and nobody paid is taken off income."""
    books = {
        line["kind"]: line
        for line in (await (await world.colleague("finance")).get("/staff/ledger/trial-balance"))["lines"]
    }
    last = portfolio["provisions"][-1]
    assert last["suspended_minor"] > 0
    assert books["allowance_stage_3"]["balance_minor"] == last["provision_minor"]
    assert books["allowance_stage_1"]["balance_minor"] == books["allowance_stage_2"]["balance_minor"] == 0
    assert books["suspended_income"]["balance_minor"] == last["suspended_minor"]
    assert books["income_not_accrued"]["balance_minor"] == last["suspended_minor"]


async def test_a_loan_says_how_it_was_graded(world: World, portfolio: dict[str, Any]):
    collector = await world.colleague("collector")
    (loan,) = (await collector.get("/staff/loans?status=active"))["loans"]
    graded = (await collector.get(f"/staff/loans/{loan['loan_id']}"))["graded"]
    assert (graded["category"], graded["stage"], graded["why"], graded["is_accruing"]) == (
        "substandard",
        3,
        "days_past_due",
        False,
    )


async def test_the_books_are_proved_against_the_grades(world: World, portfolio: dict[str, Any]):
    report = await (await world.colleague("finance")).post("/staff/ledger/verifications", {})
    assert report["is_clean"], report["findings"]


async def test_a_grade_that_was_touched_no_longer_ties(world: World, portfolio: dict[str, Any]):
    async with world.installation.transaction() as connection:
        async with connection.transaction(force_rollback=True):
            await connection.execute("reset role")
            await connection.execute("set local session_replication_role = replica")
            await connection.execute("update loan_risk set provision_minor = provision_minor + 1 where stage = 3")
            (finding,) = await check_risk(connection)
        await connection.execute("set role fenqi_app")
    assert finding.invariant is Invariant.RISK_TIES
