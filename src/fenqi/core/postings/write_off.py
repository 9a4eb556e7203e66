"""A loan is given up as lost, and what comes in after that."""

from fenqi.core.ledger.account import Account, AccountKind
from fenqi.core.ledger.entry import Transaction, TransactionKind
from fenqi.core.loan.component import Component
from fenqi.core.loan.state import Flow
from fenqi.core.postings.books import LoanBooks
from fenqi.core.postings.flow import channel, flow_legs, receivable
from fenqi.core.postings.party import Cause, Party, fact


def write_off(party: Party, before: LoanBooks, after: LoanBooks, *, cause: Cause) -> Transaction | None:
    """What was given up since. The line stays drawn: who was written off does not borrow again."""
    legs = flow_legs(party, before, after, flow=Flow.WRITTEN_OFF, debit=_loss, credit=receivable)
    return fact(party, TransactionKind.WRITE_OFF, legs, cause=cause)


def recover(party: Party, before: LoanBooks, after: LoanBooks, *, cause: Cause) -> Transaction | None:
    """What came in since for a loan given up before."""
    legs = flow_legs(party, before, after, flow=Flow.RECOVERED, debit=channel, credit=_recovered)
    return fact(party, TransactionKind.RECOVER, legs, cause=cause)


def _loss(party: Party, component: Component) -> Account:
    return party.of_lender(AccountKind.WRITE_OFF_EXPENSE)


def _recovered(party: Party, component: Component) -> Account:
    return party.of_lender(AccountKind.RECOVERY_INCOME)
