"""Accounts, transactions and holds that the tests of the ledger share."""

from datetime import UTC, date, datetime, timedelta
from uuid import NAMESPACE_URL, UUID, uuid5

from fenqi.core.ledger.account import NOBODY, Account, AccountKind, bucket_of
from fenqi.core.ledger.entry import Leg, Transaction, TransactionKind
from fenqi.core.ledger.hold import Hold

AT = datetime(2026, 3, 1, 4, 0, tzinfo=UTC)
LATER = AT + timedelta(days=7)
DAY = date(2026, 3, 1)


def identity(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, name)


def owned(kind: AccountKind, owner: str, *, bucket: int = 7, currency: str = "CNY") -> Account:
    return Account(kind, identity(owner) if owner else NOBODY, currency, bucket)


def line(customer: str = "Li", *, bucket: int = 7) -> Account:
    return owned(AccountKind.CREDIT_LINE, customer, bucket=bucket)


def drawn(customer: str = "Li", *, bucket: int = 7) -> Account:
    return owned(AccountKind.CREDIT_LINE_DRAWN, customer, bucket=bucket)


def granted(customer: str = "Li", *, bucket: int = 7) -> Account:
    return owned(AccountKind.CREDIT_LINE_GRANTED, customer, bucket=bucket)


def principal(loan: str = "phone", *, bucket: int = 7) -> Account:
    return owned(AccountKind.LOAN_PRINCIPAL, loan, bucket=bucket)


def payable(merchant: str = "shop", *, bucket: int = 7) -> Account:
    return owned(AccountKind.MERCHANT_PAYABLE, merchant, bucket=bucket)


def cash(*, bucket: int = 7) -> Account:
    return owned(AccountKind.BANK_CASH, "", bucket=bucket)


def bucket(customer: str) -> int:
    return bucket_of(identity(customer))


def transaction(name: str, *legs: Leg, kind: TransactionKind = TransactionKind.DRAW_DOWN, **fields) -> Transaction:
    details = {"effective_on": DAY, "value_on": DAY} | fields
    return Transaction(identity(name), legs[0].debit.bucket, kind, legs=legs, **details)


def grant(name: str, amount_minor: int, customer: str = "Li", *, bucket: int = 7, **fields) -> Transaction:
    leg = Leg(granted(customer, bucket=bucket), line(customer, bucket=bucket), amount_minor)
    return transaction(name, leg, kind=TransactionKind.SET_LIMIT, **fields)


def draw(name: str, amount_minor: int, customer: str = "Li", *, bucket: int = 7, **fields) -> Transaction:
    leg = Leg(line(customer, bucket=bucket), drawn(customer, bucket=bucket), amount_minor)
    lent = Leg(principal(name, bucket=bucket), payable(bucket=bucket), amount_minor)
    return transaction(name, leg, lent, **fields)


def repay(name: str, amount_minor: int, customer: str = "Li", *, bucket: int = 7, **fields) -> Transaction:
    leg = Leg(drawn(customer, bucket=bucket), line(customer, bucket=bucket), amount_minor)
    return transaction(name, leg, kind=TransactionKind.REPAY, **fields)


def hold_of(name: str, amount_minor: int, customer: str = "Li", *, bucket: int = 7, expires_at=LATER) -> Hold:
    leg = Leg(line(customer, bucket=bucket), drawn(customer, bucket=bucket), amount_minor)
    return Hold(identity(name), leg, expires_at)
