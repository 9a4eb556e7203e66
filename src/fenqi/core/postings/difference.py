"""Everything that changed in a loan's books, as transactions; each event's file posts the flows that are its own."""

from uuid import UUID

from fenqi.core.ledger.entry import Transaction
from fenqi.core.postings.accrue import accrue
from fenqi.core.postings.books import LoanBooks
from fenqi.core.postings.charge_merchant import charge_merchant
from fenqi.core.postings.draw_down import draw_down
from fenqi.core.postings.forgive import forgive
from fenqi.core.postings.party import Cause, Party
from fenqi.core.postings.refund import refund
from fenqi.core.postings.repay import repay, return_overpayment
from fenqi.core.postings.subsidise import subsidise
from fenqi.core.postings.write_off import recover, write_off

FOLLOWING = (
    charge_merchant,
    subsidise,
    accrue,
    repay,
    refund,
    forgive,
    write_off,
    recover,
    return_overpayment,
)


def post_difference(
    party: Party, before: LoanBooks, after: LoanBooks, *, cause: Cause, captures: UUID | None = None
) -> tuple[Transaction, ...]:
    """The transactions that take the ledger from one state of a loan to another; none where nothing changed.

    A backdated or reversed event may change any flow, in either direction: whatever the cause, the sum of all
    postings of a loan is its latest books.
    """
    drawn = draw_down(party, before, after, cause=cause, captures=captures)
    others = (posting(party, before, after, cause=cause) for posting in FOLLOWING)
    return tuple(transaction for transaction in (drawn, *others) if transaction is not None)
