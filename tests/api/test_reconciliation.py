"""Breaks are cases until somebody closes them; money nobody can place waits in suspense; returns are tried again."""

from dataclasses import replace
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from fenqi.batch.clear_channel import clear_channel_day
from fenqi.batch.return_overpaid import return_overpaid
from fenqi.core.ledger.account import AccountKind
from fenqi.core.merchant.reconciliation import SettledLine
from fenqi.gateways.payment.settlement_file import parse_settlement, write_settlement
from fenqi.gateways.payment.stand_in_conduct import CLOSED, OK
from fenqi.services import clear_channel as clearing
from fenqi.services import take_transfer as taking
from paying import borrower, channel_of, paid_minor, resolve, total, two_loans
from world import EVERY_BUCKET, World, refusal

pytestmark = pytest.mark.anyio


async def clear(world: World) -> dict[str, Any]:
    finance = await world.colleague("finance")
    return await finance.clear_channel(world.business.today() - timedelta(days=1))


async def cases_of(world: World, query: str = "") -> list[dict[str, Any]]:
    finance = await world.colleague("finance")
    return (await finance.get(f"/staff/money-cases{query}"))["cases"]


async def staff_refusal(world: World, path: str, body: dict[str, Any]) -> tuple[int, str]:
    finance = await world.colleague("finance")
    headers = {"authorization": f"Bearer {finance.token}"}
    return refusal(await world.http.post(path, json=body, headers=headers))


def transfer(amount_minor: int, *, remark: str = "", reference: str = "") -> dict[str, Any]:
    return {
        "way": "bank",
        "bank_reference": reference or f"BANK-{uuid4().hex[:12]}",
        "payer": "张三",
        "remark": remark,
        "amount_minor": amount_minor,
        "received_on": "2026-09-01",
    }


async def test_what_settles_days_later_is_no_break_and_stands_in_its_own_days_file(town: World):
    bought = await borrower(town, "tok_settles_late")
    order = await bought.shopper.pay(bought.loan_id, amount_minor=50_000, request_id="request-1")
    town.pass_time(timedelta(days=1))
    first = await clear(town)
    town.pass_time(timedelta(days=2))

    third = await clear(town)

    assert order["state"] == "succeeded"
    assert (first["line_count"], first["is_clean"]) == (0, True)
    assert (third["line_count"], third["cleared_minor"], third["is_clean"]) == (1, 50_000, True)
    assert await cases_of(town) == []
    assert await total(town, AccountKind.CHANNEL_CLEARING) == 0


async def test_each_break_is_a_case_and_a_later_file_closes_what_it_clears_up(
    town: World, monkeypatch: pytest.MonkeyPatch
):
    bought = await borrower(town)
    held_back = await bought.shopper.pay(bought.loan_id, amount_minor=10_000, request_id="request-1")
    altered = await bought.shopper.pay(bought.loan_id, amount_minor=20_000, request_id="request-2")
    town.pass_time(timedelta(days=1))
    day = town.business.today() - timedelta(days=1)
    really = town.installation.payment.settlement_file
    whole = parse_settlement(await really(day))
    stranger = uuid4()

    async def other(_: Any) -> bytes:
        by_id = {str(line.order_id): line for line in whole.lines}
        lines: list[SettledLine] = [
            replace(by_id[altered["order_id"]], amount_minor=19_999),
            replace(by_id[held_back["order_id"]], order_id=stranger),
        ]
        return write_settlement(lines, settled_on=day, channel=whole.channel, note="a test's")

    with monkeypatch.context() as patch:
        patch.setattr(town.installation.payment, "settlement_file", other)
        await clear(town)
    found = {case["kind"]: case for case in await cases_of(town, "?is_open=true")}
    assert {kind: (each["ours_minor"], each["theirs_minor"]) for kind, each in found.items()} == {
        "missing": (10_000, None),
        "extra": (None, 10_000),
        "differing": (20_000, 19_999),
    }

    await clear(town)

    after = {case["kind"]: (case["closed_by"], case["closed_how"]) for case in await cases_of(town)}
    assert after == {
        "missing": ("system", "settled_later"),
        "extra": (None, None),
        "differing": ("system", "corrected"),
    }
    extra = f"/staff/money-cases/{found['extra']['case_id']}/closing"
    assert await staff_refusal(town, extra, {"how": "placed", "text": "as it seems"}) == (400, "closing_differs")
    finance = await town.colleague("finance")
    closed = await finance.post(extra, {"how": "explained", "text": "the channel took it back"})
    assert (closed["closed_by"], closed["closed_text"]) == ("finance", "the channel took it back")
    again = await staff_refusal(town, extra, {"how": "explained", "text": "once more"})
    assert again == (409, "money_case_closed")
    assert await town.findings() == []


async def test_a_death_while_a_file_is_booked_leaves_nothing_and_it_is_read_again(
    town: World, monkeypatch: pytest.MonkeyPatch
):
    bought = await borrower(town)
    await bought.shopper.pay(bought.loan_id, amount_minor=50_000, request_id="request-1")
    town.pass_time(timedelta(days=1))
    really = clearing.cases.add_file

    async def dies(*given: Any) -> bool:
        await really(*given)
        raise RuntimeError("the process dies")

    monkeypatch.setattr(clearing.cases, "add_file", dies)
    with pytest.raises(RuntimeError):
        await clear_channel_day(town.installation, day=town.business.today() - timedelta(days=1))
    monkeypatch.undo()
    assert await total(town, AccountKind.BANK_CASH) == 0

    assert (await clear(town))["cleared_minor"] == 50_000
    assert await total(town, AccountKind.BANK_CASH) == 50_000


async def test_a_transfer_with_the_borrowers_code_pays_the_loans_and_what_is_too_much_goes_back(town: World):
    first, second = await two_loans(town)
    code = (await first.shopper.get("/h5/transfer-code"))["code"]
    assert code == (await first.shopper.get("/h5/transfer-code"))["code"]
    finance = await town.colleague("finance")
    line = transfer(400_000, remark=f"还款 {code}")

    placed = await finance.post("/staff/transfers", line)
    again = await finance.post("/staff/transfers", line)

    assert (placed["state"], again) == ("placed", placed)
    back = (await first.shopper.get("/h5/overpayments"))["returns"]
    assert await paid_minor(first) + await paid_minor(second) + sum(each["amount_minor"] for each in back) == 400_000
    assert await total(town, AccountKind.SUSPENSE) == 0
    assert [(case["kind"], case["closed_how"]) for case in await cases_of(town)] == [("suspense", "placed")]
    assert await town.findings() == []


async def test_money_nobody_can_place_waits_until_a_person_places_or_returns_it(town: World):
    bought = await borrower(town)
    finance = await town.colleague("finance")
    one = await finance.post("/staff/transfers", transfer(30_000, remark="FQ0000000000"))
    other = await finance.post("/staff/transfers", transfer(40_000))
    assert (one["state"], other["state"]) == ("suspense", "suspense")
    assert await total(town, AccountKind.SUSPENSE) == 70_000
    body = {"loan_id": bought.loan_id, "text": "the payer sent a receipt"}

    placed = await finance.post(f"/staff/transfers/{one['transfer_id']}/placing", body)
    assert placed == await finance.post(f"/staff/transfers/{one['transfer_id']}/placing", body)
    wanted = {"account_token": "tok_ok_payer", "request_id": "return-1"}
    sent = await finance.post(f"/staff/transfers/{other['transfer_id']}/return", wanted)

    assert sent["state"] == "succeeded"
    assert await paid_minor(bought) == 30_000
    assert await total(town, AccountKind.SUSPENSE) == 0
    assert {case["closed_how"] for case in await cases_of(town)} == {"placed", "returned"}
    moved = await staff_refusal(town, f"/staff/transfers/{other['transfer_id']}/placing", body)
    assert moved == (409, "transfer_not_in_suspense")
    differs = transfer(1, reference="SAME-REFERENCE")
    await finance.post("/staff/transfers", differs)
    assert await staff_refusal(town, "/staff/transfers", differs | {"amount_minor": 2}) == (409, "transfer_differs")
    town.pass_time(timedelta(days=1))
    await clear(town)
    assert await total(town, AccountKind.CHANNEL_CLEARING) == 0
    assert await total(town, AccountKind.BANK_CASH) == 30_001
    assert await town.findings() == []


async def test_a_return_that_fails_leaves_the_money_in_suspense_for_another_try(town: World):
    finance = await town.colleague("finance")
    taken = await finance.post("/staff/transfers", transfer(40_000))
    path = f"/staff/transfers/{taken['transfer_id']}/return"

    failed = await finance.post(path, {"account_token": "tok_closed_x", "request_id": "return-1"})
    assert (failed["state"], await total(town, AccountKind.SUSPENSE)) == ("failed", 40_000)

    done = await finance.post(path, {"account_token": "tok_ok_x", "request_id": "return-2"})
    assert (done["state"], await total(town, AccountKind.SUSPENSE)) == ("succeeded", 0)


async def test_a_death_while_money_is_placed_leaves_it_in_suspense(town: World, monkeypatch: pytest.MonkeyPatch):
    bought = await borrower(town)
    finance = await town.colleague("finance")
    taken = await finance.post("/staff/transfers", transfer(30_000))
    path = f"/staff/transfers/{taken['transfer_id']}/placing"
    body = {"loan_id": bought.loan_id, "text": "the payer sent a receipt"}
    really = taking.cases.save_transfer

    async def dies(*given: Any) -> None:
        await really(*given)
        raise RuntimeError("the process dies")

    monkeypatch.setattr(taking.cases, "save_transfer", dies)
    with pytest.raises(Exception, match="500"):
        await finance.post(path, body)
    monkeypatch.undo()
    assert (await total(town, AccountKind.SUSPENSE), await paid_minor(bought)) == (30_000, 0)

    await finance.post(path, body)
    assert (await total(town, AccountKind.SUSPENSE), await paid_minor(bought)) == (0, 30_000)
    assert await town.findings() == []


async def test_paying_back_is_tried_again_by_the_calendar_and_then_a_person_looks(town: World):
    bought = await borrower(town)
    await bought.shopper.pay(bought.loan_id, amount_minor=None, request_id="all-of-it")
    await channel_of(town).set_conduct(bought.shopper.account_token, CLOSED)
    await town.refund(bought, amount_minor=70_000)
    await resolve(town)

    async def passes(days: int) -> int:
        town.business.move(timedelta(days=days))
        asked = await return_overpaid(town.installation, lane=EVERY_BUCKET)
        await resolve(town)
        return asked

    assert [await passes(days) for days in (0, 1, 2, 1, 7, 1)] == [0, 1, 0, 1, 1, 0]
    assert [case["kind"] for case in await cases_of(town, "?is_open=true")] == ["return_failed"]
    shown = await bought.shopper.get("/h5/overpayments")
    assert [each["state"] for each in shown["returns"]] == ["failed"] * 4
    assert [each["overpaid_minor"] for each in shown["held"]] == [70_000]
    await channel_of(town).set_conduct(bought.shopper.account_token, OK)
    assert UUID(shown["returns"][0]["order_id"])
    assert await town.findings() == []


async def test_the_list_of_cases_is_filtered_and_can_be_taken_away(town: World):
    finance = await town.colleague("finance")
    await finance.post("/staff/transfers", transfer(30_000))

    headers = {"authorization": f"Bearer {finance.token}"}
    file = await town.http.get("/staff/exports/money-cases?kind=suspense", headers=headers)

    assert file.text.count("\n") == 2
    assert len(await cases_of(town, "?kind=missing")) == 0
    assert len(await cases_of(town, "?from_on=2026-09-01&until_on=2026-09-02&is_open=true")) == 1
    assert len(await cases_of(town, "?until_on=2026-09-01")) == 0
