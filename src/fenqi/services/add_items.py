"""What happened at a checkout becomes lines of its merchant's next settlement."""

from collections.abc import Iterable
from uuid import uuid5

from fenqi.core.ledger.account import id_in_bucket
from fenqi.core.merchant.settlement import Item
from fenqi.services.port import Ports
from fenqi.stores import settlement as settlements
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection
from fenqi.stores.settlement import MerchantItem


async def add_items(
    connection: Connection, ports: Ports, checkout: Checkout, *, b: int, items: Iterable[Item], once_for: str
) -> None:
    """Append lines in the customer's bucket, where the merchant's stripe of the ledger is that they explain."""
    for item in items:
        line = MerchantItem(
            b=b,
            item_id=id_in_bucket(uuid5(checkout.checkout_id, f"{once_for}:{item.kind}"), b),
            merchant_id=checkout.merchant_id,
            checkout_id=checkout.checkout_id,
            order_number=checkout.order_number,
            kind=item.kind.value,
            amount_minor=item.amount_minor,
            currency=checkout.currency,
            effective_on=ports.business.today(),
            settlement_id=None,
        )
        await settlements.add_item(connection, line)
