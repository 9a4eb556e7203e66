"""A merchant is told that it was paid, or that what it owes is carried on."""

from uuid import UUID, uuid5

from fenqi.core.merchant.webhook import Topic
from fenqi.services.port import Ports
from fenqi.stores import settlement as settlements
from fenqi.stores import work
from fenqi.stores.fetch import Connection
from fenqi.stores.settlement import Settlement
from fenqi.stores.work import Message


async def tell_of_payout(connection: Connection, ports: Ports, *, b: int, settlement_id: UUID) -> None:
    """Tell of a settlement whose payout has arrived."""
    found = await settlements.find(connection, b=b, settlement_id=settlement_id)
    if found is None:
        raise LookupError(f"settlement {settlement_id} is paid and has no row")
    await tell_of_settlement(connection, ports, found)


async def tell_of_settlement(connection: Connection, ports: Ports, settlement: Settlement) -> None:
    """Put the event into the outbox; its id follows from the settlement, so that it is told once."""
    content = {
        "settlement_id": str(settlement.settlement_id),
        "until_on": settlement.until_on.isoformat(),
        "currency": settlement.currency,
        "items_minor": settlement.items_minor,
        "carried_in_minor": settlement.carried_in_minor,
        "paid_minor": settlement.paid_minor,
        "carried_out_minor": settlement.carried_out_minor,
    }
    message = Message(
        b=settlement.b,
        message_id=uuid5(settlement.settlement_id, Topic.SETTLEMENT_PAID),
        channel="webhook",
        topic=Topic.SETTLEMENT_PAID,
        merchant_id=settlement.merchant_id,
        customer_id=None,
        content=content,
        created_at=ports.business.now(),
        due_at=ports.wall.now(),
        attempt_count=0,
        delivered_at=None,
        abandoned_at=None,
        last_answer=None,
    )
    await work.add_message(connection, message)
