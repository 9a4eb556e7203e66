"""A loan is paid out: the borrower owes the principal, the merchant is owed the price."""

from uuid import UUID

from fenqi.core.ledger.account import AccountKind
from fenqi.core.ledger.entry import Transaction, TransactionKind
from fenqi.core.loan.component import Component
from fenqi.core.loan.state import Flow
from fenqi.core.postings.books import LoanBooks
from fenqi.core.postings.flow import flow_legs, merchant, receivable
from fenqi.core.postings.party import Cause, Party, fact, legs_moving


def draw_down(
    party: Party, before: LoanBooks, after: LoanBooks, *, cause: Cause, captures: UUID | None = None
) -> Transaction | None:
    """What was drawn since: the line first, so that it draws the hold, then the principal.

    The only posting of a loan that a limit may refuse; taking a draw-down back never is.
    """
    drawn = after.count(Flow.DRAWN, Component.PRINCIPAL) - before.count(Flow.DRAWN, Component.PRINCIPAL)
    line = legs_moving(
        party.of_customer(AccountKind.CREDIT_LINE), party.of_customer(AccountKind.CREDIT_LINE_DRAWN), drawn
    )
    lent = flow_legs(party, before, after, flow=Flow.DRAWN, debit=receivable, credit=merchant)
    return fact(
        party, TransactionKind.DRAW_DOWN, line + lent, cause=cause, captures=captures if line else None, is_forced=False
    )
