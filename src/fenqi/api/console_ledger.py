"""The books as staff read them: accounts, the journal, transactions, the trial balance, closed days."""

from typing import Annotated, Any, ClassVar
from uuid import UUID

from fastapi import APIRouter, Query

from fenqi.api.console_list import Limit
from fenqi.api.edge import AskingStaff, Installed
from fenqi.core.ledger.account import BUCKET_COUNT, CHART, NOBODY, AccountKind
from fenqi.core.refusal import Kind, Refusal
from fenqi.stores import ledger, loan, staff_list, staff_search
from fenqi.stores.ledger import EVERY_BUCKET, JournalLeg, KindSums, OwnedAccount, Sums

router = APIRouter(prefix="/staff", tags=["staff"])
Bucket = Annotated[int, Query(ge=0, lt=BUCKET_COUNT)]


class TransactionUnknown(Refusal):
    """No such transaction was posted."""

    code: ClassVar[str] = "transaction_unknown"
    kind: ClassVar[Kind] = Kind.UNKNOWN


@router.get("/ledger/accounts")
async def list_accounts(
    staff: AskingStaff,
    installation: Installed,
    kind: AccountKind = AccountKind.BANK_CASH,
    owner: UUID | None = None,
    after_id: UUID = NOBODY,
    limit: Limit = 50,
) -> dict[str, Any]:
    """The accounts of an owner, or without one of a kind."""
    async with installation.reading() as connection:
        if owner is None:
            rows = await staff_list.accounts_of_kind(connection, kind=kind.value, after_id=after_id, limit=limit)
        else:
            rows = await staff_list.accounts_of_owner(connection, owner=owner, after_id=after_id, limit=limit)
    following = {"after_id": str(rows[-1].account_id)} if len(rows) == limit else None
    return {"accounts": [_account_line(row) for row in rows], "next": following}


@router.get("/ledger/journal")
async def read_journal(
    staff: AskingStaff,
    installation: Installed,
    bucket: Bucket = 0,
    after_seq: Annotated[int, Query(ge=0)] = 0,
    limit: Limit = 50,
) -> dict[str, Any]:
    """The legs of a bucket in the order they were written."""
    async with installation.reading() as connection:
        legs = await ledger.journal(connection, bucket=bucket, after_seq=after_seq, limit=limit)
    following = {"after_seq": legs[-1].seq} if len(legs) == limit else None
    return {"bucket": bucket, "legs": [leg_line(leg) for leg in legs], "next": following}


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


def _account_line(row: OwnedAccount) -> dict[str, Any]:
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
