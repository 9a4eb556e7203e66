"""Withdrawing within the cooling-off term: one step, principal back, the loan over, the merchant left alone."""

from datetime import timedelta

import pytest

from paying import borrower, movements, resolve, returned_minor
from world import World, refusal

pytestmark = pytest.mark.anyio
REQUEST = {"request_id": "withdraw-1"}


async def test_principal_goes_back_without_interest_and_the_loan_is_over(world: World):
    bought = await borrower(world)
    path = f"/h5/loans/{bought.loan_id}"
    papers = {each["kind"]: each for each in (await bought.shopper.get(f"{path}/documents"))["documents"]}
    for kind in ("disclosure", "agreement"):
        assert "冷静期" in (await bought.shopper.document(papers[kind]["document_id"])).decode()
    world.business.move(timedelta(days=5))
    await bought.shopper.pay(bought.loan_id, amount_minor=50_000, request_id="some-of-it")
    loan = await bought.shopper.loan(bought.loan_id)
    asked = loan["withdrawal"]
    assert (asked["is_open"], asked["cost"], asked["amount_minor"]) == (True, "none", loan["principal_minor"] - 50_000)
    assert loan["payoff_minor"] > asked["amount_minor"]

    first = await bought.shopper.post(f"{path}/withdrawal", REQUEST)
    again = await bought.shopper.post(f"{path}/withdrawal", REQUEST)

    assert first == again | {"state": "succeeded"}
    assert (first["amount_minor"], movements(world, first["order_id"])) == (asked["amount_minor"], 1)
    after = await bought.shopper.loan(bought.loan_id)
    assert (after["status"], after["timeline"][-2]["what"], after["withdrawal"]["is_open"]) == (
        "closed",
        "withdrawn",
        False,
    )
    assert (await bought.shopper.get("/h5/me"))["used_minor"] == 0
    assert (await world.settle())["paid_minor"] > 0
    await world.refund(bought, amount_minor=20_000)
    await resolve(world)
    assert await returned_minor(world, bought) == 20_000
    assert await world.findings() == []


@pytest.mark.parametrize("beyond_minor", [0, 500])
async def test_who_has_paid_the_principal_withdraws_without_a_debit_and_gets_the_rest_back(
    world: World, beyond_minor: int
):
    bought = await borrower(world)
    path = f"/h5/loans/{bought.loan_id}/withdrawal"
    world.business.move(timedelta(days=6))
    principal_minor = (await bought.shopper.loan(bought.loan_id))["principal_minor"]
    await bought.shopper.pay(bought.loan_id, amount_minor=principal_minor + beyond_minor, request_id="principal")
    loan = await bought.shopper.loan(bought.loan_id)
    assert (loan["withdrawal"]["is_open"], loan["withdrawal"]["amount_minor"]) == (True, 0)
    assert loan["payoff_minor"] > 0

    first = await bought.shopper.post(path, REQUEST)
    again = await bought.shopper.post(path, REQUEST)

    assert first == again
    assert (first["amount_minor"], first["state"], movements(world, first["order_id"])) == (0, "succeeded", 0)
    await resolve(world)
    after = await bought.shopper.loan(bought.loan_id)
    assert (after["status"], after["overpaid_minor"], after["withdrawal"]["is_open"]) == ("closed", 0, False)
    assert await returned_minor(world, bought) == beyond_minor
    headers = {"authorization": f"Bearer {bought.shopper.token}"}
    other = await world.http.post(path, json={"request_id": "withdraw-2"}, headers=headers)
    assert refusal(other) == (409, "nothing_owed")
    assert await world.findings() == []


async def test_after_its_days_or_without_the_term_it_is_refused_by_name(world: World):
    bought = await borrower(world)
    world.pass_time(timedelta(seconds=61))
    await world.lent(bought.shopper, price_minor=120_000, offer_id="next_month:1")
    headers = {"authorization": f"Bearer {bought.shopper.token}"}

    async def asked(loan_id: str) -> tuple[int, str]:
        response = await world.http.post(f"/h5/loans/{loan_id}/withdrawal", json=REQUEST, headers=headers)
        return refusal(response)

    loans = (await bought.shopper.get("/h5/loans"))["loans"]
    (other_id,) = [loan["loan_id"] for loan in loans if loan["loan_id"] != bought.loan_id]
    assert (await bought.shopper.loan(other_id))["withdrawal"] is None
    assert await asked(other_id) == (422, "withdrawal_not_agreed")
    stranger = await borrower(world)
    assert await asked(stranger.loan_id) == (404, "loan_unknown")
    world.business.move(timedelta(days=30))
    assert await asked(bought.loan_id) == (422, "withdrawal_time_over")
    assert (await bought.shopper.loan(bought.loan_id))["withdrawal"]["is_open"] is False
    assert await world.findings() == []


async def test_a_withdrawal_counts_from_the_day_it_was_asked_for(world: World):
    bought = await borrower(world, "tok_lost")
    order = await bought.shopper.post(f"/h5/loans/{bought.loan_id}/withdrawal", REQUEST)
    assert order["state"] == "unknown"
    world.business.move(timedelta(days=20))

    assert await resolve(world) >= 1

    after = await bought.shopper.loan(bought.loan_id)
    assert (after["status"], after["timeline"][-1]["what"]) == ("closed", "withdrawn")
    assert await world.findings() == []
