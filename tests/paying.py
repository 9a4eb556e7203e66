"""Borrowers who pay, the channel that takes their money, and what became of it."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

import httpx

from fenqi.batch.send_payment import ask_unresolved
from fenqi.core.ledger.account import AccountKind
from fenqi.gateways.payment.notice import SignedNotice
from fenqi.gateways.payment.stand_in import StandInChannel
from fenqi.simulation.caller import Shopper
from fenqi.stores import ledger
from fenqi.stores import payment as payments
from world import ADDRESS, EVERY_BUCKET, Bought, World

NOTICES = f"{ADDRESS}/channel/notices"


def channel_of(world: World) -> StandInChannel:
    channel = world.installation.payment
    assert isinstance(channel, StandInChannel)
    return channel


async def borrower(world: World, account_token: str = "tok_ok") -> Bought:
    return await world.lent(world.shopper(account_token=f"{account_token}_{uuid4().hex[:8]}"))


async def two_loans(world: World, account_token: str = "tok_ok") -> tuple[Bought, Bought]:
    """One shopper who has bought twice, for 2,400 and for 1,200."""
    shopper = world.shopper(account_token=f"{account_token}_{uuid4().hex[:8]}")
    first = await world.lent(shopper, price_minor=240_000)
    world.pass_time(timedelta(seconds=61))
    second = await world.lent(shopper, price_minor=120_000)
    loans = (await shopper.get("/h5/loans"))["loans"]
    (second.loan_id,) = [loan["loan_id"] for loan in loans if loan["loan_id"] != first.loan_id]
    return first, second


async def sign_mandate(world: World, shopper: Shopper, *, account_token: str = "") -> dict[str, Any]:
    """Leave to debit the shopper's account, or another."""
    world.pass_time(timedelta(seconds=61))
    shown = await shopper.get("/h5/mandate")
    code = await shopper.post("/h5/mandate/codes", {})
    body = {
        "code_id": code["code_id"],
        "digits": shopper.inbox(shopper.mobile),
        "text_sha256": shown["text_sha256"],
        "account_token": account_token or shopper.account_token,
    }
    return await shopper.post("/h5/mandate", body)


async def pay(bought: Bought, *, amount_minor: int | None = 50_000, request_id: str = "request-1") -> dict[str, Any]:
    return await bought.shopper.pay(bought.loan_id, amount_minor=amount_minor, request_id=request_id)


async def notice_of(world: World, order_id: str, *, created_at: datetime | None = None) -> SignedNotice:
    found = await channel_of(world).notice_of(UUID(order_id), url=NOTICES, created_at=created_at or datetime.now(UTC))
    assert found
    return found


async def posted(world: World, notice: SignedNotice, **changed: Any) -> httpx.Response:
    return await world.http.post(
        notice.url, content=changed.get("body", notice.body), headers=changed.get("headers", dict(notice.headers))
    )


async def total(world: World, kind: AccountKind) -> int:
    """The balance of a kind of account, over all owners and stripes."""
    async with world.installation.transaction() as connection:
        sums = await ledger.trial_balance(connection)
    return next((each.balance_minor(kind) for each in sums if each.kind == kind), 0)


async def paid_minor(bought: Bought) -> int:
    loan = await bought.shopper.loan(bought.loan_id)
    return sum(row["paid"]["total_minor"] for row in loan["instalments"])


def movements(world: World, order_id: str) -> int:
    """How often the channel's own book took the order."""
    lines = (world.home / "stand-in" / "payments.jsonl").read_text().splitlines()
    written = [json.loads(line) for line in lines]
    return sum(each.get("order", {}).get("order_id") == order_id and "channel_reference" in each for each in written)


async def resolve(world: World) -> int:
    world.business.move(timedelta(seconds=31))
    return await ask_unresolved(world.installation, lane=EVERY_BUCKET)


async def returned_minor(world: World, bought: Bought) -> int:
    loan_id = UUID(bought.loan_id)
    async with world.installation.transaction() as connection:
        orders = await payments.of_loan(connection, b=loan_id.bytes[-1], loan_id=loan_id)
    return sum(
        order.amount_minor for order in orders if (order.purpose, order.state) == ("return_overpayment", "succeeded")
    )
