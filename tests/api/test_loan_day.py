"""A loan on any day, as known on any day, and what a payment would do to it."""

from datetime import timedelta
from typing import Any

import pytest

from world import Bought, World, refusal

pytestmark = pytest.mark.anyio


async def looked(world: World, bought: Bought, **query: str) -> Any:
    finance = await world.colleague("finance")
    headers = {"authorization": f"Bearer {finance.token}"}
    return await world.http.get(f"/staff/loans/{bought.loan_id}", params=query, headers=headers)


async def what_if(world: World, bought: Bought, **query: Any) -> Any:
    headers = {"authorization": f"Bearer {bought.shopper.token}"}
    return await world.http.get(f"/h5/loans/{bought.loan_id}/what-if", params=query, headers=headers)


def without_tale(loan: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in loan.items() if name not in {"known_at", "seq"}}


async def test_a_past_day_shows_the_loan_as_it_stood_then(world: World):
    bought = await world.lent()
    first_day, then = world.business.today().isoformat(), (await looked(world, bought)).json()
    await world.close_days(40)
    await bought.shopper.pay(bought.loan_id, amount_minor=20_000, request_id="in-arrears")

    today, past = (await looked(world, bought)).json(), (await looked(world, bought, on=first_day)).json()

    assert without_tale(past) == without_tale(then)
    assert (past["category"], today["category"]) == ("normal", "special_mention")
    assert today["days_past_due"] > 0
    assert [line["what"] for line in today["timeline"]] == ["disbursement", "late", "customer"]
    assert today["due"]["total_minor"] > 20_000 == today["paid"]["total_minor"]


async def test_what_was_not_yet_recorded_is_left_out(world: World):
    bought = await world.lent()
    await world.close_days(5)
    known_at = world.business.now()
    before = (await looked(world, bought)).json()
    world.pass_time(timedelta(minutes=5))
    await bought.shopper.pay(bought.loan_id, amount_minor=20_000, request_id="later-known")

    then = (await looked(world, bought, known_at=known_at.isoformat())).json()
    now = (await looked(world, bought)).json()

    assert without_tale(then) == without_tale(before)
    assert (then["seq"], now["seq"]) == (1, 2)
    assert then["known_at"] == known_at.isoformat()
    unsigned = (await looked(world, bought, known_at="2026-01-01T00:00:00Z")).json()
    assert (unsigned["status"], unsigned["instalments"], unsigned["timeline"]) == ("agreed", [], [])


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"on": "2026-08-31"}, (400, "day_out_of_reach")),
        ({"on": "9999-12-31"}, (400, "day_out_of_reach")),
        ({"on": "yesterday"}, (400, "request_invalid")),
        ({"known_at": "2026-09-01T00:00:00"}, (400, "request_invalid")),
    ],
)
async def test_a_day_on_which_there_was_no_loan_is_refused(
    world: World, query: dict[str, str], expected: tuple[int, str]
):
    bought = await world.lent()

    assert refusal(await looked(world, bought, **query)) == expected


async def test_accrued_interest_grows_until_it_is_due_and_then_is_due(world: World):
    bought = await world.lent()
    start = world.business.today()

    days = [(await looked(world, bought, on=(start + timedelta(days=n)).isoformat())).json() for n in (0, 10, 20, 31)]

    accrued = [day["accrued"]["interest_minor"] + day["accrued"]["fee_minor"] for day in days]
    assert accrued[0] == 0 < accrued[1] < accrued[2]
    assert accrued[3] < accrued[1]
    for day in days:
        owed = day["overdue"]["total_minor"]
        assert day["payoff"]["total_minor"] == day["payoff_minor"] >= owed


async def test_a_payment_does_what_was_said_it_would_do(world: World):
    bought = await world.lent()
    await world.close_days(12)
    told = (await what_if(world, bought, amount_minor=150_000)).json()

    await bought.shopper.pay(bought.loan_id, amount_minor=150_000, request_id="as-was-said")

    loan = await bought.shopper.loan(bought.loan_id)
    assert {name: loan[name] for name in told["after"]} == told["after"]
    assert told["parts"]["total_minor"] + told["overpaid_minor"] == 150_000
    assert told["parts"] == loan["timeline"][-1]["parts"]
    assert told["saved_minor"] > 0
    by_number = {each["instalment"]: each for each in loan["instalments"]}
    assert all(row["after"] == by_number[row["instalment"]] for row in told["rows"])


async def test_paying_everything_on_a_day_to_come_closes_the_loan_then(world: World):
    bought = await world.lent()
    day = world.business.today() + timedelta(days=17)
    told = (await what_if(world, bought, on=day.isoformat())).json()
    payoff = (await bought.shopper.get(f"/h5/loans/{bought.loan_id}/payoff?on={day}"))["parts"]

    await world.close_days(17)
    await bought.shopper.pay(bought.loan_id, amount_minor=None, request_id="everything-then")

    loan = await bought.shopper.loan(bought.loan_id)
    assert (told["pays_off"], told["after"]["status"], loan["status"]) == (True, "closed", "closed")
    assert told["parts"] == payoff == loan["paid"]
    assert told["saved_minor"] > 0


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({"on": "2026-08-31"}, (400, "day_out_of_reach")),
        ({"amount_minor": "10.5"}, (400, "amount_too_fine")),
        ({"amount_minor": "0"}, (400, "amount_out_of_range")),
        ({"amount_minor": "-5"}, (400, "amount_out_of_range")),
        ({"amount_minor": "ten"}, (400, "amount_unreadable")),
        ({"amount_minor": "99999999"}, (409, "repayment_above_owed")),
    ],
)
async def test_a_payment_that_cannot_be_made_is_not_tried(
    world: World, query: dict[str, str], expected: tuple[int, str]
):
    bought = await world.lent()

    assert refusal(await what_if(world, bought, **query)) == expected


async def test_nothing_is_owed_on_a_closed_loan_and_it_is_nobody_elses(world: World):
    bought = await world.lent()
    other = await world.lent()
    assert refusal(await what_if(world, Bought(other.shopper, "", loan_id=bought.loan_id))) == (404, "loan_unknown")
    await bought.shopper.pay(bought.loan_id, amount_minor=None, request_id="close-it-now")

    assert refusal(await what_if(world, bought)) == (409, "nothing_owed")
