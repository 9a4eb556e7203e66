"""Automatic debits go out when their time has come, customer by customer."""

from collections.abc import Sequence

from fenqi.batch.send_payment import send_order
from fenqi.services.request_auto_debit import request_auto_debit
from fenqi.stores import joint_payment as joints
from fenqi.wiring import Installation


async def debit_due(installation: Installation, *, lane: Sequence[int]) -> int:
    """Write down and send the debits of a lane whose time has come; how many.

    An order is committed before it is sent. What was written down and not sent, since the process died, is for the
    loop that asks; its id follows from due day and attempt, so that it is never written twice.
    """
    today = installation.ports.business.today()
    async with installation.reading() as connection:
        debtors = await joints.debtors(connection, lane=lane, day=today)
    sent = 0
    for debtor in debtors:
        async with installation.transaction() as connection:
            order_id = await request_auto_debit(connection, installation.ports, customer_id=debtor.customer_id)
        if order_id is not None:
            await send_order(installation, order_id=order_id)
            sent += 1
    return sent
