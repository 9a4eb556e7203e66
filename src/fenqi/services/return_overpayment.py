"""What a borrower has paid too much goes back through the channel."""

from uuid import UUID, uuid5

from fenqi.core.ledger.account import id_in_bucket
from fenqi.core.merchant.payment_order import PaymentKind
from fenqi.services.book_loan import OpenLoan
from fenqi.services.port import Ports
from fenqi.services.request_repayment import order_of
from fenqi.stores import agreement as agreements
from fenqi.stores import payment as payments
from fenqi.stores.fetch import Connection
from fenqi.stores.payment import StoredOrder


async def return_overpayment(connection: Connection, ports: Ports, loan: OpenLoan, *, once_for: str) -> UUID | None:
    """Write the order down that pays a borrower's credit balance back, as far as it is not on its way already.

    The loop that asks sends it.
    """
    row = loan.row
    orders = await payments.of_loan(connection, b=row.b, loan_id=row.loan_id)
    on_their_way = sum(order.amount_minor for order in orders if _is_on_its_way(order))
    amount_minor = row.overpaid_minor - on_their_way
    if amount_minor <= 0:
        return None
    signed = await agreements.known(connection, b=row.b, agreement_id=row.agreement_id)
    order_id = id_in_bucket(uuid5(row.loan_id, f"return:{once_for}"), row.b)
    order = order_of(
        ports,
        row,
        order_id=order_id,
        kind=PaymentKind.REFUND,
        purpose="return_overpayment",
        amount_minor=amount_minor,
        account_token=signed.evidence["account_token"],
    )
    await payments.add(connection, order)
    return order_id


def _is_on_its_way(order: StoredOrder) -> bool:
    return order.purpose == "return_overpayment" and order.state in {"requested", "unknown"}
