"""What falls due soon is billed, customer by customer."""

from collections.abc import Sequence
from datetime import timedelta

from fenqi.services.make_bill import make_bills
from fenqi.stores import bill as bills
from fenqi.wiring import Installation

BATCH = 200


async def bill_due(installation: Installation, *, lane: Sequence[int]) -> int:
    """Bill what falls due within the lead days and is on no bill, each customer in a transaction; how many bills.

    Killed at any instant it has made a bill whole or not at all, and the next run makes the rest.
    """
    ports = installation.ports
    on = ports.business.today()
    until = on + timedelta(days=ports.authority.bill_lead_days(on=on))
    made, last = 0, None
    while True:
        async with installation.reading() as connection:
            found = await bills.unbilled(connection, lane=lane, from_on=on, until_on=until, after=last, limit=BATCH)
        for each in found:
            async with installation.transaction() as connection:
                made += len(await make_bills(connection, ports, customer_id=each.customer_id))
        if len(found) < BATCH:
            return made
        last = found[-1]
