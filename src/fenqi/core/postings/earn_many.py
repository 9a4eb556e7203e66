"""What a day earns of many loans, in columns: the same transactions as `accrue` and `subsidise` make one by one."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha1, sha256
from itertools import groupby
from operator import itemgetter
from typing import NamedTuple

from fenqi.core.ledger.account import ACCOUNT_NAMESPACE, CHART, NOBODY, Account, AccountKind
from fenqi.core.ledger.entry import NUMBER_OF_KIND, TransactionKind

_PAIRS = (
    (AccountKind.INTEREST_RECEIVABLE, AccountKind.INTEREST_INCOME),
    (AccountKind.FEE_RECEIVABLE, AccountKind.FEE_INCOME),
    (AccountKind.PENALTY_RECEIVABLE, AccountKind.PENALTY_INCOME),
    (AccountKind.UNEARNED_SUBSIDY, AccountKind.SUBSIDY_INCOME),
)
"""Of each amount of `EarnedOf` the loan's own account and the lender's."""
_OWN_NUMBERS = tuple(CHART[own].number for own, _ in _PAIRS)
_OWN_NAMES = tuple(ACCOUNT_NAMESPACE.bytes + f"{own}/".encode() for own, _ in _PAIRS)
_ACCRUE, _SUBSIDISE = (
    (kind.value.encode(), NUMBER_OF_KIND[kind]) for kind in (TransactionKind.ACCRUE, TransactionKind.SUBSIDISE)
)


class EarnedOf(NamedTuple):
    """What one loan earned on a day; its id is in bytes. Units: minor units; what is below nothing is taken back."""

    b: int
    loan_id: bytes
    currency: str
    interest_minor: int
    fee_minor: int
    penalty_minor: int = 0
    subsidy_minor: int = 0


@dataclass(frozen=True, slots=True)
class EarnedDay:
    """What a day writes into the books, bucket after bucket; accounts also in the order of their ids.

    A place is that of a leg among the new ones of its bucket, from 1; a slot that of a bucket in `lane`, from 1.

    Shapes: transactions are (bucket, slot, place, leg count, kind, id, hash, loan, reference); accounts (bucket, id,
    kind, owner, ledger, debit, credit); legs (bucket, slot, place, place of the first, debit, credit, minor, ledger).
    """

    lane: list[int]
    leg_counts: list[int]
    transactions: list[tuple[int, int, int, int, int, bytes, bytes, bytes, bytes]]
    accounts: list[tuple[int, bytes, int, bytes, int, int, int]]
    legs: list[tuple[int, int, int, int, bytes, bytes, int, int]]


def earn_many(loans: Iterable[EarnedOf], *, day: date) -> EarnedDay:
    """The transactions of a day on which nothing happened to many loans but that time passed.

    They are those of `post_difference`, whose other postings have nothing to record; loans that earned nothing have
    none.
    """
    writer = _Writer(day)
    for b, of_bucket in groupby(sorted(loans, key=itemgetter(0)), key=itemgetter(0)):
        writer.add_bucket(b, of_bucket)
    return writer.made


class _Income(NamedTuple):
    account: Account
    account_id: bytes
    text: str
    ledger: int
    suffix: str
    amounts: list[int]


class _Writer:
    def __init__(self, day: date) -> None:
        self.made = EarnedDay([], [], [], [], [])
        self._day = f"{day}|{day}"
        self._cause = f"close:{day.isoformat()}".encode()
        self._b, self._slot, self._place = 0, 1, 0
        self._incomes: dict[tuple[int, str], _Income] = {}
        self._own: list[tuple[int, bytes, int, bytes, int, int, int]] = []

    def add_bucket(self, b: int, loans: Iterable[EarnedOf]) -> None:
        """Write what the loans of a bucket earned."""
        self._b, self._slot, self._place = b, len(self.made.lane) + 1, 0
        self._incomes, self._own = {}, []
        for loan in loans:
            self._add(loan)
        if self._place:
            self.made.lane.append(b)
            self.made.leg_counts.append(self._place)
            self.made.accounts.extend(sorted([*self._own, *map(self._moved, self._incomes.values())]))

    def _add(self, loan: EarnedOf) -> None:
        """The subsidy comes first, as among the postings of a difference."""
        _, loan_id, currency, *accrued, subsidy = loan
        reference, owner = named_id(loan_id + self._cause), uuid_text(loan_id)
        if subsidy:
            legs = [self._leg(loan_id, owner, currency, 3, subsidy, self._place + 1)]
            self._transaction(loan_id, owner, reference, _SUBSIDISE, legs)
        first = self._place + 1
        legs = [self._leg(loan_id, owner, currency, pair, minor, first) for pair, minor in enumerate(accrued) if minor]
        if legs:
            self._transaction(loan_id, owner, reference, _ACCRUE, legs)

    def _transaction(
        self, loan_id: bytes, owner: str, reference: bytes, kind: tuple[bytes, int], legs: list[str]
    ) -> None:
        (name, number), count = kind, len(legs)
        heading = f"{self._b}|{number}|{self._day}|{owner}|{uuid_text(reference)}||1|{count}\n"
        digest = sha256((heading + "".join(legs)).encode()).digest()[:16]
        place, identity = self._place - count + 1, named_id(reference + name)
        self.made.transactions.append((self._b, self._slot, place, count, number, identity, digest, loan_id, reference))

    def _leg(self, loan_id: bytes, owner: str, currency: str, pair: int, minor: int, first: int) -> str:
        """Write a leg, the other way round if something is taken back; the line of it in the transaction's content."""
        income = self._incomes.get((pair, currency)) or self._income(pair, currency)
        _, theirs, text, ledger, suffix, amounts = income
        own = named_id(_OWN_NAMES[pair] + (owner + suffix).encode())
        amounts.append(minor)
        self._place += 1
        if minor > 0:
            self._own.append((self._b, own, _OWN_NUMBERS[pair], loan_id, ledger, minor, 0))
            self.made.legs.append((self._b, self._slot, self._place, first, own, theirs, minor, ledger))
            return f"{uuid_text(own)}|{text}|{minor}|{ledger}\n"
        self._own.append((self._b, own, _OWN_NUMBERS[pair], loan_id, ledger, 0, -minor))
        self.made.legs.append((self._b, self._slot, self._place, first, theirs, own, -minor, ledger))
        return f"{text}|{uuid_text(own)}|{-minor}|{ledger}\n"

    def _income(self, pair: int, currency: str) -> _Income:
        account = Account(_PAIRS[pair][1], NOBODY, currency, self._b)
        identity, suffix = account.account_id, f"/{currency}/{self._b}"
        income = _Income(account, identity.bytes, str(identity), account.ledger, suffix, [])
        return self._incomes.setdefault((pair, currency), income)

    def _moved(self, income: _Income) -> tuple[int, bytes, int, bytes, int, int, int]:
        credit = sum(minor for minor in income.amounts if minor > 0)
        debit = credit - sum(income.amounts)
        return (
            self._b,
            income.account_id,
            CHART[income.account.kind].number,
            NOBODY.bytes,
            income.ledger,
            debit,
            credit,
        )


def named_id(content: bytes) -> bytes:
    """The id that follows from a name space and a name in it: `uuid5`, from bytes to bytes."""
    digest = bytearray(sha1(content, usedforsecurity=False).digest()[:16])
    digest[6] = digest[6] & 0x0F | 0x50
    digest[8] = digest[8] & 0x3F | 0x80
    return bytes(digest)


def uuid_text(identity: bytes) -> str:
    """An id as it is written."""
    plain = identity.hex()
    return f"{plain[:8]}-{plain[8:12]}-{plain[12:16]}-{plain[16:20]}-{plain[20:]}"
