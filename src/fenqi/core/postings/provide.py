"""What is set aside for losses, and what of loans long overdue is not counted as income, brought to what is asked."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from fenqi.core.ledger.account import NOBODY, Account, AccountKind
from fenqi.core.ledger.entry import Leg, Transaction, TransactionKind
from fenqi.core.postings.party import Cause, legs_moving

ALLOWANCES = (AccountKind.ALLOWANCE_STAGE_1, AccountKind.ALLOWANCE_STAGE_2, AccountKind.ALLOWANCE_STAGE_3)
"""The account of each stage, from the first."""
TARGETS = (*ALLOWANCES, AccountKind.SUSPENDED_INCOME)
"""What a month's end brings to a sum."""


@dataclass(frozen=True)
class Stripe:
    """The lender's own accounts of one bucket and currency."""

    bucket: int
    currency: str

    def account(self, kind: AccountKind) -> Account:
        """One of them."""
        return Account(kind, NOBODY, self.currency, self.bucket)


def provide(
    stripe: Stripe, *, before: Mapping[AccountKind, int], after: Mapping[AccountKind, int], cause: Cause
) -> tuple[Transaction, ...]:
    """The postings that bring allowance and suspended income from what they are to what they are to be.

    Units: `before` and `after` by TARGETS, minor, on the normal side; a kind that is not named is nothing.
    """
    expense = stripe.account(AccountKind.IMPAIRMENT_EXPENSE)
    allowance = [leg for kind in ALLOWANCES for leg in _moved(stripe, kind, expense, before=before, after=after)]
    taken_off = stripe.account(AccountKind.INCOME_NOT_ACCRUED)
    suspended = _moved(stripe, AccountKind.SUSPENDED_INCOME, taken_off, before=before, after=after)
    parts = ((TransactionKind.PROVIDE, tuple(allowance)), (TransactionKind.STOP_ACCRUING, suspended))
    return tuple(_transaction(stripe, kind, legs, cause=cause) for kind, legs in parts if legs)


def provide_all(
    before: Mapping[Stripe, Mapping[AccountKind, int]],
    after: Mapping[Stripe, Mapping[AccountKind, int]],
    *,
    cause_of: Callable[[Stripe], Cause],
) -> tuple[Transaction, ...]:
    """The postings of several stripes, in the order of their buckets."""
    stripes = sorted(before.keys() | after.keys(), key=lambda stripe: (stripe.bucket, stripe.currency))
    return tuple(
        transaction
        for stripe in stripes
        for transaction in provide(
            stripe, before=before.get(stripe, {}), after=after.get(stripe, {}), cause=cause_of(stripe)
        )
    )


def _moved(
    stripe: Stripe,
    kind: AccountKind,
    source: Account,
    *,
    before: Mapping[AccountKind, int],
    after: Mapping[AccountKind, int],
) -> tuple[Leg, ...]:
    return legs_moving(source, stripe.account(kind), after.get(kind, 0) - before.get(kind, 0))


def _transaction(stripe: Stripe, kind: TransactionKind, legs: tuple[Leg, ...], *, cause: Cause) -> Transaction:
    return Transaction(
        transaction_id=cause.transaction_id(kind),
        bucket=stripe.bucket,
        kind=kind,
        effective_on=cause.effective_on,
        value_on=cause.value_on,
        legs=legs,
        reference=cause.cause_id,
    )
