"""A merchant is settled up to a day: items and what was owed before are netted, and paid out or carried on."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import ClassVar
from uuid import UUID, uuid5

from fenqi.core.ledger.account import bucket_in, bucket_of, id_in_bucket
from fenqi.core.ledger.outcome import demand
from fenqi.core.merchant.payment_order import PaymentKind, PaymentState
from fenqi.core.merchant.settlement import Item, ItemKind, settle
from fenqi.core.postings.party import Cause
from fenqi.core.postings.settle_merchant import settle_merchant as sweep
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.port import Ports
from fenqi.services.tell_of_settlement import tell_of_settlement
from fenqi.stores import merchant as merchants
from fenqi.stores import payment as payments
from fenqi.stores import posting
from fenqi.stores import settlement as settlements
from fenqi.stores.fetch import Connection
from fenqi.stores.merchant import Merchant
from fenqi.stores.payment import StoredOrder
from fenqi.stores.settlement import MerchantItem, Settlement

CURRENCY = "CNY"


class SettlementDayAhead(Refusal):
    """The day up to which a merchant would be settled has not begun."""

    code: ClassVar[str] = "settlement_day_ahead"
    kind: ClassVar[Kind] = Kind.CONFLICT


class SettledBeyond(Refusal):
    """The merchant has been settled up to a later day."""

    code: ClassVar[str] = "settled_beyond"
    kind: ClassVar[Kind] = Kind.CONFLICT


@dataclass(frozen=True)
class Settled:
    """A settlement and its latest payout; a new one is for the caller to send after the commit."""

    settlement: Settlement
    payout_order_id: UUID | None
    is_payout_new: bool


async def settle_merchant(connection: Connection, ports: Ports, *, merchant_id: UUID, until_on: date) -> Settled:
    """Settle a merchant; the same day asked again is the same settlement, paid again if the channel failed to.

    Raises: MerchantUnknown, SettlementDayAhead, SettledBeyond.
    """
    today = ports.business.today()
    if until_on > today:
        raise SettlementDayAhead(f"{until_on.isoformat()} has not begun", allowed=f"up to {today.isoformat()}")
    merchant = await merchants.lock(connection, merchant_id=merchant_id)
    home = bucket_of(merchant_id)
    settlement_id = id_in_bucket(uuid5(merchant_id, f"settlement:{until_on.isoformat()}"), home)
    known = await settlements.find(connection, b=home, settlement_id=settlement_id)
    if known is not None:
        return await _settled_before(connection, ports, merchant, known)
    latest = await settlements.latest(connection, b=home, merchant_id=merchant_id)
    if latest is not None and latest.until_on > until_on:
        raise SettledBeyond(
            f"settled up to {latest.until_on.isoformat()}", allowed=f"from {latest.until_on.isoformat()} on"
        )
    row, items = await _net(connection, ports, merchant, settlement_id=settlement_id, until_on=until_on, latest=latest)
    await settlements.add(connection, row)
    await settlements.settle_items(connection, items, settlement_id=settlement_id)
    await _sweep(connection, ports, items, row)
    if row.payout_order_id is None:
        await tell_of_settlement(connection, ports, row)
        return Settled(row, None, is_payout_new=False)
    await payments.add(connection, _payout(ports, merchant, row, order_id=row.payout_order_id))
    return Settled(row, row.payout_order_id, is_payout_new=True)


async def _net(
    connection: Connection,
    ports: Ports,
    merchant: Merchant,
    *,
    settlement_id: UUID,
    until_on: date,
    latest: Settlement | None,
) -> tuple[Settlement, tuple[MerchantItem, ...]]:
    """What the open items and what was carried come to."""
    merchant_id, home = merchant.merchant_id, bucket_of(merchant.merchant_id)
    items = await settlements.open_items(connection, merchant_id=merchant_id, until_on=until_on)
    carried_in = latest.carried_out_minor if latest else 0
    settled = settle((Item(ItemKind(item.kind), item.amount_minor) for item in items), carried_in_minor=carried_in)
    row = Settlement(
        b=home,
        settlement_id=settlement_id,
        merchant_id=merchant_id,
        until_on=until_on,
        currency=CURRENCY,
        items_minor=settled.items_minor,
        carried_in_minor=settled.carried_in_minor,
        paid_minor=settled.paid_minor,
        carried_out_minor=settled.carried_out_minor,
        item_count=settled.item_count,
        payout_order_id=_payout_id(settlement_id, attempt=0) if settled.paid_minor else None,
        created_at=ports.business.now(),
    )
    return row, items


async def _settled_before(connection: Connection, ports: Ports, merchant: Merchant, known: Settlement) -> Settled:
    """The settlement as it is; where its last payout has failed, another is written down."""
    orders = await payments.of_settlement(connection, b=known.b, settlement_id=known.settlement_id)
    if not orders:
        return Settled(known, None, is_payout_new=False)
    alive = [order for order in orders if order.state != PaymentState.FAILED]
    if alive:
        return Settled(known, alive[0].order_id, is_payout_new=False)
    order_id = _payout_id(known.settlement_id, attempt=len(orders))
    await payments.add(connection, _payout(ports, merchant, known, order_id=order_id))
    return Settled(known, order_id, is_payout_new=True)


def _payout_id(settlement_id: UUID, *, attempt: int) -> UUID:
    return id_in_bucket(uuid5(settlement_id, f"payout:{attempt}"), bucket_in(settlement_id))


async def _sweep(connection: Connection, ports: Ports, items: Iterable[MerchantItem], row: Settlement) -> None:
    """Gather in the merchant's own bucket what these items made it owed elsewhere."""
    owed: defaultdict[int, int] = defaultdict(int)
    for item in items:
        owed[item.b] += item.amount_minor
    today = ports.business.today()
    cause = Cause(cause_id=row.settlement_id, effective_on=today, value_on=row.until_on)
    transactions = sweep(row.merchant_id, currency=row.currency, owed_minor=owed, cause=cause)
    demand(*await posting.post(connection, transactions, posted_at=ports.business.now()))


def _payout(ports: Ports, merchant: Merchant, row: Settlement, *, order_id: UUID) -> StoredOrder:
    return StoredOrder(
        b=row.b,
        order_id=order_id,
        kind=PaymentKind.PAYOUT.value,
        purpose="settlement",
        customer_id=None,
        loan_id=None,
        merchant_id=row.merchant_id,
        settlement_id=row.settlement_id,
        amount_minor=row.paid_minor,
        currency=row.currency,
        account_token=merchant.payout_token,
        state="requested",
        channel_reference=None,
        channel=ports.channel.name,
        is_stand_in=ports.channel.is_stand_in,
        requested_at=ports.business.now(),
        requested_on=ports.business.today(),
        concluded_at=None,
    )
