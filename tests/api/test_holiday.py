"""A due day that is not worked: payment after the holiday is in time, as the agreement says."""

from datetime import date
from decimal import Decimal

import pytest

from world import World

pytestmark = pytest.mark.anyio


async def test_a_due_day_on_a_holiday_can_be_paid_after_it_as_was_signed(world: World):
    bought = await world.lent()
    await world.close_days(34)
    within = await bought.shopper.loan(bought.loan_id)
    await world.close_days(6)
    after = await bought.shopper.loan(bought.loan_id)

    first, late = within["instalments"][0], after["instalments"][0]
    assert (first["due_on"], first["payable_until"]) == ("2026-10-01", "2026-10-08")
    assert (within["days_past_due"], first["due"]["penalty_minor"], first["standing"]) == (0, 0, "due")
    days = (world.business.today() - date(2026, 10, 8)).days
    assert (after["days_past_due"], late["standing"]) == (days, "late")
    assert late["due"]["penalty_minor"] == round(
        Decimal(bought.shown["offer"]["late_per_day"]) * late["due"]["principal_minor"] * days
    )
    assert await world.findings() == []
