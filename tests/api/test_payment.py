"""Money through the channel: every order moves once, whatever is lost, late, repeated or contradicted."""

import asyncio
from dataclasses import replace
from datetime import date
from typing import Any
from uuid import UUID

import pytest

import fenqi.batch.send_payment as sending
from fenqi.core.merchant.payment_order import Answer, Outcome, PaymentContradicted
from fenqi.core.refusal import Unavailable
from fenqi.gateways.payment.stand_in_conduct import CLOSED, DECLINED, OK, UNKNOWN_THEN_OK
from fenqi.services.hear_of_payment import hear_answer
from fenqi.stores import payment as payments
from paying import borrower, channel_of, movements, notice_of, paid_minor, pay, posted, resolve, returned_minor
from world import PRICE_MINOR, World, refusal

pytestmark = pytest.mark.anyio


async def test_a_payment_asked_for_twice_is_one_payment(world: World):
    bought = await borrower(world)

    first, again = await pay(bought), await pay(bought)

    assert first == again | {"state": "succeeded"}
    assert (await paid_minor(bought), movements(world, first["order_id"])) == (50_000, 1)


async def test_payments_asked_for_at_one_instant_are_one_payment(world: World):
    bought = await borrower(world)

    answers = await asyncio.gather(*(pay(bought) for _ in range(4)))

    assert len({each["order_id"] for each in answers}) == 1
    assert (await paid_minor(bought), movements(world, answers[0]["order_id"])) == (50_000, 1)


async def test_the_same_request_with_another_amount_is_refused(world: World):
    bought = await borrower(world)
    await pay(bought)
    headers = {"authorization": f"Bearer {bought.shopper.token}"}

    for amount_minor in (50_001, None):
        body = {"amount_minor": amount_minor, "request_id": "request-1"}
        response = await world.http.post(f"/h5/loans/{bought.loan_id}/repayments", json=body, headers=headers)
        assert refusal(response) == (409, "repayment_differs")


async def test_no_more_is_taken_than_the_loan_can_take(world: World):
    bought = await borrower(world)
    owed = (await bought.shopper.loan(bought.loan_id))["outstanding"]["total_minor"]
    body = {"amount_minor": owed + 1, "request_id": "too-much-1"}

    response = await world.http.post(
        f"/h5/loans/{bought.loan_id}/repayments",
        json=body,
        headers={"authorization": f"Bearer {bought.shopper.token}"},
    )

    assert refusal(response) == (409, "repayment_above_owed")
    assert response.json()["refusal"]["allowed"] == f"at most {owed}"


async def test_a_declined_debit_changes_nothing_but_is_known(world: World):
    bought = await borrower(world, "tok_declined")

    answer = await pay(bought)

    assert (answer["state"], await paid_minor(bought)) == ("failed", 0)
    assert (await pay(bought))["state"] == "failed"


async def test_a_closed_loan_takes_nothing_more(world: World):
    bought = await borrower(world)
    await pay(bought, amount_minor=None, request_id="all-of-it")
    headers = {"authorization": f"Bearer {bought.shopper.token}"}

    for amount_minor in (None, 100):
        body = {"amount_minor": amount_minor, "request_id": f"more-{amount_minor}"}
        response = await world.http.post(f"/h5/loans/{bought.loan_id}/repayments", json=body, headers=headers)
        assert refusal(response) == (409, "nothing_owed")


async def test_an_order_that_was_lost_on_its_way_is_asked_about_and_moves_once(world: World):
    bought = await borrower(world, "tok_lost")
    order = await pay(bought)
    assert order["state"] == "unknown"

    assert await resolve(world) >= 1

    assert (await paid_minor(bought), movements(world, order["order_id"])) == (50_000, 1)


async def test_a_death_before_the_sending_leaves_an_order_that_is_sent_once(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    bought = await borrower(world)

    async def dies(*_: Any) -> Answer:
        raise RuntimeError("the process dies before anything leaves")

    monkeypatch.setattr(sending, "_send", dies)
    with pytest.raises(Exception, match="500"):
        await pay(bought)
    monkeypatch.undo()

    again = await pay(bought)
    assert (again["state"], await paid_minor(bought)) == ("requested", 0)
    assert await resolve(world) >= 1
    assert (await pay(bought))["state"] == "succeeded"
    assert (await paid_minor(bought), movements(world, again["order_id"])) == (50_000, 1)


async def test_a_death_between_the_channels_answer_and_its_booking_books_it_once(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    bought = await borrower(world)

    async def dies(*_: Any, **__: Any) -> str:
        raise RuntimeError("the process dies with the answer in its hands")

    monkeypatch.setattr(sending, "_hear", dies)
    with pytest.raises(Exception, match="500"):
        await pay(bought)
    monkeypatch.undo()

    again = await pay(bought)
    assert (again["state"], await paid_minor(bought), movements(world, again["order_id"])) == ("requested", 0, 1)
    resolved = await asyncio.gather(*(resolve(world) for _ in range(3)))
    assert sum(resolved) >= 1
    assert (await paid_minor(bought), movements(world, again["order_id"])) == (50_000, 1)
    assert await world.findings() == []


async def test_a_death_within_the_booking_forgets_the_answer_until_it_is_asked_for_again(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    bought = await borrower(world)
    really = payments.conclude

    async def dies(*given: Any, **named: Any) -> None:
        await really(*given, **named)
        raise RuntimeError("the process dies within the transaction")

    monkeypatch.setattr(payments, "conclude", dies)
    with pytest.raises(Exception, match="500"):
        await pay(bought)
    monkeypatch.undo()

    assert (await pay(bought))["state"] == "requested"
    await resolve(world)
    assert await paid_minor(bought) == 50_000


async def test_one_order_that_cannot_be_dealt_with_does_not_keep_the_others(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    stuck, other = await borrower(world, "tok_lost"), await borrower(world, "tok_lost")
    await pay(stuck)
    await pay(other)
    really = world.installation.payment.query

    async def asked(order_id: UUID) -> Answer:
        answer = await really(order_id)
        if str(order_id) == stuck_id:
            raise Unavailable("no answer about this one", retry=True)
        return answer

    stuck_id = (await pay(stuck))["order_id"]
    monkeypatch.setattr(world.installation.payment, "query", asked)
    assert await resolve(world) >= 1

    assert (await paid_minor(stuck), await paid_minor(other)) == (0, 50_000)
    monkeypatch.undo()
    await resolve(world)


async def test_a_channel_that_cannot_be_reached_is_asked_later(world: World):
    bought = await borrower(world, "tok_unreachable")
    signed_token = bought.shopper.account_token

    order = await pay(bought)
    assert (order["state"], await resolve(world), await paid_minor(bought)) == ("requested", 0, 0)

    await channel_of(world).set_conduct(signed_token, OK)
    assert await resolve(world) == 1
    assert (await paid_minor(bought), movements(world, order["order_id"])) == (50_000, 1)


async def test_a_channel_that_says_the_opposite_of_before_is_not_believed(world: World):
    bought = await borrower(world)
    order_id = UUID((await pay(bought))["order_id"])
    failed = Answer(Outcome.FAILED, "", "reversed", "", None, "stand-in", is_stand_in=True)

    async with world.installation.transaction() as connection:
        with pytest.raises(PaymentContradicted):
            await hear_answer(connection, world.installation.ports, order_id=order_id, answer=failed, how="query")

    assert await paid_minor(bought) == 50_000


async def test_two_payoffs_under_way_at_once_close_the_loan_and_the_second_goes_back(world: World):
    bought = await borrower(world, "tok_unknown_then_ok")
    first = await pay(bought, amount_minor=None, request_id="payoff-a")
    second = await pay(bought, amount_minor=None, request_id="payoff-b")
    assert first["amount_minor"] == second["amount_minor"] == PRICE_MINOR

    for order in (first, second):
        await posted(world, await notice_of(world, order["order_id"]))

    loan = await bought.shopper.loan(bought.loan_id)
    assert (loan["outstanding"]["total_minor"], loan["overpaid_minor"]) == (0, PRICE_MINOR)
    await channel_of(world).set_conduct(bought.shopper.account_token, OK)
    await resolve(world)
    loan = await bought.shopper.loan(bought.loan_id)
    assert (loan["status"], loan["overpaid_minor"]) == ("closed", 0)
    assert await world.findings() == []


async def test_what_refunds_leave_overpaid_goes_back_once_although_they_come_in_parts(world: World):
    bought = await borrower(world)
    await pay(bought, amount_minor=None, request_id="all-of-it")

    await world.refund(bought, amount_minor=100_000)
    await world.refund(bought, amount_minor=200_000)
    loan = await bought.shopper.loan(bought.loan_id)
    assert loan["overpaid_minor"] == 300_000
    await resolve(world)

    loan = await bought.shopper.loan(bought.loan_id)
    assert (loan["status"], loan["overpaid_minor"]) == ("closed", 0)
    assert await returned_minor(world, bought) == 300_000
    assert await world.findings() == []


async def test_money_that_could_not_be_returned_is_returned_with_the_next(world: World):
    bought = await borrower(world)
    await pay(bought, amount_minor=None, request_id="all-of-it")
    await channel_of(world).set_conduct(bought.shopper.account_token, CLOSED)
    await world.refund(bought, amount_minor=100_000)
    await resolve(world)
    assert (await bought.shopper.loan(bought.loan_id))["overpaid_minor"] == 100_000

    await channel_of(world).set_conduct(bought.shopper.account_token, OK)
    await world.refund(bought, amount_minor=50_000)
    await resolve(world)

    assert await returned_minor(world, bought) == 150_000
    assert (await bought.shopper.loan(bought.loan_id))["status"] == "closed"


async def test_a_payment_counts_on_the_day_it_was_asked_for(world: World):
    bought = await borrower(world, "tok_unknown_then_ok")
    await world.close_days(30)
    due = (await bought.shopper.loan(bought.loan_id))["instalments"][0]
    assert due["due_on"] == world.business.today().isoformat()
    order = await pay(bought, amount_minor=due["due"]["total_minor"])
    await world.close_days((date.fromisoformat(due["payable_until"]) - world.business.today()).days + 3)
    assert (await bought.shopper.loan(bought.loan_id))["days_past_due"] == 3

    await posted(world, await notice_of(world, order["order_id"]))

    loan = await bought.shopper.loan(bought.loan_id)
    assert (loan["days_past_due"], loan["instalments"][0]["due"]["penalty_minor"]) == (0, 0)
    assert loan["instalments"][0]["paid_on"] == due["due_on"]
    assert await world.findings() == []


async def test_a_payout_that_failed_is_paid_again_and_never_twice(world: World):
    await borrower(world)
    token = "tok_ok_merchant"
    await channel_of(world).set_conduct(token, DECLINED)
    failed = await world.settle()
    assert failed["payout"]["state"] == "failed"
    await channel_of(world).set_conduct(token, OK)

    again, once_more = await world.settle(), await world.settle()

    assert again["settlement_id"] == failed["settlement_id"]
    assert (again["payout"]["state"], again["payout"]["amount_minor"]) == ("succeeded", failed["paid_minor"])
    assert again["payout"]["order_id"] != failed["payout"]["order_id"]
    assert once_more == again
    assert await world.findings() == []


async def test_goods_given_back_while_a_payoff_is_under_way_return_the_payoff(world: World):
    bought = await borrower(world, "tok_unknown_then_ok")
    order = await pay(bought, amount_minor=None, request_id="all-of-it")
    await world.refund(bought, amount_minor=PRICE_MINOR)
    assert (await bought.shopper.loan(bought.loan_id))["status"] == "closed"

    await posted(world, await notice_of(world, order["order_id"]))
    assert (await bought.shopper.loan(bought.loan_id))["overpaid_minor"] == PRICE_MINOR
    await channel_of(world).set_conduct(bought.shopper.account_token, OK)
    await resolve(world)

    assert (await bought.shopper.loan(bought.loan_id))["status"] == "closed"
    assert await returned_minor(world, bought) == PRICE_MINOR
    assert await world.findings() == []


async def test_asking_in_vain_leaves_no_trail_and_keeps_nobody_waiting(world: World, monkeypatch: pytest.MonkeyPatch):
    stuck = await borrower(world, "tok_unreachable")
    await pay(stuck)
    silent = await borrower(world, "tok_silent")
    await channel_of(world).set_conduct(silent.shopper.account_token, replace(UNKNOWN_THEN_OK, silent_queries=9))
    order_id = UUID((await pay(silent))["order_id"])
    monkeypatch.setattr(sending, "BATCH", 1)

    for _ in range(5):
        await resolve(world)

    async with world.installation.transaction() as connection:
        words = await payments.words(connection, b=order_id.bytes[-1], order_id=order_id)
    assert [word.how for word in words] == ["answer"]
    late = await borrower(world, "tok_lost")
    await pay(late)
    assert await resolve(world) == 1
    assert await paid_minor(late) == 50_000
