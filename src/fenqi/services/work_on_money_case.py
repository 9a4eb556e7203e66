"""A person ends a case about money."""

from uuid import UUID

from fenqi.core.billing.money_case import ClosedHow, MoneyCase, MoneyCaseUnknown, close, require_by_hand
from fenqi.core.ledger.account import bucket_in
from fenqi.services.port import Ports
from fenqi.services.take_transfer import TakeTransfer, take_transfer
from fenqi.stores import money_case as cases
from fenqi.stores.fetch import Connection


async def close_money_case(
    connection: Connection, ports: Ports, *, case_id: UUID, how: ClosedHow, text: str, by: str
) -> MoneyCase:
    """End a case with a word; what the channel settled and nobody asked for can be taken into suspense with it.

    Raises: MoneyCaseUnknown, MoneyCaseClosed, ClosingDiffers.
    """
    case = await cases.lock(connection, b=bucket_in(case_id), case_id=case_id)
    if case is None:
        raise MoneyCaseUnknown("no such case", allowed="an id from the list of cases")
    require_by_hand(case, how=how)
    ended = close(case, by=by, how=how, text=text, at=ports.business.now())
    await cases.save(connection, ended)
    if how is ClosedHow.SUSPENDED:
        command = TakeTransfer(
            way="channel",
            bank_reference=str(case.subject),
            payer="",
            remark="",
            amount_minor=case.theirs_minor or 0,
            currency=case.currency,
            received_on=case.on_day,
        )
        await take_transfer(connection, ports, command, by=by)
    return ended
