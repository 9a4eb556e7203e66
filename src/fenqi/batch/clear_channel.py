"""The payment channel's file of a day is fetched and cleared."""

from datetime import date
from typing import ClassVar

from fenqi.batch.close_day import DayNotOver
from fenqi.core.refusal import Kind, Refusal
from fenqi.gateways.payment.settlement_file import parse_settlement
from fenqi.services.clear_channel import Cleared, clear_channel
from fenqi.wiring import Installation


class SettlementDayDiffers(Refusal):
    """The channel gave the file of another day."""

    code: ClassVar[str] = "settlement_day_differs"
    kind: ClassVar[Kind] = Kind.CONFLICT


async def clear_channel_day(installation: Installation, *, day: date) -> Cleared:
    """Fetch the file of a day that is over, hold it against our orders, and book what it settled.

    Raises: DayNotOver, Unavailable, SettlementDayDiffers, SettlementFileReplayed, and the refusals of a file that
    cannot be trusted.
    """
    today = installation.ports.business.today()
    if day >= today:
        raise DayNotOver(f"{day.isoformat()} is not over", allowed=f"before {today.isoformat()}")
    settled = parse_settlement(await installation.payment.settlement_file(day))
    if settled.settled_on != day:
        raise SettlementDayDiffers(f"the file is of {settled.settled_on.isoformat()}", allowed=day.isoformat())
    async with installation.transaction() as connection:
        return await clear_channel(connection, installation.ports, settled)
