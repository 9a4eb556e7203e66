"""Whether a loan's accounts are what its books say."""

from collections.abc import Iterator, Mapping
from uuid import UUID

from fenqi.core.ledger.account import CHART, Side
from fenqi.core.ledger.proof import Finding, Invariant
from fenqi.core.postings.books import NO_BOOKS, LoanBooks
from fenqi.core.postings.difference import post_difference
from fenqi.core.postings.party import Cause, Party


def tie_out(party: Party, books: LoanBooks, *, cause: Cause, balances: Mapping[str, int]) -> Iterator[Finding]:
    """What differs between the loan's own accounts and one posting of all its books at once.

    Units: `balances` by account kind, minor, on the normal side.
    """
    expected = dict.fromkeys(balances, 0)
    for transaction in post_difference(party, NO_BOOKS, books, cause=cause):
        for leg in transaction.legs:
            for account, minor in ((leg.debit, leg.amount_minor), (leg.credit, -leg.amount_minor)):
                if account.owner == party.loan_id:
                    sign = 1 if CHART[account.kind].normal_side is Side.DEBIT else -1
                    expected[account.kind] = expected.get(account.kind, 0) + sign * minor
    for kind, minor in sorted(expected.items()):
        if balances.get(kind, 0) != minor:
            yield _differs(party.loan_id, party.bucket, kind, ledger_minor=balances.get(kind, 0), books_minor=minor)


def _differs(loan_id: UUID, bucket: int, kind: str, *, ledger_minor: int, books_minor: int) -> Finding:
    what = f"{kind} is {ledger_minor} in the ledger and {books_minor} in the books of the loan"
    return Finding(invariant=Invariant.LOANS_TIE, bucket=bucket, subject=f"loan {loan_id}", what=what)
