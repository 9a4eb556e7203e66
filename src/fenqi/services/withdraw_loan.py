"""A borrower withdraws within the cooling-off term: the debit that takes the principal back is written down."""

from dataclasses import dataclass
from uuid import UUID, uuid5

from fenqi.core.ledger.account import id_in_bucket
from fenqi.core.loan.event import Withdrawn
from fenqi.core.loan.payoff import quote_withdrawal
from fenqi.core.loan.withdrawal import require_withdrawable
from fenqi.core.merchant.payment_order import PaymentKind
from fenqi.services.book_loan import OpenLoan, open_loan, record
from fenqi.services.find_loan import lock_loan
from fenqi.services.port import Ports
from fenqi.services.request_repayment import NothingOwed, order_of
from fenqi.services.return_overpayment import return_overpayment
from fenqi.stores import agreement as agreements
from fenqi.stores import payment as payments
from fenqi.stores.fetch import Connection

WITHDRAW = "withdraw"


@dataclass(frozen=True, kw_only=True)
class RequestedWithdrawal:
    """A withdrawal as it stands in the book; with nothing left to pay it has no order, and is done."""

    order_id: UUID
    is_new: bool
    """Whether this call wrote an order down, so that it has to be sent."""
    is_done: bool = False


async def request_withdrawal(
    connection: Connection, ports: Ports, *, loan_id: UUID, request_id: str
) -> RequestedWithdrawal:
    """Write the debit down that ends the loan; the same request is the same order, also after the term.

    It counts from the day it was asked for, whenever the channel answers. Where what was paid covers the principal
    already, the loan ends at once without a debit, and what was paid beyond it goes back. The merchant keeps what it
    was paid.

    Raises: WithdrawalNotAgreed, WithdrawalTimeOver, NothingOwed.
    """
    row = await lock_loan(connection, loan_id=loan_id)
    order_id = id_in_bucket(uuid5(row.loan_id, f"withdrawal:{request_id}"), row.b)
    if await payments.find(connection, b=row.b, order_id=order_id) is not None:
        return RequestedWithdrawal(order_id=order_id, is_new=False)
    loan, today = await open_loan(connection, row), ports.business.today()
    if any(event.event_id == str(order_id) for event in loan.events):
        return RequestedWithdrawal(order_id=order_id, is_new=False, is_done=True)
    require_withdrawable(loan.agreement.policy, drawn_on=row.drawn_on, on=today)
    if not loan.state(as_of=today).outstanding.total:
        raise NothingOwed("nothing is owed on this loan", allowed="a loan that is not closed")
    amount_minor = quote_withdrawal(loan.agreement, loan.events, on=today)
    if not amount_minor:
        await _withdraw_at_once(connection, ports, loan, event_id=str(order_id))
        return RequestedWithdrawal(order_id=order_id, is_new=False, is_done=True)
    await _ask(connection, ports, loan, order_id=order_id, amount_minor=amount_minor)
    return RequestedWithdrawal(order_id=order_id, is_new=True)


async def _withdraw_at_once(connection: Connection, ports: Ports, loan: OpenLoan, *, event_id: str) -> None:
    today = ports.business.today()
    after = await record(
        connection, ports, loan, lambda seq: Withdrawn(event_id=event_id, on=today, seq=seq, amount_minor=0)
    )
    await return_overpayment(connection, ports, after, once_for=event_id)


async def _ask(connection: Connection, ports: Ports, loan: OpenLoan, *, order_id: UUID, amount_minor: int) -> None:
    row = loan.row
    signed = await agreements.known(connection, b=row.b, agreement_id=row.agreement_id)
    order = order_of(
        ports,
        row,
        order_id=order_id,
        kind=PaymentKind.DEBIT,
        purpose=WITHDRAW,
        amount_minor=amount_minor,
        account_token=signed.evidence["account_token"],
    )
    await payments.add(connection, order)
