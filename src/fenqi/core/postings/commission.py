"""What an agency has earned by what came in while a case was with it."""

from uuid import UUID

from fenqi.core.ledger.account import NOBODY, Account, AccountKind
from fenqi.core.ledger.entry import Transaction, TransactionKind
from fenqi.core.postings.party import Cause, legs_moving


def commission(
    agency_id: UUID, *, bucket: int, currency: str, amount_minor: int, cause: Cause
) -> tuple[Transaction, ...]:
    """An expense of the lender that the agency is owed, or taken back where the amount is negative."""
    legs = legs_moving(
        Account(AccountKind.COMMISSION_EXPENSE, NOBODY, currency, bucket),
        Account(AccountKind.AGENCY_PAYABLE, agency_id, currency, bucket),
        amount_minor,
    )
    if not legs:
        return ()
    return (
        Transaction(
            transaction_id=cause.transaction_id(TransactionKind.COMMISSION),
            bucket=bucket,
            kind=TransactionKind.COMMISSION,
            effective_on=cause.effective_on,
            value_on=cause.value_on,
            legs=legs,
            reference=cause.cause_id,
        ),
    )
