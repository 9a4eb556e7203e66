"""Whose accounts a loan touches, and where and when its postings belong."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from types import MappingProxyType
from uuid import UUID, uuid5

from fenqi.core.ledger.account import NOBODY, Account, AccountKind, bucket_of
from fenqi.core.ledger.entry import Leg, Transaction, TransactionKind
from fenqi.core.loan.component import Component


@dataclass(frozen=True, kw_only=True)
class Party:
    """The people of one loan.

    `subsidy_payer_id` is the merchant itself or a brand; None where nobody pays in the borrower's place.
    """

    loan_id: UUID
    customer_id: UUID
    merchant_id: UUID
    currency: str
    subsidy_payer_id: UUID | None = None

    @cached_property
    def bucket(self) -> int:
        """Everything of a loan lives in the customer's bucket."""
        return bucket_of(self.customer_id)

    def of_loan(self, kind: AccountKind) -> Account:
        """An account of the loan's own."""
        return Account(kind, self.loan_id, self.currency, self.bucket)

    def of_customer(self, kind: AccountKind) -> Account:
        """An account of the customer."""
        return Account(kind, self.customer_id, self.currency, self.bucket)

    def of_lender(self, kind: AccountKind) -> Account:
        """The bucket's stripe of an account of the lender."""
        return Account(kind, NOBODY, self.currency, self.bucket)

    @property
    def merchant_payable(self) -> Account:
        """The bucket's stripe of what the merchant is to be paid."""
        return Account(AccountKind.MERCHANT_PAYABLE, self.merchant_id, self.currency, self.bucket)

    @property
    def subsidy_source(self) -> Account:
        """Where a subsidy comes from: the merchant's own money is netted, a brand owes it."""
        if self.subsidy_payer_id in (None, self.merchant_id):
            return self.merchant_payable
        return Account(AccountKind.SUBSIDY_RECEIVABLE, self.subsidy_payer_id, self.currency, self.bucket)

    def receivable(self, component: Component) -> Account:
        """Where the loan's books keep what is owed of a component."""
        return self.of_loan(_RECEIVABLE[component])


@dataclass(frozen=True, kw_only=True)
class Cause:
    """What a posting follows from.

    `cause_id` is the id of the event or job: with the kind of transaction it makes the transaction's id, so the same
    cause is never posted twice. `effective_on` is the day in the accounts, `value_on` the day of the event.
    """

    cause_id: UUID
    effective_on: date
    value_on: date

    def transaction_id(self, kind: TransactionKind) -> UUID:
        """The id of the one transaction of a kind that follows from this."""
        return uuid5(self.cause_id, kind.value)


_RECEIVABLE = MappingProxyType(
    {
        Component.PRINCIPAL: AccountKind.LOAN_PRINCIPAL,
        Component.INTEREST: AccountKind.INTEREST_RECEIVABLE,
        Component.FEE: AccountKind.FEE_RECEIVABLE,
        Component.PENALTY: AccountKind.PENALTY_RECEIVABLE,
    }
)


def legs_moving(debit: Account, credit: Account, amount_minor: int) -> tuple[Leg, ...]:
    """The leg that moves a signed amount: the other way round if it is negative, none if it is nothing."""
    if amount_minor > 0:
        return (Leg(debit, credit, amount_minor),)
    return (Leg(credit, debit, -amount_minor),) if amount_minor else ()


def fact(
    party: Party,
    kind: TransactionKind,
    legs: tuple[Leg, ...],
    *,
    cause: Cause,
    captures: UUID | None = None,
    is_forced: bool = True,
    note: str = "",
) -> Transaction | None:
    """The transaction that records what happened to a loan, or None where nothing moved."""
    if not legs:
        return None
    return Transaction(
        transaction_id=cause.transaction_id(kind),
        bucket=party.bucket,
        kind=kind,
        effective_on=cause.effective_on,
        value_on=cause.value_on,
        legs=legs,
        loan_id=party.loan_id,
        reference=cause.cause_id,
        captures=captures,
        is_forced=is_forced,
        note=note,
    )
