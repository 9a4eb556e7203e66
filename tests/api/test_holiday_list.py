"""Lists and month ends count days past due as the loan itself does, over a holiday."""

from datetime import date

import pytest

from world import Bought, World

pytestmark = pytest.mark.anyio


async def test_lists_count_as_each_loan_does_through_the_national_day_week(world: World):
    """Three loans of 1 to 3 September 2026; 1 to 7 October are days off, Saturday the 10th is worked."""
    collector = await world.colleague("collector")
    drawn: dict[str, Bought] = {}
    for _ in range(3):
        bought = await world.lent()
        drawn[bought.loan_id] = bought
        await world.close_days(1)
    await world.close_days(27)
    found = set[tuple[date, int]]()
    for _ in range(12):
        listed = {line["loan_id"]: line for line in (await collector.get("/staff/loans"))["loans"]}
        late = {line["loan_id"] for line in (await collector.get("/staff/loans?late=true"))["loans"]}
        for loan_id, bought in drawn.items():
            days = (await bought.shopper.loan(loan_id))["days_past_due"]
            assert listed[loan_id]["days_past_due"] == days
            assert (loan_id in late) == (days > 0)
            found.add((world.business.today(), days))
        await world.close_days(1)
    assert {days for on, days in found if on <= date(2026, 10, 8)} == {0}
    assert (date(2026, 10, 9), 1) in found


async def test_a_month_end_keeps_what_each_loan_says_of_that_day(world: World):
    auditor, day = await world.colleague("compliance"), date(2026, 10, 31)
    await world.close_days((day - world.business.today()).days + 1)
    async with world.installation.reading() as connection:
        kept = await connection.execute(
            "select loan_id, days_past_due, overdue_minor from loan_month where month_on = %s", [day]
        )
        rows = await kept.fetchall()
    assert len(rows) == 3
    for loan_id, days_past_due, overdue_minor in rows:
        then = await auditor.get(f"/staff/loans/{loan_id}?on={day}")
        assert (days_past_due, overdue_minor) == (then["days_past_due"], then["overdue"]["total_minor"])
        assert days_past_due == (day - date(2026, 10, 8)).days
