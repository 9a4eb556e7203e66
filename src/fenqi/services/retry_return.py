"""Paying a borrower back has failed: it is tried again by a calendar, and then a person looks."""

from collections.abc import Sequence
from datetime import timedelta
from uuid import UUID

from fenqi.core.billing.money_case import MoneyCase, MoneyCaseKind
from fenqi.core.ledger.account import id_in_bucket
from fenqi.services.book_loan import OpenLoan, open_loan
from fenqi.services.find_loan import lock_loan
from fenqi.services.port import Ports
from fenqi.services.return_overpayment import RETURN, return_overpayment
from fenqi.stores import joint_payment as joints
from fenqi.stores import mandate as mandates
from fenqi.stores import money_case as cases
from fenqi.stores.fetch import Connection
from fenqi.stores.payment import StoredOrder


async def retry_return(connection: Connection, ports: Ports, *, loan_id: UUID) -> int:
    """Ask again for what is held for a borrower and is not on its way, if its time has come; how many orders.

    The account of a mandate in force comes first then, since the one before did not take it. After the last day of
    the calendar a case is opened instead.
    """
    loan = await open_loan(connection, await lock_loan(connection, loan_id=loan_id))
    row = loan.row
    orders = await joints.orders_of(connection, b=row.b, customer_id=row.customer_id)
    failed = _failed_lately([order for order in orders if (order.loan_id, order.purpose) == (loan_id, RETURN)])
    if not row.overpaid_minor or failed is None:
        return 0
    days = ports.authority.return_days(on=ports.business.today())
    if len(failed) > len(days):
        await _open_case(connection, ports, loan, failed[-1])
        return 0
    if failed and ports.business.today() < failed[-1].requested_on + timedelta(days=days[len(failed) - 1]):
        return 0
    mandate = await mandates.active(connection, b=row.b, customer_id=row.customer_id) if failed else None
    asked = await return_overpayment(
        connection,
        ports,
        loan,
        once_for=f"again:{len(orders)}",
        account_token=None if mandate is None else mandate.account_token,
    )
    return len(asked)


def _failed_lately(returns: Sequence[StoredOrder]) -> list[StoredOrder] | None:
    """The returns that failed since the last that succeeded; None while one is on its way."""
    failed = list[StoredOrder]()
    for order in returns:
        if order.state in {"requested", "unknown"}:
            return None
        failed = [*failed, order] if order.state == "failed" else []
    return failed


async def _open_case(connection: Connection, ports: Ports, loan: OpenLoan, last: StoredOrder) -> None:
    row = loan.row
    case = MoneyCase(
        b=row.b,
        case_id=id_in_bucket(ports.new_id(), row.b),
        kind=MoneyCaseKind.RETURN_FAILED,
        subject=row.loan_id,
        on_day=last.requested_on,
        ours_minor=-row.overpaid_minor,
        theirs_minor=None,
        currency=row.currency,
        opened_at=ports.business.now(),
    )
    await cases.add(connection, case)
