"""What a borrower has paid too much goes back through the channel, to the accounts it came from."""

from collections.abc import Sequence
from uuid import UUID, uuid5

from fenqi.core.billing.refund import GoesTo, PaidBy, divide_refund, not_returned
from fenqi.core.ledger.account import id_in_bucket
from fenqi.core.merchant.payment_order import PaymentKind
from fenqi.services.book_loan import OpenLoan
from fenqi.services.port import Ports
from fenqi.services.request_repayment import order_of
from fenqi.stores import agreement as agreements
from fenqi.stores import joint_payment as joints
from fenqi.stores import payment as payments
from fenqi.stores.fetch import Connection
from fenqi.stores.payment import StoredOrder

RETURN = "return_overpayment"
_OF_ONE_LOAN = {"repay", "pay_off", "withdraw"}
_OF_SEVERAL = {"joint", "auto_debit"}


async def return_overpayment(
    connection: Connection, ports: Ports, loan: OpenLoan, *, once_for: str, account_token: str | None = None
) -> tuple[UUID, ...]:
    """Write the orders down that pay a borrower's credit balance back, as far as it is not on its way already.

    The last payment is paid back first, to its own account; what no payment accounts for goes to the account that the
    loan was signed with. A given account gets everything. The loop that asks sends the orders.
    """
    row = loan.row
    orders = await joints.orders_of(connection, b=row.b, customer_id=row.customer_id)
    mine = [order for order in orders if order.loan_id == row.loan_id and order.purpose == RETURN]
    on_their_way = sum(order.amount_minor for order in mine if order.state in {"requested", "unknown"})
    amount_minor = row.overpaid_minor - on_their_way
    if amount_minor <= 0:
        return ()
    signed = await agreements.known(connection, b=row.b, agreement_id=row.agreement_id)
    usual = account_token or signed.evidence["account_token"]
    paid = () if account_token else await _paid(connection, row.loan_id, orders)
    gone = [GoesTo(order.account_token, order.amount_minor) for order in mine if order.state != "failed"]
    divided = divide_refund(amount_minor, owed_minor=0, paid=not_returned(paid, returned=gone))
    wanted = {one.account_token: one.amount_minor for one in divided.returns}
    if divided.left_minor:
        wanted[usual] = wanted.get(usual, 0) + divided.left_minor
    return tuple(
        [
            await _ask(connection, ports, loan, GoesTo(token, minor), seed=_seed(once_for, at))
            for at, (token, minor) in enumerate(wanted.items())
        ]
    )


def _seed(once_for: str, at: int) -> str:
    return f"return:{once_for}:{at}" if at else f"return:{once_for}"


async def _ask(connection: Connection, ports: Ports, loan: OpenLoan, wanted: GoesTo, *, seed: str) -> UUID:
    order_id = id_in_bucket(uuid5(loan.row.loan_id, seed), loan.row.b)
    order = order_of(
        ports,
        loan.row,
        order_id=order_id,
        kind=PaymentKind.REFUND,
        purpose=RETURN,
        amount_minor=wanted.amount_minor,
        account_token=wanted.account_token,
    )
    await payments.add(connection, order)
    return order_id


async def _paid(connection: Connection, loan_id: UUID, orders: Sequence[StoredOrder]) -> tuple[PaidBy, ...]:
    """What the borrower has paid on a loan by debit, oldest first, with the account it came from."""
    paid = list[PaidBy]()
    for order in orders:
        if order.state != "succeeded":
            continue
        if order.purpose in _OF_ONE_LOAN and order.loan_id == loan_id:
            paid.append(PaidBy(order.account_token, order.amount_minor))
        elif order.purpose in _OF_SEVERAL:
            parts = await joints.parts(connection, b=order.b, payment_id=order.order_id)
            paid += [PaidBy(order.account_token, part.amount_minor) for part in parts if part.loan_id == loan_id]
    return tuple(paid)
