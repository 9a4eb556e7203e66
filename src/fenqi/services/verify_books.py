"""Whether the books hold: every invariant of the ledger, and every loan's fold against its books."""

from collections.abc import Sequence

from fenqi.core.ledger.account import BUCKET_COUNT
from fenqi.core.ledger.proof import Finding, Invariant
from fenqi.services.book_loan import books_of, open_loan
from fenqi.services.book_risk import check_risk
from fenqi.stores import loan as loans
from fenqi.stores.fetch import Connection
from fenqi.stores.proof import VerifyReport, verify


async def verify_books(connection: Connection) -> VerifyReport:
    """Check everything; the report says how much was looked at and what does not hold."""
    return await verify(connection, (check_loans, check_risk))


async def check_loans(connection: Connection) -> Sequence[Finding]:
    """Replay every loan as of the day it was last booked, and compare with the books that were posted."""
    findings: list[Finding] = []
    for bucket in range(BUCKET_COUNT):
        for row in await loans.in_lane(connection, lane=(bucket,)):
            loan = await open_loan(connection, row)
            state = loan.state(as_of=row.books_on)
            replayed = books_of(state, subsidy=loan.subsidy, discount_minor=None, before=row.books, on=row.books_on)
            if replayed != row.books:
                what = "replaying its events does not give the books that were posted"
                findings.append(
                    Finding(invariant=Invariant.LOANS_TIE, bucket=bucket, subject=str(row.loan_id), what=what)
                )
    return findings
