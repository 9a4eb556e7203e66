"""Prove the books: read every row, bucket by bucket, and say what does not hold."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any
from uuid import UUID

from fenqi.core.ledger.account import BUCKET_COUNT
from fenqi.core.ledger.proof import (
    AccountRow,
    BucketRow,
    Finding,
    Invariant,
    account_findings,
    bucket_findings,
    clearing_findings,
)
from fenqi.core.postings.books import books_from_record, with_earned
from fenqi.core.postings.party import Cause, Party
from fenqi.core.postings.tie_out import tie_out
from fenqi.stores.fetch import Connection, every
from fenqi.stores.packed import Int2s, int2s
from fenqi.stores.query import queries

_SQL = queries("proof")
LANE_SIZE = 32
_OFFENDERS = MappingProxyType(
    {
        "altered_transactions": (Invariant.PAYLOAD_UNCHANGED, "transaction {} was altered, or its legs were"),
        "altered_holds": (Invariant.HOLD_UNCHANGED, "hold {} was altered, or does not agree with its end"),
        "stray_captures": (Invariant.HOLD_UNCHANGED, "transaction {} captures a hold that it did not end"),
        "late_transactions": (Invariant.PERIOD_RESPECTED, "transaction {} was posted into a closed period"),
        "mixed_legs": (Invariant.BOOKS_OF_LEG, "leg {} and its accounts are kept in different books"),
    }
)


@dataclass(frozen=True, kw_only=True)
class VerifyReport:
    """How much was looked at, and everything that does not hold."""

    account_count: int = 0
    leg_count: int = 0
    transaction_count: int = 0
    hold_count: int = 0
    loan_count: int = 0
    findings: tuple[Finding, ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether everything holds."""
        return not self.findings


NOTHING = VerifyReport()
Check = Callable[[Connection], Awaitable[Sequence[Finding]]]
"""A proof that others add: it reads what it needs and says what does not hold."""


@dataclass(frozen=True)
class _Offender:
    bucket: int
    subject: Any


@dataclass(frozen=True)
class _LoanRow:
    bucket: int
    loan_id: UUID
    customer_id: UUID
    merchant_id: UUID
    currency: str
    booked: dict[str, Any]
    booked_on: date
    fallen_interest_minor: int
    fallen_fee_minor: int
    balances: dict[str, int]


async def verify(connection: Connection, checks: Sequence[Check] = ()) -> VerifyReport:
    """Prove every invariant of the books and the tie between loans and ledger, and run the checks given.

    Totals over all buckets are those of one instant only if the connection's transaction is repeatable read.
    """
    buckets: list[BucketRow] = []
    accounts: list[AccountRow] = []
    findings: list[Finding] = []
    loan_count = 0
    for start in range(0, BUCKET_COUNT, LANE_SIZE):
        lane = int2s(range(start, start + LANE_SIZE))
        buckets += await every(connection, BucketRow, _SQL["buckets"], {"lane": lane})
        accounts += await every(connection, AccountRow, _SQL["accounts"], {"lane": lane})
        findings += await _offenders(connection, lane)
        loans = await every(connection, _LoanRow, _SQL["loans"], {"lane": lane})
        findings += [finding for loan in loans for finding in _loan_findings(loan)]
        loan_count += len(loans)
    findings += [finding for row in buckets for finding in bucket_findings(row)]
    findings += [finding for row in accounts for finding in account_findings(row)]
    findings += clearing_findings(accounts)
    for check in checks:
        findings += await check(connection)
    return VerifyReport(
        account_count=len(accounts),
        leg_count=sum(row.leg_count for row in buckets),
        transaction_count=sum(row.transaction_count for row in buckets),
        hold_count=sum(row.hold_count for row in buckets),
        loan_count=loan_count,
        findings=tuple(findings),
    )


async def _offenders(connection: Connection, lane: Int2s) -> list[Finding]:
    findings: list[Finding] = []
    for query, (invariant, what) in _OFFENDERS.items():
        for offender in await every(connection, _Offender, _SQL[query], {"lane": lane}):
            subject = str(offender.subject)
            findings.append(
                Finding(invariant=invariant, bucket=offender.bucket, subject=subject, what=what.format(subject))
            )
    return findings


def _loan_findings(loan: _LoanRow) -> list[Finding]:
    party = Party(
        loan_id=loan.loan_id, customer_id=loan.customer_id, merchant_id=loan.merchant_id, currency=loan.currency
    )
    cause = Cause(cause_id=loan.loan_id, effective_on=loan.booked_on, value_on=loan.booked_on)
    books = with_earned(
        books_from_record(loan.booked), interest_minor=loan.fallen_interest_minor, fee_minor=loan.fallen_fee_minor
    )
    return list(tie_out(party, books, cause=cause, balances=loan.balances))
