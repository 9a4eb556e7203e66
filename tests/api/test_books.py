"""The books through a loan's life: days closed, merchants settled, subsidies earned and returned, all tied out."""

import asyncio
import calendar
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest

import fenqi.batch.close_day as closing
from fenqi.batch.close_day import catch_up
from fenqi.core.ledger.account import AccountKind, bucket_in
from fenqi.stores import loan as loans
from fenqi.stores.loan import Loan
from paying import total
from world import EVERY_BUCKET, PRICE_MINOR, Bought, World, refusal

pytestmark = pytest.mark.anyio

FREE, FREE_SKU = "instalment_brand_free:3", "HW-MATE80-256"


async def row_of(world: World, bought: Bought) -> Loan:
    loan_id = UUID(bought.loan_id)
    async with world.installation.transaction() as connection:
        row = await loans.find(connection, b=bucket_in(loan_id), loan_id=loan_id)
    assert row is not None
    return row


async def test_closing_a_day_twice_changes_nothing(world: World):
    await world.lent()
    finance = await world.colleague("finance")
    await world.close_days(31)
    earned = await total(world, AccountKind.INTEREST_INCOME)
    assert earned > 0
    yesterday = world.business.today() - timedelta(days=1)

    again = await finance.close_day(yesterday)

    assert (again["bucket_count"], again["loan_count"], again["day_count"]) == (0, 0, 0)
    assert await total(world, AccountKind.INTEREST_INCOME) == earned


async def test_a_day_that_is_not_over_is_not_closed(world: World):
    finance = await world.colleague("finance")

    for day in (world.business.today(), date(9999, 12, 31)):
        response = await world.http.post(
            "/staff/days", json={"day": day.isoformat()}, headers={"authorization": f"Bearer {finance.token}"}
        )
        assert refusal(response) == (409, "day_not_over")


async def test_days_that_were_missed_are_closed_first_and_in_order(town: World):
    bought = await town.lent()
    finance = await town.colleague("finance")
    due = (await bought.shopper.loan(bought.loan_id))["instalments"][0]
    town.pass_time(timedelta(days=40))

    closed = await finance.close_day(town.business.today() - timedelta(days=1))

    assert (closed["day_count"], closed["loan_count"]) == (40, 1)
    legs = (await finance.get(f"/staff/loans/{bought.loan_id}/legs"))["legs"]
    accrued = [leg for leg in legs if leg["kind"] == "accrue"]
    assert [(leg["effective_on"], leg["amount_minor"]) for leg in accrued] == [
        (due["due_on"], due["due"]["interest_minor"])
    ]
    assert await catch_up(town.installation, lane=EVERY_BUCKET) == 0
    assert await town.findings() == []


async def test_a_new_installation_has_no_past_to_close(town: World):
    finance = await town.colleague("finance")

    assert (await finance.close_day(date(1900, 1, 1)))["day_count"] == 0
    assert await catch_up(town.installation, lane=EVERY_BUCKET) == 1


@pytest.mark.usefixtures("in_lanes")
async def test_a_close_that_dies_half_way_is_done_whole_by_the_next(town: World, monkeypatch: pytest.MonkeyPatch):
    bought = [await town.lent() for _ in range(3)]
    due = [(await each.shopper.loan(each.loan_id))["instalments"][0]["due"] for each in bought]
    town.pass_time(timedelta(days=31))
    really, done = closing.earn_day, []

    async def dies(*given: Any, **named: Any) -> Any:
        done.append(await really(*given, **named))
        if named["day"].isoformat() == last_day and len(done) % 5 == 0:
            raise RuntimeError("the process dies half way")
        return done[-1]

    last_day = (town.business.today() - timedelta(days=1)).isoformat()
    monkeypatch.setattr(closing, "earn_day", dies)
    with pytest.raises(ExceptionGroup):
        await catch_up(town.installation, lane=EVERY_BUCKET)
    monkeypatch.undo()

    assert await catch_up(town.installation, lane=EVERY_BUCKET) == 1
    assert await catch_up(town.installation, lane=EVERY_BUCKET) == 0

    assert await total(town, AccountKind.INTEREST_INCOME) == sum(each["interest_minor"] for each in due)
    assert await town.findings() == []


async def test_the_last_day_of_a_month_books_its_late_charges(town: World):
    bought = await town.lent()
    await town.close_days(31)
    assert await total(town, AccountKind.PENALTY_INCOME) == 0
    today = town.business.today()
    last = calendar.monthrange(today.year, today.month)[1]

    await town.close_days(last - today.day + 1)

    loan = await bought.shopper.loan(bought.loan_id)
    assert loan["days_past_due"] > 20
    charged = await total(town, AccountKind.PENALTY_INCOME)
    assert 0 < charged <= loan["overdue"]["penalty_minor"]
    assert (await row_of(town, bought)).booked_on == town.business.today() - timedelta(days=1)
    assert await town.findings() == []


async def test_a_late_payment_pays_what_it_costs_and_the_rest_of_the_month_is_earned(town: World):
    bought = await town.lent()
    await town.close_days(45)
    overdue = (await bought.shopper.loan(bought.loan_id))["overdue"]
    assert overdue["penalty_minor"] > 0

    await bought.shopper.pay(bought.loan_id, amount_minor=overdue["total_minor"], request_id="late-but-all")

    loan = await bought.shopper.loan(bought.loan_id)
    assert (loan["days_past_due"], loan["overdue"]["total_minor"]) == (0, 0)
    assert await total(town, AccountKind.PENALTY_INCOME) == overdue["penalty_minor"]
    assert await town.findings() == []


async def test_a_loan_paid_to_its_end_leaves_only_income(town: World):
    bought = await town.lent(offer_id="instalment:3")
    rows = (await bought.shopper.loan(bought.loan_id))["instalments"]
    for number, row in enumerate(rows):
        days = (date.fromisoformat(row["due_on"]) - town.business.today()).days
        await town.close_days(days)
        await bought.shopper.pay(
            bought.loan_id, amount_minor=row["due"]["total_minor"], request_id=f"instalment-{number}"
        )
    await town.close_days(2)

    loan = await bought.shopper.loan(bought.loan_id)
    assert (loan["status"], loan["outstanding"]["total_minor"]) == ("closed", 0)
    assert await total(town, AccountKind.LOAN_PRINCIPAL) == 0
    assert await total(town, AccountKind.INTEREST_RECEIVABLE) == 0
    interest = sum(row["due"]["interest_minor"] for row in rows)
    assert await total(town, AccountKind.INTEREST_INCOME) == interest
    assert await town.findings() == []


async def test_a_loan_given_back_within_days_costs_the_borrower_nothing(town: World):
    bought = await town.lent()
    await town.close_days(6)

    await town.refund(bought, amount_minor=PRICE_MINOR)

    loan = await bought.shopper.loan(bought.loan_id)
    assert (loan["status"], loan["outstanding"]["total_minor"], loan["overpaid_minor"]) == ("closed", 0, 0)
    assert await total(town, AccountKind.LOAN_PRINCIPAL) == 0
    assert (await town.settle())["paid_minor"] == 0
    assert await town.findings() == []


async def subsidy(world: World) -> dict[str, int]:
    kinds = {
        "unearned": AccountKind.UNEARNED_SUBSIDY,
        "earned": AccountKind.SUBSIDY_INCOME,
        "claimed": AccountKind.SUBSIDY_RECEIVABLE,
    }
    return {name: await total(world, kind) for name, kind in kinds.items()}


async def test_a_brand_pays_for_the_time_that_is_used_as_it_falls_due(town: World):
    bought = await town.lent(offer_id=FREE, sku=FREE_SKU)
    begun = await subsidy(town)
    assert begun["unearned"] == begun["claimed"] > 0
    assert (await bought.shopper.loan(bought.loan_id))["outstanding"]["interest_minor"] == 0

    await town.close_days(31)
    first = await subsidy(town)
    assert 0 < first["earned"] < begun["claimed"]
    assert first["earned"] + first["unearned"] == begun["claimed"]

    await town.close_days(61)
    assert await subsidy(town) == {"unearned": 0, "earned": begun["claimed"], "claimed": begun["claimed"]}
    assert await town.findings() == []


async def test_goods_that_come_back_return_the_brand_what_is_not_earned_of_them(town: World):
    bought = await town.lent(offer_id=FREE, sku=FREE_SKU)
    await town.close_days(31)
    before = await subsidy(town)

    await town.refund(bought, amount_minor=PRICE_MINOR // 2)
    half = await subsidy(town)
    assert half["claimed"] == before["claimed"] - (before["unearned"] - half["unearned"])
    assert half["unearned"] == pytest.approx(before["unearned"] / 2, abs=1)

    await town.refund(bought, amount_minor=PRICE_MINOR // 2)
    assert await subsidy(town) == {"unearned": 0, "earned": before["earned"], "claimed": before["earned"]}
    assert await town.findings() == []


async def test_a_loan_paid_off_early_returns_the_brand_what_nobody_used(town: World):
    bought = await town.lent(offer_id=FREE, sku=FREE_SKU)
    begun = await subsidy(town)
    await town.close_days(45)
    before = await subsidy(town)

    await bought.shopper.pay(bought.loan_id, amount_minor=None, request_id="all-of-it")

    after = await subsidy(town)
    assert after["unearned"] == 0
    assert after["claimed"] == after["earned"]
    assert before["earned"] < after["earned"] < begun["claimed"]
    await town.close_days(60)
    assert await subsidy(town) == after
    assert await town.findings() == []


async def test_a_subsidised_loan_paid_off_on_its_last_day_was_used_whole(town: World):
    bought = await town.lent(offer_id=FREE, sku=FREE_SKU)
    begun = await subsidy(town)
    await town.close_days(91)

    await bought.shopper.pay(bought.loan_id, amount_minor=None, request_id="all-of-it")

    assert await subsidy(town) == {"unearned": 0, "earned": begun["claimed"], "claimed": begun["claimed"]}
    assert await town.findings() == []


async def test_a_refund_after_the_settlement_is_netted_against_the_next(town: World):
    first = await town.lent()
    settled = await town.settle()
    await town.refund(first, amount_minor=100_000)
    await town.close_days(1)
    await town.lent()

    following = await town.settle()

    assert settled["paid_minor"] == PRICE_MINOR - 3_599
    assert following["items_minor"] == PRICE_MINOR - 3_599 - (100_000 - 600)
    assert following["paid_minor"] == following["items_minor"]
    assert await total(town, AccountKind.MERCHANT_PAYABLE) == 0
    assert await town.findings() == []


async def test_what_a_merchant_owes_is_carried_until_it_has_sold_again(town: World):
    first = await town.lent()
    await town.settle()
    await town.refund(first, amount_minor=200_000)
    await town.close_days(1)

    owing = await town.settle()
    assert (owing["paid_minor"], owing["payout"]) == (0, None)
    assert owing["carried_out_minor"] == owing["items_minor"] == -(200_000 - 1_200)
    assert await town.findings() == []

    await town.close_days(1)
    await town.lent()
    paid = await town.settle()
    assert paid["carried_in_minor"] == owing["carried_out_minor"]
    assert paid["paid_minor"] == PRICE_MINOR - 3_599 + owing["carried_out_minor"]
    assert await total(town, AccountKind.MERCHANT_PAYABLE) == 0
    assert await town.findings() == []
    events = (await town.shop.get("/v1/events"))["events"]
    told = [each["content"] for each in events if each["topic"] == "settlement.paid"]
    assert [(each["paid_minor"], each["carried_out_minor"]) for each in reversed(told)] == [
        (PRICE_MINOR - 3_599, 0),
        (0, owing["carried_out_minor"]),
        (paid["paid_minor"], 0),
    ]


async def test_two_settlements_of_one_day_at_one_instant_pay_once(town: World):
    await town.lent()

    answers = await asyncio.gather(*(town.settle() for _ in range(3)))

    assert len({each["settlement_id"] for each in answers}) == 1
    assert len({each["payout"]["order_id"] for each in answers}) == 1
    assert await total(town, AccountKind.MERCHANT_PAYABLE) == 0
    assert await town.findings() == []


async def test_a_merchant_is_settled_up_to_a_day_that_has_come_and_not_before_the_last(town: World):
    await town.lent()
    await town.close_days(3)
    finance = await town.colleague("finance")
    headers = {"authorization": f"Bearer {finance.token}"}
    path = f"/staff/merchants/{town.shop.merchant_id}/settlements"
    today = town.business.today()
    await town.settle()

    tomorrow = {"until_on": (today + timedelta(days=1)).isoformat()}
    assert refusal(await town.http.post(path, json=tomorrow, headers=headers)) == (409, "settlement_day_ahead")
    earlier = {"until_on": (today - timedelta(days=1)).isoformat()}
    assert refusal(await town.http.post(path, json=earlier, headers=headers)) == (409, "settled_beyond")
    unknown = f"/staff/merchants/{UUID(int=1)}/settlements"
    assert refusal(await town.http.post(unknown, json=earlier, headers=headers)) == (404, "merchant_unknown")


async def test_who_settled_closed_and_cleared_is_in_the_audit_trail(town: World):
    await town.lent()
    await town.settle()
    await town.close_days(1)
    finance, compliance = await town.colleague("finance"), await town.colleague("compliance")
    yesterday = (town.business.today() - timedelta(days=1)).isoformat()
    await finance.post("/staff/channel/settlements", {"day": yesterday})

    lines = (await compliance.get("/staff/audit"))["audit"]

    done = {(line["actor"], line["action"], line["subject"]) for line in lines}
    assert {
        ("staff:finance", "settled_merchant", str(town.shop.merchant_id)),
        ("staff:finance", "closed_day", yesterday),
        ("staff:finance", "cleared_channel", yesterday),
    } <= done


async def test_the_books_are_proved_as_of_one_instant_while_money_moves(town: World):
    bought = [await town.lent() for _ in range(3)]

    async def move(each: Bought, number: int) -> None:
        await each.shopper.pay(each.loan_id, amount_minor=1_000 + number, request_id=f"request-{number}")
        await town.refund(each, amount_minor=1_000)

    moved = [move(each, number) for number in range(3) for each in bought]
    *_, first, second = await asyncio.gather(*moved, town.findings(), town.findings())

    assert first == second == await town.findings() == []
