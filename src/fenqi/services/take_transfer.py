"""Money comes to the bank without an order of ours: it waits in suspense until it is placed or paid back."""

from dataclasses import dataclass, replace
from datetime import date
from typing import ClassVar
from uuid import UUID, uuid5

from fenqi.core.billing.money_case import ClosedHow, MoneyCase, MoneyCaseKind, close
from fenqi.core.billing.placement import PlacementRule
from fenqi.core.ledger.account import bucket_in, bucket_of, id_in_bucket
from fenqi.core.ledger.outcome import demand
from fenqi.core.merchant.payment_order import PaymentKind
from fenqi.core.postings.party import Cause
from fenqi.core.postings.suspense import cause_of, release, suspend
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.place_payment import place_payment
from fenqi.services.port import Ports
from fenqi.stores import money_case as cases
from fenqi.stores import payment as payments
from fenqi.stores import posting
from fenqi.stores.fetch import Connection
from fenqi.stores.money_case import Transfer
from fenqi.stores.payment import StoredOrder

_TRANSFER = UUID("0197a000-0000-7000-8000-0000000e0e10")
SYSTEM = "system"


class TransferUnknown(Refusal):
    """No such transfer was written down."""

    code: ClassVar[str] = "transfer_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


class TransferDiffers(Refusal):
    """The bank's reference is known with another amount or payer."""

    code: ClassVar[str] = "transfer_differs"
    kind: ClassVar[Kind] = Kind.CONFLICT


class TransferNotInSuspense(Refusal):
    """The transfer has been placed, or is on its way back."""

    code: ClassVar[str] = "transfer_not_in_suspense"
    kind: ClassVar[Kind] = Kind.CONFLICT


@dataclass(frozen=True)
class TakeTransfer:
    """One line of a bank's statement, or what was paid at a counter; `bank_reference` is the bank's own."""

    way: str
    bank_reference: str
    payer: str
    remark: str
    amount_minor: int
    currency: str
    received_on: date


async def take_transfer(connection: Connection, ports: Ports, command: TakeTransfer, *, by: str) -> Transfer:
    """Write a transfer down and take it into suspense, with a case; the same reference is the same transfer.

    Raises: TransferDiffers.
    """
    base = uuid5(_TRANSFER, f"{command.way}:{command.bank_reference}")
    b = bucket_of(base)
    transfer = Transfer(
        b=b,
        transfer_id=id_in_bucket(base, b),
        way=command.way,
        bank_reference=command.bank_reference,
        payer=command.payer,
        remark=command.remark,
        amount_minor=command.amount_minor,
        currency=command.currency,
        received_on=command.received_on,
        state="suspense",
        customer_id=None,
        recorded_by=by,
        recorded_at=ports.business.now(),
    )
    if not await cases.add_transfer(connection, transfer):
        return _same(command, await _locked(connection, transfer_id=transfer.transfer_id))
    cause = _cause(ports, transfer, what="suspend")
    taken = suspend(
        transfer_id=transfer.transfer_id,
        bucket=b,
        currency=transfer.currency,
        amount_minor=transfer.amount_minor,
        cause=cause,
    )
    demand(*await posting.post(connection, (taken,), posted_at=ports.business.now()))
    case = MoneyCase(
        b=b,
        case_id=id_in_bucket(ports.new_id(), b),
        kind=MoneyCaseKind.SUSPENSE,
        subject=transfer.transfer_id,
        on_day=transfer.received_on,
        ours_minor=None,
        theirs_minor=transfer.amount_minor,
        currency=transfer.currency,
        opened_at=ports.business.now(),
    )
    await cases.add(connection, case)
    return transfer


async def place_transfer(
    connection: Connection, ports: Ports, *, transfer_id: UUID, customer_id: UUID, by: str, text: str
) -> Transfer:
    """Give money in suspense to a customer's loans, as of the day on which it came; the case ends.

    Placed again on the same customer it stays as it is.

    Raises: TransferUnknown, TransferNotInSuspense.
    """
    transfer = await _locked(connection, transfer_id=transfer_id)
    if (transfer.state, transfer.customer_id) == ("placed", customer_id):
        return transfer
    _require_in_suspense(transfer)
    await _post_release(connection, ports, transfer, to_bucket=bucket_of(customer_id))
    await place_payment(
        connection,
        ports,
        payment_id=transfer_id,
        customer_id=customer_id,
        amount_minor=transfer.amount_minor,
        rule=PlacementRule.OLDEST_DUE,
        on=transfer.received_on,
    )
    placed = replace(transfer, state="placed", customer_id=customer_id)
    await cases.save_transfer(connection, placed)
    await _close(connection, ports, transfer, by=by, how=ClosedHow.PLACED, text=text)
    return placed


async def return_transfer(
    connection: Connection, ports: Ports, *, transfer_id: UUID, account_token: str, request_id: str
) -> UUID:
    """Write the order down that pays money in suspense back; the case ends when it has arrived.

    Raises: TransferUnknown, TransferNotInSuspense.
    """
    transfer = await _locked(connection, transfer_id=transfer_id)
    order_id = id_in_bucket(uuid5(transfer_id, f"return:{request_id}"), transfer.b)
    if await payments.find(connection, b=transfer.b, order_id=order_id) is not None:
        return order_id
    _require_in_suspense(transfer)
    order = StoredOrder(
        b=transfer.b,
        order_id=order_id,
        kind=PaymentKind.REFUND.value,
        purpose="return_suspense",
        customer_id=None,
        loan_id=None,
        merchant_id=None,
        settlement_id=None,
        amount_minor=transfer.amount_minor,
        currency=transfer.currency,
        account_token=account_token,
        state="requested",
        channel_reference=None,
        channel=ports.channel.name,
        is_stand_in=ports.channel.is_stand_in,
        requested_at=ports.business.now(),
        requested_on=ports.business.today(),
        concluded_at=None,
        transfer_id=transfer_id,
    )
    await payments.add(connection, order)
    await cases.save_transfer(connection, replace(transfer, state="returning"))
    return order_id


async def hear_of_return(connection: Connection, ports: Ports, *, transfer_id: UUID, is_returned: bool) -> None:
    """Paying a transfer back has succeeded or failed: it is gone, or in suspense again for a person to see."""
    transfer = await _locked(connection, transfer_id=transfer_id)
    if not is_returned:
        await cases.save_transfer(connection, replace(transfer, state="suspense"))
        return
    await _post_release(connection, ports, transfer, to_bucket=transfer.b)
    await cases.save_transfer(connection, replace(transfer, state="returned"))
    await _close(connection, ports, transfer, by=SYSTEM, how=ClosedHow.RETURNED, text="")


async def _post_release(connection: Connection, ports: Ports, transfer: Transfer, *, to_bucket: int) -> None:
    moved = release(
        transfer_id=transfer.transfer_id,
        from_bucket=transfer.b,
        to_bucket=to_bucket,
        currency=transfer.currency,
        amount_minor=transfer.amount_minor,
        cause=_cause(ports, transfer, what="release"),
    )
    demand(*await posting.post(connection, moved, posted_at=ports.business.now()))


async def _close(
    connection: Connection, ports: Ports, transfer: Transfer, *, by: str, how: ClosedHow, text: str
) -> None:
    for case in await cases.lock_open_of(connection, b=transfer.b, subject=transfer.transfer_id):
        await cases.save(connection, close(case, by=by, how=how, text=text, at=ports.business.now()))


def _cause(ports: Ports, transfer: Transfer, *, what: str) -> Cause:
    return cause_of(transfer.transfer_id, what=what, today=ports.business.today(), value_on=transfer.received_on)


async def _locked(connection: Connection, *, transfer_id: UUID) -> Transfer:
    found = await cases.lock_transfer(connection, b=bucket_in(transfer_id), transfer_id=transfer_id)
    if found is None:
        raise TransferUnknown("no such transfer", allowed="the subject of a case about suspense")
    return found


def _same(command: TakeTransfer, known: Transfer) -> Transfer:
    said = (command.amount_minor, command.currency, command.payer)
    if said != (known.amount_minor, known.currency, known.payer):
        raise TransferDiffers("this reference came with other content", allowed=f"{known.amount_minor}")
    return known


def _require_in_suspense(transfer: Transfer) -> None:
    if transfer.state != "suspense":
        raise TransferNotInSuspense(f"the transfer is {transfer.state}", allowed="money in suspense")
