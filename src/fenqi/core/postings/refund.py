"""A merchant gives money back for goods: it lowers what the borrower owes, and what the merchant is owed."""

from fenqi.core.ledger.entry import Transaction, TransactionKind
from fenqi.core.loan.state import Flow
from fenqi.core.postings.books import LoanBooks
from fenqi.core.postings.flow import flow_legs, freed_line, merchant, overpayment, receivable
from fenqi.core.postings.party import Cause, Party, fact


def refund(party: Party, before: LoanBooks, after: LoanBooks, *, cause: Cause) -> Transaction | None:
    """What the merchant gave back since; what finds nothing to discharge is held for the borrower."""
    legs = (
        *flow_legs(party, before, after, flow=Flow.PAID_BY_MERCHANT, debit=merchant, credit=receivable),
        *flow_legs(party, before, after, flow=Flow.OVERPAID_BY_MERCHANT, debit=merchant, credit=overpayment),
        *freed_line(party, before, after, flow=Flow.PAID_BY_MERCHANT),
    )
    return fact(party, TransactionKind.REFUND, legs, cause=cause)
