"""The lender lets a borrower off a part."""

from fenqi.core.ledger.entry import Transaction, TransactionKind
from fenqi.core.loan.state import Flow
from fenqi.core.postings.books import LoanBooks
from fenqi.core.postings.flow import flow_legs, freed_line, goodwill, overpayment, receivable
from fenqi.core.postings.party import Cause, Party, fact


def forgive(party: Party, before: LoanBooks, after: LoanBooks, *, cause: Cause) -> Transaction | None:
    """What was forgiven since: an expense, not less income, so that what was earned and given up can both be read."""
    legs = (
        *flow_legs(party, before, after, flow=Flow.FORGIVEN, debit=goodwill, credit=receivable),
        *flow_legs(party, before, after, flow=Flow.OVERPAID_BY_LENDER, debit=goodwill, credit=overpayment),
        *freed_line(party, before, after, flow=Flow.FORGIVEN),
    )
    return fact(party, TransactionKind.FORGIVE, legs, cause=cause)
