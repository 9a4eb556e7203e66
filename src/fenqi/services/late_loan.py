"""The loan that a contact about arrears is about, and what a text may say of it."""

from datetime import date
from uuid import UUID

from fenqi.core.loan.state import LoanState
from fenqi.services.book_loan import OpenLoan
from fenqi.services.hold_collection import held_of_customer
from fenqi.services.loans_of import open_loans
from fenqi.stores.fetch import Connection


async def late_loan(connection: Connection, *, customer_id: UUID, on: date) -> tuple[OpenLoan, LoanState] | None:
    """The loan that a contact is about: the longest late of those that nothing holds."""
    held = await held_of_customer(connection, customer_id=customer_id)
    states = [(loan, loan.state(as_of=on)) for loan in await open_loans(connection, customer_id=customer_id)]
    late = [(loan, state) for loan, state in states if state.overdue.total and not held.covers(loan.row.loan_id)]
    return max(late, key=lambda found: found[1].days_past_due, default=None)


def late_fields(loan: OpenLoan, state: LoanState) -> dict[str, object]:
    """What a text may say of a late loan: everything that is late on it, as the workspace shows it."""
    oldest = state.oldest_unpaid
    return {
        "amount": state.overdue.total,
        "loan_ending": loan.row.loan_id.hex[-6:],
        "days_late": state.days_past_due,
        "due_on": oldest.due_on if oldest else state.as_of,
    }
