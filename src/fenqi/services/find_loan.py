"""A borrower's own loan."""

from typing import ClassVar
from uuid import UUID

from fenqi.core.ledger.account import bucket_in
from fenqi.core.refusal import Kind, Refusal
from fenqi.stores import loan as loans
from fenqi.stores.fetch import Connection
from fenqi.stores.loan import Loan


class LoanUnknown(Refusal):
    """No such loan, or not this borrower's: the two are not told apart."""

    code: ClassVar[str] = "loan_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


async def find_loan(connection: Connection, *, loan_id: UUID, customer_id: UUID | None = None) -> Loan:
    """A loan; with a customer, only if it is theirs.

    Raises: LoanUnknown.
    """
    found = await loans.find(connection, b=bucket_in(loan_id), loan_id=loan_id)
    return _own(found, customer_id=customer_id)


async def lock_loan(connection: Connection, *, loan_id: UUID) -> Loan:
    """A loan, held until the transaction ends.

    Raises: LoanUnknown.
    """
    return _own(await loans.lock(connection, b=bucket_in(loan_id), loan_id=loan_id), customer_id=None)


def _own(found: Loan | None, *, customer_id: UUID | None) -> Loan:
    if found is None or customer_id not in {None, found.customer_id}:
        raise LoanUnknown("no such loan", allowed="a loan of your own")
    return found
