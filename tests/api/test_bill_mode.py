"""Bill mode through the whole of a loan: one bill day, one statement, refunds that span loans (R1 and R2)."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

import fenqi.wiring as wiring
from fenqi.batch.bill_due import bill_due
from fenqi.core.product.catalogue import BillingMode, Catalogue
from fenqi.stores.shipped_catalogue import load_catalogue
from paying import resolve, sign_mandate, two_loans
from world import EVERY_BUCKET, Bought, Installed, World, open_world

pytestmark = pytest.mark.anyio


@pytest.fixture
async def town(
    anyio_backend: str, installed: Installed, tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[World]:
    """An installation whose products are all in bill mode."""
    billed = Catalogue(replace(product, billing=BillingMode.BILL) for product in load_catalogue().products)
    monkeypatch.setattr(wiring, "load_catalogue", lambda: billed)
    async with open_world(installed, tmp_path_factory.mktemp("home")) as opened:
        yield opened


async def bill(world: World) -> int:
    return await bill_due(world.installation, lane=EVERY_BUCKET)


async def on_the_bill_day(world: World, bought: Bought) -> date:
    """The day on which the next bill is made; the day on which it is due."""
    due_on = date.fromisoformat((await bought.shopper.loan(bought.loan_id))["next_due_on"])
    world.business.move(timedelta(days=(due_on - world.business.today()).days - 9))
    assert await bill(world) == 1
    return due_on


async def paid(bought: Bought) -> int:
    return sum(row["paid"]["total_minor"] for row in (await bought.shopper.loan(bought.loan_id))["instalments"])


async def test_two_loans_share_one_bill_due_nine_days_after_the_bill_day(town: World):
    first, second = await two_loans(town)
    dues = [
        [row["due_on"] for row in (await each.shopper.loan(each.loan_id))["instalments"]] for each in (first, second)
    ]
    assert dues[0] == dues[1]
    assert len({(date.fromisoformat(due) - timedelta(days=9)).day for due in dues[0]}) == 1
    plan = await first.shopper.get(f"/h5/loans/{first.loan_id}/documents")
    due_on = await on_the_bill_day(town, first)

    (one,) = (await first.shopper.get("/h5/bills"))["bills"]

    assert (one["mode"], one["due_on"], one["status"]) == ("bill", due_on.isoformat(), "open")
    whole = await first.shopper.get(f"/h5/bills/{one['bill_id']}")
    assert {line["loan_id"] for line in whole["lines"]} == {first.loan_id, second.loan_id}
    assert date.fromisoformat(one["billed_on"]) + timedelta(days=9) == due_on
    issued = next(each for each in plan["documents"] if each["kind"] == "plan")
    assert due_on.isoformat().encode() in await first.shopper.document(issued["document_id"])


async def test_r1_a_refund_offsets_the_bill_over_all_loans_and_the_rest_returns_last_payment_first(town: World):
    first, second = await two_loans(town)
    await on_the_bill_day(town, first)
    await pay_by(town, first, 100_000, token="tok_ok_card_b", request_id="by-card-b")
    await pay_by(town, first, 14_000, token="tok_ok_card_a", request_id="by-card-a")
    (before,) = (await first.shopper.get("/h5/bills"))["bills"]
    billed_of_second = await left_on_bill(second, before)

    await town.refund(first, amount_minor=240_000)

    for _ in range(2):
        await resolve(town)
    shown = await first.shopper.get("/h5/overpayments")
    back = {each["account_ending"]: each["amount_minor"] for each in shown["returns"]}
    assert 0 < billed_of_second < 114_000
    assert await paid(second) == billed_of_second
    assert (await first.shopper.get("/h5/bills"))["bills"][0]["status"] == "paid"
    assert back["rd_a"] == 14_000
    total_back = sum(back.values())
    assert await paid(first) + await paid(second) + total_back == 100_000 + 14_000 + 240_000
    assert back == {"rd_a": 14_000, "rd_b": total_back - 14_000}
    assert shown["held"] == []
    assert await town.findings() == []


async def test_r2_what_is_left_unbilled_is_offset_and_what_was_repaid_returns(town: World):
    bought = await town.lent(town.shopper(account_token="tok_ok_card_c"), price_minor=304_000, offer_id="next_month:1")
    await bought.shopper.pay(bought.loan_id, amount_minor=300_000, request_id="nearly-all")

    await town.refund(bought, amount_minor=300_000)

    await resolve(town)
    shown = await bought.shopper.get("/h5/overpayments")
    assert [(each["amount_minor"], each["state"]) for each in shown["returns"]] == [(296_000, "succeeded")]
    assert (await bought.shopper.loan(bought.loan_id))["status"] == "closed"
    assert await town.findings() == []


async def left_on_bill(bought: Bought, bill: dict[str, Any]) -> int:
    whole = await bought.shopper.get(f"/h5/bills/{bill['bill_id']}")
    return sum(line["left_minor"] for line in whole["lines"] if line["loan_id"] == bought.loan_id)


async def pay_by(world: World, bought: Bought, amount_minor: int, *, token: str, request_id: str) -> None:
    """A payment on the first loan from another card, by way of a mandate for it."""
    await sign_mandate(world, bought.shopper, account_token=token)
    body = {"amount_minor": amount_minor, "request_id": request_id, "loan_ids": [bought.loan_id]}
    assert (await bought.shopper.post("/h5/payments", body))["state"] == "succeeded"
