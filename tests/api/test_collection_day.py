"""Collection cases follow from arrears at the end of days, and promises from the books."""

import pytest

from collecting import case_of, days_pass
from fenqi.batch.collect_due import collect_due
from fenqi.stores import collection as cases
from paying import two_loans
from world import EVERY_BUCKET, World

pytestmark = pytest.mark.anyio


async def test_one_case_over_all_loans_is_opened_once_and_closed_when_all_is_paid(world: World):
    first, second = await two_loans(world)
    await days_pass(world, first, late=0)
    assert await case_of(world, first) is None
    await days_pass(world, first, late=9)
    case = await case_of(world, first)
    assert case is not None
    assert (case.stage, case.days_past_due, case.loan_count) == ("early", 9, 2)
    due = (await first.shopper.get("/h5/bills"))["due_minor"]
    assert due - 200 < case.overdue_minor <= due, "the late charge of these days is booked at the month's end"

    assert await collect_due(world.installation, lane=EVERY_BUCKET) == 0
    assert await case_of(world, second) == case
    for bought in (first, second):
        await bought.shopper.pay(bought.loan_id, amount_minor=60_000, request_id=f"pay-{bought.loan_id[:8]}")
    await world.close_days(1)
    await collect_due(world.installation, lane=EVERY_BUCKET)
    assert await case_of(world, first) is None


@pytest.mark.usefixtures("in_lanes")
async def test_a_death_in_the_middle_leaves_whole_buckets_and_the_next_run_does_the_rest(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    (first, _), (other, _) = await two_loans(world), await two_loans(world)
    await days_pass(world, first, late=3, collects=False)
    put_day, calls = cases.put_day, 0

    async def dies(connection, **asked):
        nonlocal calls
        calls += 1
        if calls == 9:
            raise RuntimeError("killed")
        await put_day(connection, **asked)

    monkeypatch.setattr(cases, "put_day", dies)
    with pytest.raises(RuntimeError):
        await collect_due(world.installation, lane=EVERY_BUCKET)
    monkeypatch.setattr(cases, "put_day", put_day)
    await collect_due(world.installation, lane=EVERY_BUCKET)

    for bought in (first, other):
        case = await case_of(world, bought)
        assert case is not None
        assert case.days_past_due == 3
