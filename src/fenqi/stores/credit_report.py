"""What a credit bureau is told of loans: the records of months, who was told before, and the files that went."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fenqi.core.ledger.account import bucket_in
from fenqi.core.loan.classification import Category
from fenqi.core.loan.credit_record import AccountState, CreditRecord, LoanMonth
from fenqi.core.loan.state import Status
from fenqi.stores.fetch import Connection, Nothing, Statement, change, every, fields_of, first, together
from fenqi.stores.listing import Listing, sorts
from fenqi.stores.packed import dates, int2s, int4s, uuids
from fenqi.stores.query import queries

_SQL = queries("credit_report")
_WRITES_AT_ONCE = 1_000


@dataclass(frozen=True)
class UnmadeMonth:
    """A month that a bucket has graded and of which it has no records yet."""

    b: int
    month_on: date


@dataclass(frozen=True)
class _MonthRow:
    loan_id: UUID
    customer_id: UUID
    month_on: date
    drawn_on: date
    currency: str
    status: str
    days_past_due: int
    credit_minor: int
    balance_minor: int
    category: str | None


@dataclass(frozen=True)
class GradedMonth:
    """A loan at a month's end, and the category it was graded with, if it was."""

    month: LoanMonth
    category: Category | None


@dataclass(frozen=True)
class _RecordRow:
    loan_id: UUID
    customer_id: UUID
    month_on: date
    version: int
    currency: str
    account_state: str
    repayment: str
    category: str
    credit_minor: int
    balance_minor: int
    overdue_minor: int
    overdue_count: int
    overdue_31_minor: int
    overdue_61_minor: int
    overdue_91_minor: int
    overdue_181_minor: int
    since_on: date | None


@dataclass(frozen=True, kw_only=True)
class CreditLine:
    """A record as the lists show it: why it was made, and whether it went.

    Units: minor.
    """

    record_key: str
    b: int
    loan_id: UUID
    customer_id: UUID
    month_on: date
    version: int
    currency: str
    account_state: str
    repayment: str
    category: str
    credit_minor: int
    balance_minor: int
    overdue_minor: int
    overdue_count: int
    overdue_31_minor: int
    overdue_61_minor: int
    overdue_91_minor: int
    overdue_181_minor: int
    since_on: date | None
    why: str
    made_by: str
    made_at: datetime
    file_id: UUID | None
    sent_at: datetime | None
    told_at: datetime | None
    rejected_why: str | None


@dataclass(frozen=True)
class LateLoan:
    """A loan whose borrower has not been told yet that lateness will be reported."""

    b: int
    loan_id: UUID
    customer_id: UUID
    since_on: date


@dataclass(frozen=True)
class Made:
    """Why a record was made, by whom and when."""

    why: str
    by: str
    at: datetime


@dataclass(frozen=True)
class StoredFile:
    """A file for the bureau; `made` until the bureau has taken or rejected it."""

    file_id: UUID
    made_on: date
    record_count: int
    content_hash: str
    bureau: str
    is_stand_in: bool
    state: str
    reference: str | None
    made_at: datetime
    sent_at: datetime | None
    rejected_at: datetime | None
    rejected_why: str | None


@dataclass(frozen=True)
class SealedPerson:
    """Whom a record is about, sealed."""

    b: int
    customer_id: UUID
    name_sealed: bytes | None
    id_number_sealed: bytes | None


@dataclass(frozen=True)
class _Rejected:
    is_rejected: bool


@dataclass(frozen=True)
class RejectedRecord:
    """A version of a record that the bureau did not take, and what it said."""

    loan_id: UUID
    month_on: date
    version: int
    why: str


@dataclass(frozen=True)
class _Counted:
    file_count: int


RECORDS = Listing(
    row=CreditLine,
    query=_SQL["listed"],
    key="record_key",
    sorts=sorts("month_on", "overdue_minor", "made_at"),
    usual="-month_on",
)
FILES = Listing(row=StoredFile, query=_SQL["files"], key="file_id", sorts=sorts("made_at"), usual="-made_at")


async def to_make(connection: Connection, *, lane: Sequence[int]) -> tuple[UnmadeMonth, ...]:
    """The months that are graded and have no records, oldest first."""
    return await every(connection, UnmadeMonth, _SQL["to_make"], {"lane": int2s(lane)})


async def months(
    connection: Connection, *, b: int, month_on: date, loan_id: UUID | None = None
) -> tuple[GradedMonth, ...]:
    """The loans of a bucket at a month's end, or one of them."""
    parameters = {"b": b, "month_on": month_on, "loan_id": loan_id}
    rows = await every(connection, _MonthRow, _SQL["months"], parameters)
    return tuple(_graded(row) for row in rows)


async def close_month(connection: Connection, *, b: int, month_on: date, record_count: int, made_at: datetime) -> bool:
    """Mark a month's records as made; False if they were."""
    parameters = {"b": b, "month_on": month_on, "record_count": record_count, "made_at": made_at}
    return await change(connection, _SQL["close_month"], parameters) == 1


async def add_records(connection: Connection, records: Sequence[CreditRecord], *, b: int, made: Made) -> None:
    """New records, or further versions of some; they wait to go, in the place of versions that have not gone."""
    writes = [write for record in records for write in _to_add(record, b=b, made=made)]
    for start in range(0, len(writes), _WRITES_AT_ONCE):
        await together(connection, *writes[start : start + _WRITES_AT_ONCE])


async def latest(connection: Connection, *, b: int, loan_id: UUID, month_on: date) -> CreditRecord | None:
    """The last version of a loan's record for a month."""
    row = await first(connection, _RecordRow, _SQL["latest"], {"b": b, "loan_id": loan_id, "month_on": month_on})
    return row and record_of(row)


async def to_foretell(connection: Connection, *, lane: Sequence[int], late_before: date) -> tuple[LateLoan, ...]:
    """Loans past due whose borrower has not been told since."""
    return await every(connection, LateLoan, _SQL["to_foretell"], {"lane": int2s(lane), "late_before": late_before})


async def add_notice(connection: Connection, late: LateLoan, *, notice_id: UUID, planned_at: datetime) -> bool:
    """Keep that a borrower is told; False if they were."""
    parameters = fields_of(late) | {"notice_id": notice_id, "planned_at": planned_at}
    return await change(connection, _SQL["add_notice"], parameters) == 1


async def to_send(connection: Connection, *, told_before: datetime, limit: int) -> tuple[tuple[int, CreditRecord], ...]:
    """Records that no file has and that may go, by bucket: adverse ones only if their borrower was told in time."""
    rows = await every(connection, _Placed, _SQL["to_send"], {"told_before": told_before, "limit": limit})
    return tuple((row.b, record_of(row)) for row in rows)


async def add_file(connection: Connection, file: StoredFile, records: Sequence[tuple[int, CreditRecord]]) -> bool:
    """Write a file down with its records; False if somebody else has."""
    if not await change(connection, _SQL["add_file"], fields_of(file)):
        return False
    parameters = {
        "file_id": file.file_id,
        "bs": int2s([b for b, _ in records]),
        "loan_ids": uuids([record.loan_id for _, record in records]),
        "months": dates([record.month_on for _, record in records]),
        "versions": int4s([record.version for _, record in records]),
    }
    await change(connection, _SQL["add_lines"], parameters)
    await change(connection, _SQL["wait_no_more"], parameters)
    return True


async def files_of_day(connection: Connection, *, made_on: date) -> int:
    """How many files of a day there are."""
    (counted,) = await every(connection, _Counted, _SQL["files_of_day"], {"made_on": made_on})
    return counted.file_count


async def unsent(connection: Connection) -> tuple[StoredFile, ...]:
    """Files that were written down and whose end nobody knows, oldest first."""
    return await every(connection, StoredFile, _SQL["unsent"], {})


async def mark_sent(connection: Connection, file: StoredFile, *, reference: str, sent_at: datetime) -> bool:
    """Keep that the bureau has a file; False if its answer was kept."""
    parameters = {"file_id": file.file_id, "reference": reference, "sent_at": sent_at}
    return await change(connection, _SQL["sent"], parameters) == 1


async def mark_rejected(connection: Connection, file: StoredFile, *, reference: str, why: str, at: datetime) -> None:
    """Keep that the bureau rejected a file, and what it said."""
    parameters = {"file_id": file.file_id, "reference": reference, "why": why, "rejected_at": at}
    await change(connection, _SQL["rejected"], parameters)


async def add_rejections(connection: Connection, lines: Sequence[RejectedRecord], *, at: datetime) -> None:
    """Keep which records of a file the bureau did not take, and why."""
    for line in lines:
        parameters = fields_of(line) | {"b": bucket_in(line.loan_id), "rejected_at": at}
        await change(connection, _SQL["add_rejection"], parameters)


async def is_rejected(connection: Connection, record: CreditRecord, *, b: int) -> bool:
    """Whether the bureau rejected a version of a record, alone or with its file."""
    key = {"b": b, "loan_id": record.loan_id, "month_on": record.month_on, "version": record.version}
    (found,) = await every(connection, _Rejected, _SQL["is_rejected"], key)
    return found.is_rejected


async def lock_file(connection: Connection, *, file_id: UUID) -> StoredFile | None:
    """One file, held until the transaction ends."""
    return await first(connection, StoredFile, _SQL["lock_file"], {"file_id": file_id})


async def latest_of_file(connection: Connection, *, file_id: UUID) -> tuple[tuple[int, CreditRecord], ...]:
    """The records of a file that have no later version, by bucket."""
    rows = await every(connection, _Placed, _SQL["latest_of_file"], {"file_id": file_id})
    return tuple((row.b, record_of(row)) for row in rows)


async def lines_of(connection: Connection, *, file_id: UUID) -> tuple[tuple[int, CreditRecord], ...]:
    """The records of a file, by bucket, in their order in it."""
    rows = await every(connection, _Placed, _SQL["lines_of"], {"file_id": file_id})
    return tuple((row.b, record_of(row)) for row in rows)


async def persons(connection: Connection, records: Iterable[tuple[int, CreditRecord]]) -> dict[UUID, SealedPerson]:
    """Whom records are about, by customer."""
    placed = {record.customer_id: b for b, record in records}
    parameters = {"bs": int2s(sorted(set(placed.values()))), "customer_ids": uuids(list(placed))}
    found = await every(connection, SealedPerson, _SQL["persons"], parameters)
    return {person.customer_id: person for person in found}


async def of_customer(connection: Connection, *, b: int, customer_id: UUID, limit: int) -> tuple[CreditLine, ...]:
    """What was, or will be, told of a customer's loans, newest first."""
    parameters = {"b": b, "customer_id": customer_id, "limit": limit}
    return await every(connection, CreditLine, _SQL["of_customer"], parameters)


def record_of(row: _RecordRow | CreditLine) -> CreditRecord:
    """The record that a row keeps."""
    kept = {name: value for name, value in fields_of(row).items() if name in CreditRecord.__dataclass_fields__}
    typed: dict[str, Any] = {
        "account_state": AccountState(row.account_state),
        "category": Category(row.category),
    }
    return CreditRecord(**(kept | typed))


@dataclass(frozen=True)
class _Placed(_RecordRow):
    b: int


def _to_add(record: CreditRecord, *, b: int, made: Made) -> tuple[Statement[Nothing], Statement[Nothing]]:
    typed = {"account_state": record.account_state.value, "category": record.category.value, "b": b}
    reason = {"why": made.why, "made_by": made.by, "made_at": made.at}
    key = {"b": b, "loan_id": record.loan_id, "month_on": record.month_on, "version": record.version}
    return (
        Statement(Nothing, _SQL["add_record"], fields_of(record) | typed | reason),
        Statement(Nothing, _SQL["wait"], key),
    )


def _graded(row: _MonthRow) -> GradedMonth:
    month = LoanMonth(
        loan_id=row.loan_id,
        customer_id=row.customer_id,
        month_on=row.month_on,
        drawn_on=row.drawn_on,
        currency=row.currency,
        status=Status(row.status),
        days_past_due=row.days_past_due,
        credit_minor=row.credit_minor,
        balance_minor=row.balance_minor,
    )
    return GradedMonth(month, Category(row.category) if row.category else None)
