"""A customer's loans with everything that happened to them, to bill them together and to divide payments."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from fenqi.core.billing.bill import BilledLoan
from fenqi.core.billing.placement import Claim, claim_of
from fenqi.core.ledger.account import bucket_of
from fenqi.services.book_loan import OpenLoan, open_loan
from fenqi.services.find_loan import LoanUnknown
from fenqi.stores import customer as customers
from fenqi.stores import loan as loans
from fenqi.stores.fetch import Connection


async def open_loans(connection: Connection, *, customer_id: UUID, is_locking: bool = False) -> tuple[OpenLoan, ...]:
    """Every loan of a customer, oldest first; if they are held, by id, after the customer's own row."""
    b = bucket_of(customer_id)
    if is_locking:
        await customers.lock(connection, b=b, customer_id=customer_id)
    rows = await loans.of_customer(connection, b=b, customer_id=customer_id)
    if is_locking:
        held = [
            await loans.lock(connection, b=b, loan_id=row.loan_id) for row in sorted(rows, key=lambda row: row.loan_id)
        ]
        rows = tuple(row for row in held if row is not None)
    ordered = sorted(rows, key=lambda row: (row.drawn_on, row.loan_id))
    return tuple([await open_loan(connection, row) for row in ordered])


def chosen(known: Sequence[OpenLoan], loan_ids: Sequence[UUID]) -> tuple[OpenLoan, ...]:
    """The loans named, in their order; all of them if none is named.

    Raises: LoanUnknown for one that is not among the customer's.
    """
    by_id = {loan.row.loan_id: loan for loan in known}
    if any(loan_id not in by_id for loan_id in loan_ids):
        raise LoanUnknown("no such loan", allowed="loans of your own")
    return tuple(by_id[loan_id] for loan_id in loan_ids) or tuple(known)


def claims_of(known: Sequence[OpenLoan], *, on: date) -> tuple[Claim, ...]:
    """What each loan can take on a day."""
    return tuple(
        claim_of(loan.row.loan_id, loan.state(as_of=on), rate_per_year=loan.agreement.terms.rate_per_year)
        for loan in known
    )


def billed(loan: OpenLoan, *, on: date) -> BilledLoan:
    """A loan as a bill sees it."""
    return BilledLoan(loan.row.loan_id, loan.row.customer_id, loan.agreement.terms.bill_day, loan.state(as_of=on))
