"""What is held for borrowers and is not on its way goes back, loan by loan."""

from collections.abc import Sequence

from fenqi.services.retry_return import retry_return
from fenqi.stores import joint_payment as joints
from fenqi.wiring import Installation


async def return_overpaid(installation: Installation, *, lane: Sequence[int]) -> int:
    """Ask again for what could not be paid back, each loan in a transaction of its own; how many orders."""
    async with installation.reading() as connection:
        rows = await joints.overpaid(connection, lane=lane)
    asked = 0
    for row in rows:
        async with installation.transaction() as connection:
            asked += await retry_return(connection, installation.ports, loan_id=row.loan_id)
    return asked
