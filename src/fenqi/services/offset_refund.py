"""A refund that is more than its loan takes: in bill mode it first offsets what the other loans have on the bill."""

from datetime import timedelta
from uuid import UUID, uuid5

from fenqi.core.billing.placement import Claim, PlacementRule, place
from fenqi.core.billing.refund import divide_refund
from fenqi.core.loan.event import CreditBalanceRefunded, Repaid
from fenqi.services.book_loan import OpenLoan, record
from fenqi.services.loans_of import claims_of, open_loans
from fenqi.services.port import Ports
from fenqi.stores.fetch import Connection


async def offset_refund(connection: Connection, ports: Ports, loan: OpenLoan, *, once_for: str) -> OpenLoan:
    """Use what a loan is overpaid by for what is billed on the customer's other loans in bill mode.

    The money leaves the loan and pays the others on the same day through the transit account, in which nothing stays.
    The caller holds the customer.
    """
    held_minor = loan.row.overpaid_minor
    if loan.agreement.terms.bill_day is None or not held_minor:
        return loan
    on = ports.business.today()
    known = await open_loans(connection, customer_id=loan.row.customer_id, is_locking=True)
    others = [each for each in known if each.row.loan_id != loan.row.loan_id and each.agreement.terms.bill_day]
    until = on + timedelta(days=ports.authority.bill_lead_days(on=on))
    billed = [
        Claim(claim.loan_id, tuple(due for due in claim.dues if due[0] <= until), claim.payoff_minor)
        for claim in claims_of(others, on=on)
    ]
    billed_minor = sum(minor for claim in billed for _, minor in claim.dues)
    offset_minor = divide_refund(held_minor, owed_minor=billed_minor, paid=()).offset_minor
    if not offset_minor:
        return loan
    after = await record(
        connection,
        ports,
        loan,
        lambda seq: CreditBalanceRefunded(
            event_id=str(uuid5(loan.row.loan_id, f"offset:{once_for}")), on=on, seq=seq, amount_minor=offset_minor
        ),
    )
    by_id = {each.row.loan_id: each for each in others}
    for part in place(offset_minor, billed, rule=PlacementRule.OLDEST_DUE, on=on).parts:
        await _pay(connection, ports, by_id[part.loan_id], part.amount_minor, once_for=once_for)
    return after


async def _pay(connection: Connection, ports: Ports, loan: OpenLoan, amount_minor: int, *, once_for: str) -> None:
    event_id: UUID = uuid5(loan.row.loan_id, f"offset:{once_for}")
    on = ports.business.today()
    await record(
        connection,
        ports,
        loan,
        lambda seq: Repaid(event_id=str(event_id), on=on, seq=seq, amount_minor=amount_minor),
    )
