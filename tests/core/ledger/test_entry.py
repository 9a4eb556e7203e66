"""A leg that cannot be is refused; a payload is known by its hash."""

from dataclasses import replace
from datetime import date
from uuid import UUID

import pytest

from fenqi.core.ledger.account import NOBODY, Account, AccountKind
from fenqi.core.ledger.entry import (
    AccountsDiffer,
    AmountNotPositive,
    BucketDiffers,
    Leg,
    Transaction,
    TransactionEmpty,
    TransactionKind,
)

CASH = Account(AccountKind.BANK_CASH, NOBODY, "CNY", 3)
TRANSIT = Account(AccountKind.CHANNEL_CLEARING, NOBODY, "CNY", 3)
LEG = Leg(CASH, TRANSIT, 100)
TRANSACTION = Transaction(
    UUID(int=1), 3, TransactionKind.CLEAR_CHANNEL, date(2026, 1, 31), date(2026, 1, 30), (LEG,), note="settled"
)


@pytest.mark.parametrize("amount_minor", [0, -1, 10**15 + 1])
def test_refuses_an_amount_that_is_not_positive_or_absurd(amount_minor: int) -> None:
    with pytest.raises(AmountNotPositive):
        Leg(CASH, TRANSIT, amount_minor)


@pytest.mark.parametrize(
    "other",
    [
        replace(TRANSIT, currency="USD"),
        Account(AccountKind.CREDIT_LINE, NOBODY, "CNY", 3),
        CASH,
    ],
)
def test_refuses_two_accounts_that_cannot_meet(other: Account) -> None:
    with pytest.raises(AccountsDiffer):
        Leg(CASH, other, 1)


def test_refuses_a_leg_across_buckets() -> None:
    with pytest.raises(BucketDiffers):
        Leg(CASH, replace(TRANSIT, bucket=4), 1)


def test_refuses_a_leg_outside_the_bucket_of_its_transaction() -> None:
    with pytest.raises(BucketDiffers):
        replace(TRANSACTION, bucket=4)


def test_refuses_a_transaction_that_moves_nothing() -> None:
    with pytest.raises(TransactionEmpty):
        replace(TRANSACTION, legs=())


@pytest.mark.parametrize(
    "change",
    [
        {"kind": TransactionKind.PAY_OUT},
        {"effective_on": date(2026, 2, 1)},
        {"value_on": date(2026, 1, 31)},
        {"legs": (LEG, LEG)},
        {"legs": (Leg(CASH, TRANSIT, 101),)},
        {"legs": (Leg(TRANSIT, CASH, 100),)},
        {"loan_id": UUID(int=2)},
        {"reference": UUID(int=2)},
        {"captures": UUID(int=2)},
        {"is_forced": True},
        {"note": "settled."},
    ],
)
def test_any_other_content_has_another_hash(change: dict) -> None:
    assert replace(TRANSACTION, **change).payload_hash != TRANSACTION.payload_hash


def test_the_id_is_not_part_of_the_payload() -> None:
    assert replace(TRANSACTION, transaction_id=UUID(int=9)).payload_hash == TRANSACTION.payload_hash
