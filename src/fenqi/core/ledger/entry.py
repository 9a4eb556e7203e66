"""Transactions and their legs: a leg names both accounts and one amount, so an unbalanced one cannot be written."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from hashlib import sha256
from types import MappingProxyType
from typing import ClassVar
from uuid import UUID

from fenqi.core.ledger.account import Account
from fenqi.core.refusal import Kind, Refusal

AMOUNT_MINOR_MAX = 10**15


class AmountNotPositive(Refusal):
    """A leg moves a positive amount; what goes back is a leg the other way round."""

    code: ClassVar[str] = "ledger_amount_not_positive"


class AccountsDiffer(Refusal):
    """The two accounts of a leg are not kept in the same books, or are one."""

    code: ClassVar[str] = "ledger_accounts_differ"


class BucketDiffers(Refusal):
    """A leg reaches into another bucket."""

    code: ClassVar[str] = "ledger_bucket_differs"


class TransactionEmpty(Refusal):
    """A transaction moves nothing."""

    code: ClassVar[str] = "ledger_transaction_empty"
    kind: ClassVar[Kind] = Kind.BAD_INPUT


class TransactionKind(StrEnum):
    """The event that a transaction records."""

    SET_LIMIT = "set_limit"
    """A customer's limit was granted, raised or lowered."""
    DRAW_DOWN = "draw_down"
    """A loan was paid out to the merchant."""
    ACCRUE = "accrue"
    """Interest, fees or late charges were earned."""
    REPAY = "repay"
    """A borrower paid."""
    REFUND = "refund"
    """A merchant gave money back for goods."""
    RETURN_OVERPAYMENT = "return_overpayment"
    """A borrower got back what was paid too much."""
    FORGIVE = "forgive"
    """A borrower was let off a part."""
    WRITE_OFF = "write_off"
    """A loan was given up as lost."""
    RECOVER = "recover"
    """Money came in for a loan given up before."""
    CHARGE_MERCHANT = "charge_merchant"
    """The merchant's discount was taken, or given back."""
    SUBSIDISE = "subsidise"
    """Somebody paid interest in the borrower's place; it was earned, or went back."""
    SETTLE_MERCHANT = "settle_merchant"
    """What a merchant is owed was gathered from every bucket."""
    PAY_OUT = "pay_out"
    """A merchant was paid."""
    CLEAR_CHANNEL = "clear_channel"
    """Money in transit reached the bank, or left it."""
    SUSPEND = "suspend"
    """Money came whose purpose nobody knows."""
    RELEASE = "release"
    """Its owner was found, or it is on its way back."""
    COMMISSION = "commission"
    """An agency has earned its share of what came in."""
    PROVIDE = "provide"
    """What is set aside for losses was brought to what the loans ask for."""
    STOP_ACCRUING = "stop_accruing"
    """What loans long overdue have earned was taken off income, or counted again."""


NUMBER_OF_KIND: MappingProxyType[TransactionKind, int] = MappingProxyType(
    {kind: number for number, kind in enumerate(TransactionKind, start=1)}
)


@dataclass(frozen=True)
class Leg:
    """One amount from one account to another.

    Raises: AmountNotPositive, AccountsDiffer, BucketDiffers.
    """

    debit: Account
    credit: Account
    amount_minor: int

    def __post_init__(self) -> None:
        if not 0 < self.amount_minor <= AMOUNT_MINOR_MAX:
            raise AmountNotPositive(f"amount {self.amount_minor}", allowed=f"1 to {AMOUNT_MINOR_MAX}")
        if self.debit.ledger != self.credit.ledger or self.debit == self.credit:
            raise AccountsDiffer(
                f"{self.debit.kind} in {self.debit.currency} against {self.credit.kind} in {self.credit.currency}",
                allowed="two accounts of one currency, both of money or both memoranda",
            )
        if self.debit.bucket != self.credit.bucket:
            raise BucketDiffers(
                f"buckets {self.debit.bucket} and {self.credit.bucket}",
                allowed="a leg on each side of a clearing account",
            )

    @property
    def currency(self) -> str:
        """The currency of both accounts."""
        return self.debit.currency


@dataclass(frozen=True)
class Transaction:
    """Legs that are taken or refused as a whole.

    `effective_on` is the day in the accounts, `value_on` the day of the event. `captures` names the hold that the first
    leg draws, between the accounts of the hold. A forced one is posted even where a floor would be passed: it
    records a fact, not a wish.

    Raises: TransactionEmpty, BucketDiffers.
    """

    transaction_id: UUID
    bucket: int
    kind: TransactionKind
    effective_on: date
    value_on: date
    legs: tuple[Leg, ...]
    loan_id: UUID | None = None
    reference: UUID | None = None
    captures: UUID | None = None
    is_forced: bool = False
    note: str = ""

    def __post_init__(self) -> None:
        if not self.legs:
            raise TransactionEmpty(f"{self.kind} without a leg", allowed="one leg or more")
        if any(leg.debit.bucket != self.bucket for leg in self.legs):
            raise BucketDiffers(f"a leg outside bucket {self.bucket}", allowed="one bucket a transaction")

    @cached_property
    def payload_hash(self) -> UUID:
        """128 bits over everything but the id, so that the same id with another content is noticed."""
        return digest_of(self._canonical())

    def _canonical(self) -> str:
        head = (
            self.bucket,
            NUMBER_OF_KIND[self.kind],
            self.effective_on,
            self.value_on,
            self.loan_id or "",
            self.reference or "",
            self.captures or "",
            int(self.is_forced),
            len(self.legs),
        )
        legs = (
            f"{leg.debit.account_id}|{leg.credit.account_id}|{leg.amount_minor}|{leg.debit.ledger}" for leg in self.legs
        )
        return "\n".join(("|".join(map(str, head)), *legs, self.note))


def digest_of(canonical: str) -> UUID:
    """The first 128 bits of SHA-256, in the shape of an id."""
    return UUID(bytes=sha256(canonical.encode()).digest()[:16])
