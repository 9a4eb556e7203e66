"""Bills over HTTP: made before the due day, kept for ever, standing as the loans stand."""

from datetime import date, timedelta
from typing import Any

import pytest

from fenqi.batch.bill_due import bill_due
from fenqi.services import make_bill
from paying import two_loans
from world import EVERY_BUCKET, World, refusal

pytestmark = pytest.mark.anyio


async def bill_all(world: World) -> int:
    return await bill_due(world.installation, lane=EVERY_BUCKET)


async def test_each_loan_is_billed_nine_days_before_its_due_day_and_once(world: World):
    first, second = await two_loans(world)
    due_on = date.fromisoformat((await first.shopper.loan(first.loan_id))["next_due_on"])
    world.business.move(timedelta(days=(due_on - world.business.today()).days - 10))
    assert await bill_all(world) == 0
    world.business.move(timedelta(days=1))

    assert (await bill_all(world), await bill_all(world)) == (2, 0)

    shown = await first.shopper.get("/h5/bills")
    assert [bill["status"] for bill in shown["bills"]] == ["open"] * 2
    assert {bill["due_on"] for bill in shown["bills"]} == {due_on.isoformat()}
    whole = [await first.shopper.get(f"/h5/bills/{bill['bill_id']}") for bill in shown["bills"]]
    assert {line["loan_id"] for bill in whole for line in bill["lines"]} == {first.loan_id, second.loan_id}
    assert all(bill["total_minor"] == sum(line["total_minor"] for line in bill["lines"]) for bill in whole)


async def test_a_bill_is_paid_late_and_kept_as_it_was_made(world: World):
    first, _ = await two_loans(world)
    world.business.move(timedelta(days=22))
    await bill_all(world)
    bills = (await first.shopper.get("/h5/bills"))["bills"]
    statement = await first.shopper.document(bills[0]["document_id"])
    world.business.move(timedelta(days=10))
    assert [bill["status"] for bill in (await first.shopper.get("/h5/bills"))["bills"]] == ["late"] * 2

    due = (await first.shopper.get("/h5/bills"))["due_minor"]
    done = await first.shopper.post("/h5/payments", {"request_id": "everything-due"})

    assert (done["amount_minor"], done["state"]) == (due, "succeeded")
    after = await first.shopper.get("/h5/bills")
    assert [(bill["status"], bill["left_minor"]) for bill in after["bills"]] == [("paid", 0)] * 2
    assert after["due_minor"] == 0
    assert await first.shopper.document(bills[0]["document_id"]) == statement
    assert "账单".encode() in statement
    assert await world.findings() == []


async def test_the_printed_statement_carries_its_font_and_is_the_same_for_ever(world: World):
    first, _ = await two_loans(world)
    world.business.move(timedelta(days=22))
    await bill_all(world)
    bill_id = (await first.shopper.get("/h5/bills"))["bills"][0]["bill_id"]
    headers = {"authorization": f"Bearer {first.shopper.token}"}

    once = await world.http.get(f"/h5/bills/{bill_id}/pdf", headers=headers)
    world.business.move(timedelta(days=40))
    again = await world.http.get(f"/h5/bills/{bill_id}/pdf", headers=headers)

    assert (once.status_code, once.headers["content-type"]) == (200, "application/pdf")
    assert once.content == again.content
    assert once.content.startswith(b"%PDF-")
    assert b"FontFile3" in once.content
    assert len(once.content) < 20_000
    english = await world.http.get(f"/h5/bills/{bill_id}/pdf?language=en", headers=headers)
    assert english.content.startswith(b"%PDF-")
    assert english.content != once.content


async def test_the_calendar_adds_up_to_what_is_owed(world: World):
    first, second = await two_loans(world)

    calendar = await first.shopper.get("/h5/calendar")

    owed = [(await each.shopper.loan(each.loan_id))["outstanding"]["total_minor"] for each in (first, second)]
    assert sum(day["total_minor"] for day in calendar["days"]) == sum(owed)
    assert [day["due_on"] for day in calendar["days"]] == sorted(day["due_on"] for day in calendar["days"])


async def test_another_customers_bill_is_unknown(world: World):
    first, _ = await two_loans(world)
    stranger, _ = await two_loans(world)
    world.business.move(timedelta(days=22))
    await bill_all(world)
    bill_id = (await first.shopper.get("/h5/bills"))["bills"][0]["bill_id"]
    headers = {"authorization": f"Bearer {stranger.shopper.token}"}

    for path in (f"/h5/bills/{bill_id}", f"/h5/bills/{bill_id}/pdf"):
        assert refusal(await world.http.get(path, headers=headers)) == (404, "bill_unknown")


async def test_a_death_while_billing_leaves_whole_bills_and_the_next_run_makes_the_rest(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    first, _ = await two_loans(world)
    world.business.move(timedelta(days=22))
    really, count = make_bill.bills.add, 0

    async def dies(*given: Any) -> bool:
        nonlocal count
        count += 1
        await really(*given)
        raise RuntimeError("the process dies")

    monkeypatch.setattr(make_bill.bills, "add", dies)
    with pytest.raises(RuntimeError):
        await bill_all(world)
    monkeypatch.undo()
    assert (await first.shopper.get("/h5/bills"))["bills"] == []

    assert await bill_all(world) >= 2
    assert len((await first.shopper.get("/h5/bills"))["bills"]) == 2
    assert count == 1
