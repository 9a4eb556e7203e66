"""Money whose owner nobody knows yet: taken in, given to a customer's loans, or paid back."""

from datetime import date
from uuid import UUID, uuid5

from fenqi.core.ledger.account import NOBODY, Account, AccountKind
from fenqi.core.ledger.entry import Leg, Transaction, TransactionKind
from fenqi.core.postings.party import Cause, legs_moving


def suspend(*, transfer_id: UUID, bucket: int, currency: str, amount_minor: int, cause: Cause) -> Transaction:
    """Money has come to the bank that belongs to nobody we know."""
    legs = legs_moving(
        Account(AccountKind.BANK_CASH, NOBODY, currency, bucket),
        Account(AccountKind.SUSPENSE, NOBODY, currency, bucket),
        amount_minor,
    )
    return _part(legs, transfer_id=transfer_id, kind=TransactionKind.SUSPEND, cause=cause)


def release(
    *, transfer_id: UUID, from_bucket: int, to_bucket: int, currency: str, amount_minor: int, cause: Cause
) -> tuple[Transaction, ...]:
    """The same money leaves suspense for the channel's transit account in the bucket of whoever it is for.

    From there it is repaid or paid out as any other. Between two buckets it passes the clearing account.
    """
    out = Account(AccountKind.SUSPENSE, NOBODY, currency, from_bucket)
    into = Account(AccountKind.CHANNEL_CLEARING, NOBODY, currency, to_bucket)
    if from_bucket == to_bucket:
        legs = legs_moving(out, into, amount_minor)
        return (_part(legs, transfer_id=transfer_id, kind=TransactionKind.RELEASE, cause=cause),)
    away = Account(AccountKind.PAYOUT_CLEARING, NOBODY, currency, from_bucket)
    home = Account(AccountKind.PAYOUT_CLEARING, NOBODY, currency, to_bucket)
    crossing = sorted(
        (legs_moving(out, away, amount_minor), legs_moving(home, into, amount_minor)),
        key=lambda legs: legs[0].debit.bucket,
    )
    return tuple(_part(legs, transfer_id=transfer_id, kind=TransactionKind.RELEASE, cause=cause) for legs in crossing)


def cause_of(transfer_id: UUID, *, what: str, today: date, value_on: date) -> Cause:
    """What a movement of a transfer follows from: each kind of it happens once."""
    return Cause(cause_id=uuid5(transfer_id, what), effective_on=today, value_on=value_on)


def _part(legs: tuple[Leg, ...], *, transfer_id: UUID, kind: TransactionKind, cause: Cause) -> Transaction:
    bucket = legs[0].debit.bucket
    return Transaction(
        transaction_id=uuid5(cause.transaction_id(kind), str(bucket)),
        bucket=bucket,
        kind=kind,
        effective_on=cause.effective_on,
        value_on=cause.value_on,
        legs=legs,
        reference=transfer_id,
    )
