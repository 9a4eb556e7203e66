"""A customer's limit is granted, raised or lowered, and held for an order."""

from datetime import datetime
from functools import lru_cache
from uuid import UUID

from fenqi.core.ledger.account import Account, AccountKind, bucket_of
from fenqi.core.ledger.entry import Leg, Transaction, TransactionKind
from fenqi.core.ledger.hold import Hold
from fenqi.core.postings.party import Cause, legs_moving


def credit_line(customer_id: UUID, *, currency: str) -> Account:
    """What a customer may still draw; its available balance is the answer."""
    return _of_customer(AccountKind.CREDIT_LINE, customer_id, currency)


def limit_granted(customer_id: UUID, *, currency: str) -> Account:
    """The limit as it was last set; its debit balance is the answer."""
    return _of_customer(AccountKind.CREDIT_LINE_GRANTED, customer_id, currency)


def set_limit(
    customer_id: UUID, *, currency: str, before_minor: int, after_minor: int, cause: Cause
) -> Transaction | None:
    """The change of a limit, or None.

    A limit may be lowered below what is used; then nothing can be drawn until enough is repaid.
    """
    granted, line = limit_granted(customer_id, currency=currency), credit_line(customer_id, currency=currency)
    legs = legs_moving(granted, line, after_minor - before_minor)
    if not legs:
        return None
    return Transaction(
        transaction_id=cause.transaction_id(TransactionKind.SET_LIMIT),
        bucket=line.bucket,
        kind=TransactionKind.SET_LIMIT,
        effective_on=cause.effective_on,
        value_on=cause.value_on,
        legs=legs,
        reference=cause.cause_id,
        is_forced=True,
    )


def hold_line(
    customer_id: UUID, *, currency: str, amount_minor: int, hold_id: UUID, expires_at: datetime, order_id: UUID
) -> Hold:
    """The hold that an authorised order needs; the draw-down that follows captures it."""
    drawn = _of_customer(AccountKind.CREDIT_LINE_DRAWN, customer_id, currency)
    leg = Leg(credit_line(customer_id, currency=currency), drawn, amount_minor)
    return Hold(hold_id, leg, expires_at, reference=order_id)


@lru_cache(maxsize=4096)
def _of_customer(kind: AccountKind, customer_id: UUID, currency: str) -> Account:
    return Account(kind, customer_id, currency, bucket_of(customer_id))
