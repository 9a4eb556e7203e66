"""Money in transit at the payment channel arrives at the bank, or leaves it."""

from collections.abc import Mapping
from uuid import uuid5

from fenqi.core.ledger.account import NOBODY, Account, AccountKind
from fenqi.core.ledger.entry import Transaction, TransactionKind
from fenqi.core.postings.party import Cause, legs_moving


def clear_channel(*, currency: str, settled_minor: Mapping[int, int], cause: Cause) -> tuple[Transaction, ...]:
    """What a settlement file of the channel settled, by bucket: positive came to the bank, negative left it."""
    kind = TransactionKind.CLEAR_CHANNEL
    return tuple(
        Transaction(
            transaction_id=uuid5(cause.transaction_id(kind), str(bucket)),
            bucket=bucket,
            kind=kind,
            effective_on=cause.effective_on,
            value_on=cause.value_on,
            legs=legs_moving(
                Account(AccountKind.BANK_CASH, NOBODY, currency, bucket),
                Account(AccountKind.CHANNEL_CLEARING, NOBODY, currency, bucket),
                minor,
            ),
            reference=cause.cause_id,
        )
        for bucket, minor in sorted(settled_minor.items())
        if minor
    )
