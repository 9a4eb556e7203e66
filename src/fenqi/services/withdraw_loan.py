"""A borrower withdraws within the cooling-off term: the debit that takes the principal back is written down."""

from uuid import UUID, uuid5

from fenqi.core.ledger.account import id_in_bucket
from fenqi.core.loan.payoff import quote_withdrawal
from fenqi.core.loan.withdrawal import require_withdrawable
from fenqi.core.merchant.payment_order import PaymentKind
from fenqi.services.book_loan import open_loan
from fenqi.services.find_loan import lock_loan
from fenqi.services.port import Ports
from fenqi.services.request_repayment import NothingOwed, RequestedOrder, order_of
from fenqi.stores import agreement as agreements
from fenqi.stores import payment as payments
from fenqi.stores.fetch import Connection

WITHDRAW = "withdraw"


async def request_withdrawal(connection: Connection, ports: Ports, *, loan_id: UUID, request_id: str) -> RequestedOrder:
    """Write the debit down that ends the loan; the same request is the same order, also after the term.

    It counts from the day it was asked for, whenever the channel answers. The merchant keeps what it was paid.

    Raises: WithdrawalNotAgreed, WithdrawalTimeOver, NothingOwed.
    """
    row = await lock_loan(connection, loan_id=loan_id)
    order_id = id_in_bucket(uuid5(row.loan_id, f"withdrawal:{request_id}"), row.b)
    if await payments.find(connection, b=row.b, order_id=order_id) is not None:
        return RequestedOrder(order_id, is_new=False)
    loan, today = await open_loan(connection, row), ports.business.today()
    require_withdrawable(loan.agreement.policy, drawn_on=row.drawn_on, on=today)
    amount_minor = quote_withdrawal(loan.agreement, loan.events, on=today)
    if not amount_minor:
        raise NothingOwed("nothing is owed on this loan", allowed="a loan that is not closed")
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
    return RequestedOrder(order_id, is_new=True)
