"""The books as staff read them: accounts, the journal, transactions, the trial balance, closed days."""

from dataclasses import dataclass
from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Depends, Query
from starlette.responses import StreamingResponse

from fenqi.api.csv import table_as_csv
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.listing import Code, ListDay, Paged, Sorted, StaffList, note_file
from fenqi.api.shape.staff_book import AccountLine as AccountShape
from fenqi.api.shape.staff_book import Leg, TrialLine
from fenqi.core.ledger.account import BUCKET_COUNT, CHART, NOBODY, AccountKind, bucket_in
from fenqi.core.refusal import Kind, Refusal
from fenqi.stores import ledger, loan, staff_list, staff_search
from fenqi.stores.ledger import EVERY_BUCKET, JournalLeg, KindSums, Sums
from fenqi.stores.staff_list import AccountLine
from fenqi.wiring import Installation

router = APIRouter(prefix="/staff", tags=["staff"])
Bucket = Annotated[int, Query(ge=0, lt=BUCKET_COUNT)]
OF_KIND = StaffList("accounts", staff_list.ACCOUNTS_OF_KIND, AccountShape)
OF_OWNER = StaffList("accounts", staff_list.ACCOUNTS_OF_OWNER, AccountShape)
JOURNAL = StaffList("legs", staff_list.JOURNAL, Leg, file_name="journal")


class TransactionUnknown(Refusal):
    """No such transaction was posted."""

    code: ClassVar[str] = "transaction_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


@dataclass(frozen=True)
class _Accounts:
    """The accounts of an owner, or without one of a kind."""

    kind: AccountKind | None = None
    owner: UUID | None = None

    @property
    def list(self) -> StaffList[AccountLine]:
        return OF_KIND if self.owner is None else OF_OWNER

    @property
    def wanted(self) -> dict[str, Any]:
        if self.owner is None:
            return {"kind": (self.kind or AccountKind.BANK_CASH).value}
        return {"owner": self.owner, "kind": self.kind and self.kind.value, "lane": [*EVERY_BUCKET]}


@dataclass(frozen=True)
class _Journal:
    """Legs of a bucket, the first that has any, or those of a loan in the loan's own; days on which they count."""

    bucket: Bucket | None = None
    loan_id: UUID | None = None
    kind: Code | None = None
    account: AccountKind | None = None
    from_on: ListDay | None = None
    until_on: ListDay | None = None

    async def wanted(self, installation: Installation) -> dict[str, Any]:
        return {
            "b": await self._bucket(installation) if self.loan_id is None else bucket_in(self.loan_id),
            "loan_id": self.loan_id,
            "kind": self.kind,
            "account": self.account and self.account.value,
            "from_on": self.from_on,
            "until_on": self.until_on,
        }

    async def _bucket(self, installation: Installation) -> int:
        if self.bucket is not None:
            return self.bucket
        async with installation.reading() as connection:
            return await staff_list.first_bucket(connection)


AccountsAsked = Annotated[_Accounts, Depends()]
JournalAsked = Annotated[_Journal, Depends()]


@router.get("/ledger/accounts")
async def list_accounts(
    staff: AskingStaff, installation: Installed, asked: AccountsAsked, paging: Paged
) -> dict[str, Any]:
    """The accounts of an owner, or without one of a kind."""
    return await asked.list.page(installation, asked.wanted, paging, _account_line)


@router.get("/exports/accounts", response_class=StreamingResponse)
async def export_accounts(
    staff: AskingStaff, installation: Installed, asked: AccountsAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every account of an owner or of a kind, as CSV."""
    return await asked.list.file(installation, staff, asked.wanted, sort, _account_line)


@router.get("/ledger/journal")
async def read_journal(
    staff: AskingStaff, installation: Installed, asked: JournalAsked, paging: Paged
) -> dict[str, Any]:
    """The legs of a bucket in the order they were written, unless sorted otherwise."""
    wanted = await asked.wanted(installation)
    return {"bucket": wanted["b"], **await JOURNAL.page(installation, wanted, paging, leg_line)}


@router.get("/exports/journal", response_class=StreamingResponse)
async def export_journal(
    staff: AskingStaff, installation: Installed, asked: JournalAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every leg of a bucket that a filter lets through, as CSV."""
    return await JOURNAL.file(installation, staff, await asked.wanted(installation), sort, leg_line)


@router.get("/ledger/transactions/{transaction_id}")
async def get_transaction(transaction_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """A transaction, leg by leg."""
    async with installation.reading() as connection:
        bucket = await staff_search.bucket_of_transaction(connection, transaction_id=transaction_id)
        if bucket is None:
            raise TransactionUnknown("no such transaction", allowed="an id that the journal names")
        legs = await ledger.legs_of_transaction(connection, bucket=bucket, transaction_id=transaction_id)
    return {
        "transaction_id": str(transaction_id),
        "bucket": bucket,
        "posted_at": legs[0].posted_at.isoformat(),
        "loan_id": None if legs[0].loan_id is None else str(legs[0].loan_id),
        "note": legs[0].note,
        "legs": [leg_line(leg) for leg in legs],
    }


@router.get("/ledger/trial-balance")
async def get_trial_balance(staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """The whole book by kind and currency, with the sums of both sides."""
    async with installation.snapshot() as connection:
        rows = await ledger.trial_balance(connection)
    return {
        "lines": [_kind_line(row) for row in rows],
        "debits_minor": sum(row.debits_posted for row in rows),
        "credits_minor": sum(row.credits_posted for row in rows),
    }


@router.get("/exports/trial-balance", response_class=StreamingResponse)
async def export_trial_balance(staff: AskingStaff, installation: Installed) -> StreamingResponse:
    """The whole book by kind and currency, as CSV."""
    async with installation.snapshot() as connection:
        rows = await ledger.trial_balance(connection)
    await note_file(installation, staff, "trial_balance", {})
    lines = [_kind_line(row) for row in rows]
    return table_as_csv("trial-balance.csv", tuple(TrialLine.model_fields), lines)


@router.get("/days")
async def get_days(staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Up to which day every bucket has closed its days, and which day it is."""
    async with installation.reading() as connection:
        closed = await loan.closed_until(connection, lane=EVERY_BUCKET)
    days = [each.closed_on for each in closed]
    return {
        "today": installation.ports.business.today().isoformat(),
        "closed_through": min(days).isoformat() if len(days) == BUCKET_COUNT else None,
        "closed_bucket_count": sum(day == max(days) for day in days),
        "latest_closed_on": max(days).isoformat() if days else None,
    }


def leg_line(leg: JournalLeg) -> dict[str, Any]:
    """A leg as it reads in the journal."""
    return {
        "bucket": leg.bucket,
        "seq": leg.seq,
        "transaction_id": str(leg.transaction_id),
        "kind": leg.kind,
        "effective_on": leg.effective_on.isoformat(),
        "value_on": leg.value_on.isoformat(),
        "debit": leg.debit_kind,
        "credit": leg.credit_kind,
        "amount_minor": leg.amount_minor,
        "currency": leg.currency,
    }


def _account_line(row: AccountLine) -> dict[str, Any]:
    return _kind_shown(row.kind, row) | {
        "account_id": str(row.account_id),
        "owner": None if row.owner == NOBODY else str(row.owner),
        "bucket": row.bucket,
        "currency": row.currency,
        "debits_pending": row.debits_pending,
        "credits_pending": row.credits_pending,
    }


def _kind_line(row: KindSums) -> dict[str, Any]:
    return _kind_shown(row.kind, row) | {"currency": row.currency}


def _kind_shown(name: str, sums: Sums) -> dict[str, Any]:
    kind = AccountKind(name)
    line = CHART[kind]
    return {
        "kind": name,
        "name_zh": line.name_zh,
        "subject_code": line.subject_code,
        "is_memo": line.is_memo,
        "normal_side": line.normal_side.value,
        "balance_minor": sums.balance_minor(kind),
        "debits_minor": sums.debits_posted,
        "credits_minor": sums.credits_posted,
    }
