"""A borrower pays: dues are discharged, the line is free again, what is too much is held."""

from fenqi.core.ledger.entry import Transaction, TransactionKind
from fenqi.core.loan.state import Flow
from fenqi.core.postings.books import LoanBooks
from fenqi.core.postings.flow import channel, flow_legs, freed_line, overpayment, receivable
from fenqi.core.postings.party import Cause, Party, fact


def repay(party: Party, before: LoanBooks, after: LoanBooks, *, cause: Cause) -> Transaction | None:
    """What the borrower paid since, from the channel or out of what was held for the borrower."""
    legs = (
        *flow_legs(party, before, after, flow=Flow.PAID_BY_CUSTOMER, debit=channel, credit=receivable),
        *flow_legs(party, before, after, flow=Flow.OVERPAID, debit=channel, credit=overpayment),
        *flow_legs(party, before, after, flow=Flow.OVERPAYMENT_USED, debit=overpayment, credit=channel),
        *freed_line(party, before, after, flow=Flow.PAID_BY_CUSTOMER),
    )
    return fact(party, TransactionKind.REPAY, legs, cause=cause)


def return_overpayment(party: Party, before: LoanBooks, after: LoanBooks, *, cause: Cause) -> Transaction | None:
    """What was held for the borrower and has gone back since."""
    legs = flow_legs(party, before, after, flow=Flow.OVERPAYMENT_RETURNED, debit=overpayment, credit=channel)
    return fact(party, TransactionKind.RETURN_OVERPAYMENT, legs, cause=cause)
