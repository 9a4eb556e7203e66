"""A borrower wants to pay: the order is written down before the channel is called."""

from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID, uuid5

from fenqi.core.ledger.account import id_in_bucket
from fenqi.core.merchant.payment_order import PaymentKind
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.book_loan import open_loan
from fenqi.services.find_loan import lock_loan
from fenqi.services.port import Ports
from fenqi.stores import agreement as agreements
from fenqi.stores import payment as payments
from fenqi.stores.fetch import Connection
from fenqi.stores.loan import Loan
from fenqi.stores.payment import StoredOrder


@dataclass(frozen=True)
class RequestRepayment:
    """An amount to pay, or everything that closes the loan today; the same `request_id` is the same payment."""

    loan_id: UUID
    amount_minor: int | None
    request_id: str


@dataclass(frozen=True)
class RequestedOrder:
    """An order as it stands in the book; `is_new` if this call wrote it there, so that it has to be sent."""

    order_id: UUID
    is_new: bool


class NothingOwed(Refusal):
    """The loan is closed; there is nothing to pay."""

    code: ClassVar[str] = "nothing_owed"
    kind: ClassVar[Kind] = Kind.CONFLICT


class RepaymentDiffers(Refusal):
    """The same request came with another amount."""

    code: ClassVar[str] = "repayment_differs"
    kind: ClassVar[Kind] = Kind.CONFLICT


class RepaymentAboveOwed(Refusal):
    """More would be paid than the whole loan can still take."""

    code: ClassVar[str] = "repayment_above_owed"
    kind: ClassVar[Kind] = Kind.CONFLICT


async def request_repayment(connection: Connection, ports: Ports, command: RequestRepayment) -> RequestedOrder:
    """Write a debit order down; its id follows from the loan and the request.

    Raises: NothingOwed, RepaymentAboveOwed, RepaymentDiffers.
    """
    row = await lock_loan(connection, loan_id=command.loan_id)
    order_id = id_in_bucket(uuid5(row.loan_id, f"repayment:{command.request_id}"), row.b)
    purpose = "pay_off" if command.amount_minor is None else "repay"
    known = await payments.find(connection, b=row.b, order_id=order_id)
    if known is not None:
        if (known.purpose, command.amount_minor) not in {("pay_off", None), ("repay", known.amount_minor)}:
            raise RepaymentDiffers("this request came with another amount", allowed=f"{known.amount_minor}")
        return RequestedOrder(order_id, is_new=False)
    amount_minor = await _amount(connection, ports, row, wanted_minor=command.amount_minor)
    signed = await agreements.known(connection, b=row.b, agreement_id=row.agreement_id)
    order = order_of(
        ports,
        row,
        order_id=order_id,
        kind=PaymentKind.DEBIT,
        purpose=purpose,
        amount_minor=amount_minor,
        account_token=signed.evidence["account_token"],
    )
    await payments.add(connection, order)
    return RequestedOrder(order_id, is_new=True)


def order_of(
    ports: Ports,
    row: Loan,
    *,
    order_id: UUID,
    kind: PaymentKind,
    purpose: str,
    amount_minor: int,
    account_token: str,
    is_of_loan: bool = True,
) -> StoredOrder:
    """A movement of money between a borrower and the lender, as it is written down; of one loan or of several."""
    return StoredOrder(
        b=row.b,
        order_id=order_id,
        kind=kind.value,
        purpose=purpose,
        customer_id=row.customer_id,
        loan_id=row.loan_id if is_of_loan else None,
        merchant_id=None,
        settlement_id=None,
        amount_minor=amount_minor,
        currency=row.currency,
        account_token=account_token,
        state="requested",
        channel_reference=None,
        channel=ports.channel.name,
        is_stand_in=ports.channel.is_stand_in,
        requested_at=ports.business.now(),
        requested_on=ports.business.today(),
        concluded_at=None,
    )


async def _amount(connection: Connection, ports: Ports, row: Loan, *, wanted_minor: int | None) -> int:
    loan = await open_loan(connection, row)
    state = loan.state(as_of=ports.business.today())
    if not state.outstanding.total:
        raise NothingOwed("nothing is owed on this loan", allowed="a loan that is not closed")
    if wanted_minor is None:
        return state.payoff_minor
    if wanted_minor > state.outstanding.total:
        raise RepaymentAboveOwed("the loan cannot take that much", allowed=f"at most {state.outstanding.total}")
    return wanted_minor
