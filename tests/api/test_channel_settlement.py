"""The payment channel's file of a day: held against our orders, booked as arrived, every difference told."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest

from fenqi.batch.send_payment import ask_unresolved
from fenqi.core.ledger.account import AccountKind
from fenqi.core.merchant.payment_order import PaymentKind
from fenqi.core.merchant.reconciliation import SettledLine
from fenqi.gateways.payment.settlement_file import parse_settlement, write_settlement
from fenqi.simulation.caller import Json
from paying import total
from world import EVERY_BUCKET, Bought, World, refusal

pytestmark = pytest.mark.anyio


async def cleared(world: World, day: date) -> Json:
    finance = await world.colleague("finance")
    return await finance.post("/staff/channel/settlements", {"day": day.isoformat()})


@contextmanager
def changed_file(
    world: World, monkeypatch: pytest.MonkeyPatch, change: Callable[[list[SettledLine]], list[SettledLine]]
) -> Iterator[None]:
    """A channel whose file has other lines than its book."""
    really = world.installation.payment.settlement_file

    async def changed(day: date) -> bytes:
        read = parse_settlement(await really(day))
        return write_settlement(change(list(read.lines)), settled_on=day, channel=read.channel, note="a test's")

    with monkeypatch.context() as patch:
        patch.setattr(world.installation.payment, "settlement_file", changed)
        yield


async def a_day_of_money(world: World) -> tuple[date, Bought, int]:
    """A repayment, a payout, and the day on which they happened, which is over."""
    bought = await world.lent(world.shopper(account_token="tok_ok_a"))
    await bought.shopper.pay(bought.loan_id, amount_minor=50_000, request_id="request-1")
    settled = await world.settle()
    day = world.business.today()
    world.pass_time(timedelta(days=1))
    return day, bought, 50_000 - settled["paid_minor"]


async def test_what_the_channel_settled_reaches_the_bank_and_nothing_is_left_at_the_channel(town: World):
    day, _, net_minor = await a_day_of_money(town)
    assert await total(town, AccountKind.CHANNEL_CLEARING) == net_minor

    report = await cleared(town, day)

    assert (report["line_count"], report["cleared_minor"], report["is_clean"]) == (2, net_minor, True)
    assert report["is_stand_in"] is True
    assert await total(town, AccountKind.CHANNEL_CLEARING) == 0
    assert await total(town, AccountKind.BANK_CASH) == net_minor
    assert await town.findings() == []


async def test_a_file_read_twice_is_refused_whole_the_second_time(town: World):
    day, _, net_minor = await a_day_of_money(town)
    await cleared(town, day)
    town.pass_time(timedelta(days=1))
    finance = await town.colleague("finance")

    again = await town.http.post(
        "/staff/channel/settlements",
        json={"day": day.isoformat()},
        headers={"authorization": f"Bearer {finance.token}"},
    )

    assert refusal(again) == (409, "settlement_file_replayed")
    assert await total(town, AccountKind.BANK_CASH) == net_minor
    assert len((await finance.get("/staff/settlement-files"))["files"]) == 1


async def test_the_file_concludes_what_nobody_knew(town: World):
    bought = await town.lent(town.shopper(account_token="tok_unknown_then_ok_b"))
    order = await bought.shopper.pay(bought.loan_id, amount_minor=50_000, request_id="request-1")
    assert order["state"] == "unknown"
    day = town.business.today()
    town.pass_time(timedelta(days=1))

    report = await cleared(town, day)

    assert (report["concluded_count"], report["cleared_minor"]) == (1, 50_000)
    loan = await bought.shopper.loan(bought.loan_id)
    assert sum(row["paid"]["total_minor"] for row in loan["instalments"]) == 50_000
    assert await total(town, AccountKind.CHANNEL_CLEARING) == 0
    assert await town.findings() == []


async def test_every_difference_is_told_and_nothing_it_touches_is_booked(town: World, monkeypatch: pytest.MonkeyPatch):
    bought = await town.lent(town.shopper(account_token="tok_ok_c"))
    orders = [
        await bought.shopper.pay(bought.loan_id, amount_minor=amount_minor, request_id=f"request-{amount_minor}")
        for amount_minor in (10_000, 20_000, 30_000)
    ]
    refused = await town.lent(town.shopper(account_token="tok_declined_d"))
    failed = await refused.shopper.pay(refused.loan_id, amount_minor=40_000, request_id="request-1")
    day = town.business.today()
    town.pass_time(timedelta(days=1))
    matched, differing, missing = (order["order_id"] for order in orders)
    stranger = str(uuid4())

    def change(lines: list[SettledLine]) -> list[SettledLine]:
        by_id = {str(line.order_id): line for line in lines}
        other = replace(by_id[differing], amount_minor=19_999)
        unknown = replace(by_id[matched], order_id=type(by_id[matched].order_id)(stranger))
        after_all = replace(by_id[matched], order_id=type(other.order_id)(failed["order_id"]), amount_minor=40_000)
        return [by_id[matched], other, unknown, after_all]

    with changed_file(town, monkeypatch, change):
        report = await cleared(town, day)

    assert report["is_clean"] is False
    told = {
        (each["kind"], each["order_id"]): (each["ours_minor"], each["theirs_minor"]) for each in report["differences"]
    }
    assert told == {
        ("content_differs", differing): (20_000, 19_999),
        ("unknown_to_us", stranger): (None, 10_000),
        ("contradicted", failed["order_id"]): (40_000, 40_000),
        ("missing_in_file", missing): (30_000, None),
    }
    assert report["cleared_minor"] == 10_000
    assert await total(town, AccountKind.CHANNEL_CLEARING) == 50_000

    corrected = await cleared(town, day)
    assert (corrected["cleared_minor"], corrected["is_clean"]) == (50_000, True)
    assert await total(town, AccountKind.CHANNEL_CLEARING) == 0
    assert await town.findings() == []


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (lambda file: file[: len(file) // 2], "settlement_file_cut"),
        (lambda file: file.replace(b"50000", b"50001"), "settlement_file_tampered"),
        (lambda file: b"", "settlement_file_cut"),
        (lambda file: b"\xff" + file, "settlement_file_tampered"),
    ],
    ids=["cut", "tampered", "empty", "bytes"],
)
async def test_a_file_that_cannot_be_trusted_books_nothing(
    town: World, monkeypatch: pytest.MonkeyPatch, spoil: Callable[[bytes], bytes], code: str
):
    day, _, net_minor = await a_day_of_money(town)
    really = town.installation.payment.settlement_file

    async def spoiled(day: date) -> bytes:
        return spoil(await really(day))

    monkeypatch.setattr(town.installation.payment, "settlement_file", spoiled)
    finance = await town.colleague("finance")

    response = await town.http.post(
        "/staff/channel/settlements",
        json={"day": day.isoformat()},
        headers={"authorization": f"Bearer {finance.token}"},
    )

    assert refusal(response) == (400, code)
    assert await total(town, AccountKind.CHANNEL_CLEARING) == net_minor
    monkeypatch.undo()
    assert (await cleared(town, day))["is_clean"]


async def test_the_file_of_a_day_that_is_not_over_is_not_read(town: World):
    finance = await town.colleague("finance")

    response = await town.http.post(
        "/staff/channel/settlements",
        json={"day": town.business.today().isoformat()},
        headers={"authorization": f"Bearer {finance.token}"},
    )

    assert refusal(response) == (409, "day_not_over")


async def test_money_returned_to_a_borrower_leaves_the_bank(town: World):
    bought = await town.lent(town.shopper(account_token="tok_ok_e"))
    await bought.shopper.pay(bought.loan_id, amount_minor=None, request_id="all-of-it")
    await town.refund(bought, amount_minor=70_000)
    await paid_back(town)
    day = town.business.today()
    town.pass_time(timedelta(days=1))

    report = await cleared(town, day)

    kinds: dict[Any, int] = {PaymentKind.DEBIT: 599_900, PaymentKind.REFUND: -70_000}
    assert report["cleared_minor"] == sum(kinds.values())
    assert await total(town, AccountKind.CHANNEL_CLEARING) == 0
    assert await town.findings() == []


async def paid_back(world: World) -> None:
    world.business.move(timedelta(seconds=31))
    assert await ask_unresolved(world.installation, lane=EVERY_BUCKET) == 1
