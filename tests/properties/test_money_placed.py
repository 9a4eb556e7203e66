"""Whatever is paid, by whom and however it goes: all money that came is placed, overpaid, in suspense or back."""

from random import Random
from typing import Any
from uuid import UUID

import pytest

from fenqi.core.ledger.account import AccountKind, bucket_of
from fenqi.gateways.payment.stand_in_conduct import DECLINED, LOST, OK, UNKNOWN_THEN_FAIL, UNKNOWN_THEN_OK
from fenqi.stores import joint_payment as joints
from fenqi.stores import ledger
from fenqi.stores import loan as loans
from paying import channel_of, paid_minor, resolve, two_loans
from world import Bought, World

pytestmark = pytest.mark.anyio
RULES = ("oldest_due", "dearest_first", "as_chosen")
STEPS = 14


class Payer:
    """Somebody with two loans who pays in any way, and the finance clerk who writes down what came."""

    def __init__(self, world: World, bought: tuple[Bought, Bought], chance: Random) -> None:
        self.world, self.bought, self.chance = world, bought, chance
        self.waiting: list[str] = []
        self.transferred_minor = self.returned_minor = 0

    async def step(self, number: int) -> None:
        kind = self.chance.choice(("joint", "joint", "single", "transfer", "transfer", "place", "give back"))
        conduct = self.chance.choice((OK, OK, DECLINED, UNKNOWN_THEN_OK, UNKNOWN_THEN_FAIL, LOST))
        await channel_of(self.world).set_conduct(self.bought[0].shopper.account_token, conduct)
        match kind:
            case "joint" | "single":
                await self._pay(number, is_joint=kind == "joint")
            case "transfer":
                await self._transfer(number)
            case _ if self.waiting:
                await self._deal_with(self.waiting.pop(), is_placed=kind == "place")
        if self.chance.random() < 0.3:
            await resolve(self.world)

    async def _pay(self, number: int, *, is_joint: bool) -> None:
        """A refusal is as good an answer as a payment: what matters is that the sums hold."""
        one = self.chance.choice(self.bought)
        body: dict[str, Any] = {"amount_minor": self.chance.randrange(1, 150_000), "request_id": f"request-{number}"}
        if is_joint:
            body |= {"rule": self.chance.choice(RULES)}
        path = "/h5/payments" if is_joint else f"/h5/loans/{one.loan_id}/repayments"
        headers = {"authorization": f"Bearer {one.shopper.token}"}
        assert (await self.world.http.post(path, json=body, headers=headers)).status_code in {201, 409}

    async def _transfer(self, number: int) -> None:
        finance = await self.world.colleague("finance")
        code = (await self.bought[0].shopper.get("/h5/transfer-code"))["code"]
        body = {
            "way": "bank",
            "bank_reference": f"BANK-{number}",
            "payer": "somebody",
            "remark": code if self.chance.random() < 0.5 else "",
            "amount_minor": self.chance.randrange(1, 200_000),
            "received_on": self.world.business.today().isoformat(),
        }
        taken = await finance.post("/staff/transfers", body)
        self.transferred_minor += taken["amount_minor"]
        if taken["state"] == "suspense":
            self.waiting.append(taken["transfer_id"])

    async def _deal_with(self, transfer_id: str, *, is_placed: bool) -> None:
        finance = await self.world.colleague("finance")
        path = f"/staff/transfers/{transfer_id}"
        if is_placed:
            await finance.post(f"{path}/placing", {"loan_id": self.bought[0].loan_id, "text": "found by the receipt"})
            return
        sent = await finance.post(f"{path}/return", {"account_token": "tok_ok_back", "request_id": "back-again"})
        self.returned_minor += sent["amount_minor"]


@pytest.mark.parametrize("seed", range(4))
async def test_all_money_that_came_is_placed_overpaid_in_suspense_or_back(town: World, seed: int):
    payer = Payer(town, await two_loans(town), Random(seed))
    for number in range(STEPS):
        await payer.step(number)
    for _ in range(4):
        await resolve(town)

    first = payer.bought[0]
    async with town.installation.transaction() as connection:
        loan = await loans.lock(connection, b=UUID(first.loan_id).bytes[15], loan_id=UUID(first.loan_id))
        assert loan is not None
        b = bucket_of(loan.customer_id)
        orders = await joints.orders_of(connection, b=b, customer_id=loan.customer_id)
        held = await loans.of_customer(connection, b=b, customer_id=loan.customer_id)
        sums = await ledger.trial_balance(connection)
    moved = {
        kind: sum(order.amount_minor for order in orders if (order.kind, order.state) == (kind, "succeeded"))
        for kind in ("debit", "refund")
    }
    suspense = sum(each.balance_minor(AccountKind.SUSPENSE) for each in sums if each.kind == AccountKind.SUSPENSE)
    came = moved["debit"] + payer.transferred_minor
    back = moved["refund"] + payer.returned_minor
    placed = sum([await paid_minor(each) for each in payer.bought])
    assert came - back == placed + sum(each.overpaid_minor for each in held) + suspense
    assert came > 0
    assert await town.findings() == []
