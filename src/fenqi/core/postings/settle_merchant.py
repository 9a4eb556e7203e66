"""A merchant is settled: what it is owed in every bucket is gathered in its own, and paid out from there."""

from collections.abc import Mapping
from uuid import UUID, uuid5

from fenqi.core.ledger.account import NOBODY, Account, AccountKind, bucket_of
from fenqi.core.ledger.entry import Leg, Transaction, TransactionKind
from fenqi.core.postings.party import Cause, legs_moving

CROSSES_BUCKETS = frozenset({TransactionKind.SETTLE_MERCHANT, TransactionKind.RELEASE})
"""The only transactions that move money between buckets: through payout clearing, which over all of them is nothing."""


def settle_merchant(
    merchant_id: UUID, *, currency: str, owed_minor: Mapping[int, int], cause: Cause
) -> tuple[Transaction, ...]:
    """Gather what the merchant is owed by bucket, signed, in the merchant's own bucket.

    A negative sum stays there as what the merchant owes, and meets the next settlement.
    """
    home = bucket_of(merchant_id)
    away = {bucket: minor for bucket, minor in owed_minor.items() if bucket != home and minor}
    out = [
        legs_moving(_payable(merchant_id, currency, bucket), _clearing(currency, bucket), minor)
        for bucket, minor in sorted(away.items())
    ]
    back = legs_moving(_clearing(currency, home), _payable(merchant_id, currency, home), sum(away.values()))
    return tuple(_part(legs, cause=cause) for legs in (*out, back) if legs)


def pay_out(merchant_id: UUID, *, currency: str, amount_minor: int, cause: Cause) -> Transaction:
    """The channel has paid the merchant."""
    home = bucket_of(merchant_id)
    channel = Account(AccountKind.CHANNEL_CLEARING, NOBODY, currency, home)
    return Transaction(
        transaction_id=cause.transaction_id(TransactionKind.PAY_OUT),
        bucket=home,
        kind=TransactionKind.PAY_OUT,
        effective_on=cause.effective_on,
        value_on=cause.value_on,
        legs=legs_moving(_payable(merchant_id, currency, home), channel, amount_minor),
        reference=cause.cause_id,
    )


def _part(legs: tuple[Leg, ...], *, cause: Cause) -> Transaction:
    bucket = legs[0].debit.bucket
    return Transaction(
        transaction_id=uuid5(cause.transaction_id(TransactionKind.SETTLE_MERCHANT), str(bucket)),
        bucket=bucket,
        kind=TransactionKind.SETTLE_MERCHANT,
        effective_on=cause.effective_on,
        value_on=cause.value_on,
        legs=legs,
        reference=cause.cause_id,
    )


def _payable(merchant_id: UUID, currency: str, bucket: int) -> Account:
    return Account(AccountKind.MERCHANT_PAYABLE, merchant_id, currency, bucket)


def _clearing(currency: str, bucket: int) -> Account:
    return Account(AccountKind.PAYOUT_CLEARING, NOBODY, currency, bucket)
