"""A merchant is settled up to a day: items and what was owed before are netted, and paid out or carried on."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID, uuid5

from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.ledger.outcome import demand
from fenqi.core.merchant.payment_order import PaymentKind
from fenqi.core.merchant.settlement import Item, ItemKind, settle
from fenqi.core.postings.party import Cause
from fenqi.core.postings.settle_merchant import settle_merchant as sweep
from fenqi.services.port import Ports
from fenqi.stores import merchant as merchants
from fenqi.stores import payment as payments
from fenqi.stores import posting
from fenqi.stores import settlement as settlements
from fenqi.stores.fetch import Connection
from fenqi.stores.merchant import Merchant
from fenqi.stores.payment import StoredOrder
from fenqi.stores.settlement import MerchantItem, Settlement

CURRENCY = "CNY"


async def settle_merchant(connection: Connection, ports: Ports, *, merchant_id: UUID, until_on: date) -> Settlement:
    """Settle a merchant; the same day asked again is the same settlement.

    What is paid is written down as a payout order, which the caller sends after the commit.
    """
    merchant = await merchants.lock(connection, merchant_id=merchant_id)
    home = bucket_of(merchant_id)
    latest = await settlements.latest(connection, b=home, merchant_id=merchant_id)
    if latest is not None and latest.until_on >= until_on:
        return latest
    items = await settlements.open_items(connection, merchant_id=merchant_id, until_on=until_on)
    carried_in = latest.carried_out_minor if latest else 0
    settled = settle((Item(ItemKind(item.kind), item.amount_minor) for item in items), carried_in_minor=carried_in)
    settlement_id = id_in_bucket(uuid5(merchant_id, f"settlement:{until_on.isoformat()}"), home)
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
        payout_order_id=id_in_bucket(uuid5(settlement_id, "payout"), home) if settled.paid_minor else None,
        created_at=ports.business.now(),
    )
    await settlements.add(connection, row)
    await settlements.settle_items(connection, items, settlement_id=settlement_id)
    await _sweep(connection, ports, items, row)
    if row.payout_order_id is not None:
        await payments.add(connection, _payout(ports, merchant, row, order_id=row.payout_order_id))
    return row


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
