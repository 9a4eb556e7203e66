"""What a day earns of many loans, as columns: the same transactions as `earn` makes one by one."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha1, sha256
from typing import NamedTuple
from uuid import UUID

from fenqi.core.ledger.account import ACCOUNT_NAMESPACE, CHART, NOBODY, Account, AccountKind
from fenqi.core.ledger.entry import NUMBER_OF_KIND, TransactionKind

_VERSION_5 = 0x5 << 76 | 0x2 << 62
_FREE = ~(0xF << 76 | 0x3 << 62)
_ACCRUE = TransactionKind.ACCRUE.value.encode()
_KIND = NUMBER_OF_KIND[TransactionKind.ACCRUE]
_PAIRS = (
    (AccountKind.INTEREST_RECEIVABLE, AccountKind.INTEREST_INCOME),
    (AccountKind.FEE_RECEIVABLE, AccountKind.FEE_INCOME),
    (AccountKind.PENALTY_RECEIVABLE, AccountKind.PENALTY_INCOME),
)


class EarnedOf(NamedTuple):
    """What one loan earned on a day. Units: minor units, none below nothing."""

    b: int
    loan_id: UUID
    currency: str
    interest_minor: int
    fee_minor: int
    penalty_minor: int


@dataclass(slots=True)
class EarnedDay:
    """Transactions, accounts and legs of a day as columns, in the order of their buckets.

    A place is that of a leg among the new ones of its bucket, from 1; a slot that of a bucket in `lane`.
    Shapes: `t_…` (transactions), `a_…` (accounts), `l_…` (legs), `lane` and `leg_counts` (buckets).
    """

    lane: list[int] = field(default_factory=list[int])
    leg_counts: list[int] = field(default_factory=list[int])
    t_bucket: list[int] = field(default_factory=list[int])
    t_slot: list[int] = field(default_factory=list[int])
    t_place: list[int] = field(default_factory=list[int])
    t_leg_count: list[int] = field(default_factory=list[int])
    t_id: list[bytes] = field(default_factory=list[bytes])
    t_hash: list[bytes] = field(default_factory=list[bytes])
    t_loan_id: list[bytes] = field(default_factory=list[bytes])
    t_reference: list[bytes] = field(default_factory=list[bytes])
    a_bucket: list[int] = field(default_factory=list[int])
    a_id: list[bytes] = field(default_factory=list[bytes])
    a_kind: list[int] = field(default_factory=list[int])
    a_owner: list[bytes] = field(default_factory=list[bytes])
    a_ledger: list[int] = field(default_factory=list[int])
    a_debit: list[int] = field(default_factory=list[int])
    a_credit: list[int] = field(default_factory=list[int])
    l_bucket: list[int] = field(default_factory=list[int])
    l_slot: list[int] = field(default_factory=list[int])
    l_place: list[int] = field(default_factory=list[int])
    l_place_from: list[int] = field(default_factory=list[int])
    l_debit: list[bytes] = field(default_factory=list[bytes])
    l_credit: list[bytes] = field(default_factory=list[bytes])
    l_amount_minor: list[int] = field(default_factory=list[int])
    l_ledger: list[int] = field(default_factory=list[int])


def earn_many(loans: Iterable[EarnedOf], *, day: date) -> EarnedDay:
    """The transactions of a day on which nothing happened to many loans but that time passed.

    Loans that earned nothing have none. Within a bucket, accounts are in the order of their ids.
    """
    writer = _Writer(day)
    for loan in sorted(loans, key=_bucket):
        if loan.interest_minor or loan.fee_minor or loan.penalty_minor:
            writer.add(loan)
    writer.end_bucket()
    return writer.made


def _bucket(loan: EarnedOf) -> int:
    return loan.b


class _Income(NamedTuple):
    account: Account
    text: str
    kind: int
    amounts: list[int]


class _Writer:
    def __init__(self, day: date) -> None:
        self.made = EarnedDay()
        self._day = f"{day}|{day}"
        self._cause = f"close:{day.isoformat()}".encode()
        self._namespace = ACCOUNT_NAMESPACE.bytes
        self._incomes: dict[tuple[int, str], _Income] = {}
        self._receivables: list[tuple[bytes, int, bytes, int, int]] = []

    def add(self, loan: EarnedOf) -> None:
        made = self.made
        if not made.lane or made.lane[-1] != loan.b:
            self.end_bucket()
            made.lane.append(loan.b)
            made.leg_counts.append(0)
        place = made.leg_counts[-1] + 1
        owner, owner_id = str(loan.loan_id), loan.loan_id.bytes
        legs = [
            self._leg(loan, number, minor, place, owner, owner_id) for number, minor in enumerate(loan[3:]) if minor
        ]
        reference = named_id(owner_id + self._cause)
        canonical = f"{loan.b}|{_KIND}|{self._day}|{owner}|{_text(reference)}||1|{len(legs)}\n" + "\n".join(legs) + "\n"
        made.t_bucket.append(loan.b)
        made.t_slot.append(len(made.lane))
        made.t_place.append(place)
        made.t_leg_count.append(len(legs))
        made.t_id.append(named_id(reference + _ACCRUE))
        made.t_hash.append(sha256(canonical.encode()).digest()[:16])
        made.t_loan_id.append(owner_id)
        made.t_reference.append(reference)

    def end_bucket(self) -> None:
        """Name the accounts of the bucket, in the order of their ids so that they are moved in it."""
        made = self.made
        incomes = [
            (one.account.account_id.bytes, one.kind, NOBODY.bytes, one.account.ledger, 0, sum(one.amounts))
            for one in self._incomes.values()
        ]
        accounts = sorted([*incomes, *((*receivable, 0) for receivable in self._receivables)])
        for account_id, kind, owner, ledger, debit, credit in accounts:
            made.a_bucket.append(made.lane[-1])
            made.a_id.append(account_id)
            made.a_kind.append(kind)
            made.a_owner.append(owner)
            made.a_ledger.append(ledger)
            made.a_debit.append(debit)
            made.a_credit.append(credit)
        self._incomes.clear()
        self._receivables.clear()

    def _leg(self, loan: EarnedOf, number: int, minor: int, place: int, owner: str, owner_id: bytes) -> str:
        """Write a leg; the line of it in the transaction's content."""
        made, income = self.made, self._income(loan, number)
        kind = _PAIRS[number][0]
        debit = named_id(self._namespace + f"{kind}/{owner}/{loan.currency}/{loan.b}".encode())
        ledger = income.account.ledger
        income.amounts.append(minor)
        self._receivables.append((debit, CHART[kind].number, owner_id, ledger, minor))
        made.leg_counts[-1] += 1
        made.l_bucket.append(loan.b)
        made.l_slot.append(len(made.lane))
        made.l_place.append(made.leg_counts[-1])
        made.l_place_from.append(place)
        made.l_debit.append(debit)
        made.l_credit.append(income.account.account_id.bytes)
        made.l_amount_minor.append(minor)
        made.l_ledger.append(ledger)
        return f"{_text(debit)}|{income.text}|{minor}|{ledger}"

    def _income(self, loan: EarnedOf, number: int) -> _Income:
        key = number, loan.currency
        if key not in self._incomes:
            kind = _PAIRS[number][1]
            account = Account(kind, NOBODY, loan.currency, loan.b)
            self._incomes[key] = _Income(account, str(account.account_id), CHART[kind].number, [])
        return self._incomes[key]


def named_id(content: bytes) -> bytes:
    """The id that follows from a name space and a name in it: `uuid5`, from bytes to bytes."""
    number = int.from_bytes(sha1(content, usedforsecurity=False).digest()[:16], "big")
    return (number & _FREE | _VERSION_5).to_bytes(16, "big")


def _text(identity: bytes) -> str:
    plain = identity.hex()
    return f"{plain[:8]}-{plain[8:12]}-{plain[12:16]}-{plain[16:20]}-{plain[20:]}"
