"""What must hold in any books, over plain rows: each function says what does not."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from fenqi.core.ledger.account import CHART, Account, AccountKind


class Invariant(StrEnum):
    """What is proved."""

    SEQUENCE_GAPLESS = "sequence_gapless"
    """The legs of a bucket are numbered from 1 to its head."""
    LEGS_BELONG = "legs_belong"
    """Every leg belongs to a transaction that counts it."""
    SUMS_TIE = "sums_tie"
    """Both sides of a bucket's accounts add up to its legs."""
    PAYLOAD_UNCHANGED = "payload_unchanged"
    """A transaction reads as it did when it was posted."""
    HOLD_UNCHANGED = "hold_unchanged"
    """A hold reads as it did, and what ended it agrees with it."""
    PERIOD_RESPECTED = "period_respected"
    """Nothing was posted into a period after it was closed."""
    ACCOUNT_NAMED = "account_named"
    """An account's id, books and floor follow from what it is."""
    BALANCE_CACHED = "balance_cached"
    """An account's posted sums are those of its legs."""
    HOLDS_PENDING = "holds_pending"
    """An account's pending sums are those of its open holds."""
    FLOOR_KEPT = "floor_kept"
    """A floored account is above its floor, unless a forced transaction passed it."""
    BOOKS_OF_LEG = "books_of_leg"
    """A leg and its two accounts are kept in the same books."""
    CLEARING_EMPTY = "clearing_empty"
    """Payout clearing over all buckets is nothing."""
    LOANS_TIE = "loans_tie"
    """A loan's accounts are what its books say."""
    RISK_TIES = "risk_ties"
    """What is set aside, and what is not counted as income, is what the loans of the last graded month ask for."""


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that does not hold."""

    invariant: Invariant
    bucket: int | None
    subject: str
    what: str


@dataclass(frozen=True, kw_only=True)
class BucketRow:
    """A bucket's head beside sums over its rows."""

    bucket: int
    last_seq: int
    leg_count: int
    seq_min: int
    seq_max: int
    legs_minor: int
    transaction_count: int
    counted_legs: int
    account_count: int
    debits_minor: int
    credits_minor: int
    hold_count: int


@dataclass(frozen=True, kw_only=True)
class AccountRow:
    """An account's cached sums beside those of its legs and open holds."""

    bucket: int
    account_id: UUID
    kind: str
    owner: UUID
    currency: str
    is_memo: bool
    floor_minor: int | None
    debits_posted: int
    credits_posted: int
    debits_pending: int
    credits_pending: int
    debits_summed: int
    credits_summed: int
    debits_held: int
    credits_held: int
    was_forced: bool


def bucket_findings(row: BucketRow) -> Iterator[Finding]:
    """What does not hold between a bucket's head, its transactions, its legs and its accounts."""

    def finding(invariant: Invariant, what: str) -> Finding:
        return Finding(invariant=invariant, bucket=row.bucket, subject=f"bucket {row.bucket}", what=what)

    bounds = (1, row.last_seq) if row.last_seq else (0, 0)
    if row.leg_count != row.last_seq or (row.seq_min, row.seq_max) != bounds:
        numbered = f"{row.leg_count} legs from {row.seq_min} to {row.seq_max}"
        yield finding(Invariant.SEQUENCE_GAPLESS, f"the head says {row.last_seq}, there are {numbered}")
    if row.counted_legs != row.leg_count:
        yield finding(Invariant.LEGS_BELONG, f"transactions count {row.counted_legs} legs, there are {row.leg_count}")
    if not row.debits_minor == row.credits_minor == row.legs_minor:
        what = f"debits {row.debits_minor}, credits {row.credits_minor}, legs {row.legs_minor}"
        yield finding(Invariant.SUMS_TIE, what)


def account_findings(row: AccountRow) -> Iterator[Finding]:
    """What does not hold for one account."""

    def finding(invariant: Invariant, what: str) -> Finding:
        return Finding(invariant=invariant, bucket=row.bucket, subject=f"{row.kind} {row.account_id}", what=what)

    kind = AccountKind(row.kind)
    named = Account(kind, row.owner, row.currency, row.bucket)
    if (named.account_id, named.floor_minor, CHART[kind].is_memo) != (row.account_id, row.floor_minor, row.is_memo):
        yield finding(Invariant.ACCOUNT_NAMED, "its id, books or floor do not follow from what it is")
    posted, summed = (row.debits_posted, row.credits_posted), (row.debits_summed, row.credits_summed)
    if posted != summed:
        yield finding(Invariant.BALANCE_CACHED, f"debits and credits {posted}, by its legs {summed}")
    pending, held = (row.debits_pending, row.credits_pending), (row.debits_held, row.credits_held)
    if pending != held:
        yield finding(Invariant.HOLDS_PENDING, f"pending {pending}, by its open holds {held}")
    available = row.credits_posted - row.debits_posted - row.debits_pending
    if row.floor_minor is not None and available < row.floor_minor and not row.was_forced:
        yield finding(Invariant.FLOOR_KEPT, f"{available} is below its floor of {row.floor_minor}")


def clearing_findings(rows: Iterable[AccountRow]) -> Iterator[Finding]:
    """What is left between buckets."""
    left: dict[str, int] = {}
    for row in rows:
        if row.kind == AccountKind.PAYOUT_CLEARING:
            left[row.currency] = left.get(row.currency, 0) + row.debits_posted - row.credits_posted
    for currency, minor in sorted(left.items()):
        if minor:
            what = f"{minor} {currency} is left between buckets"
            yield Finding(invariant=Invariant.CLEARING_EMPTY, bucket=None, subject="payout_clearing", what=what)
