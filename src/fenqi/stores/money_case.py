"""Cases about money, the channel's files that were read, and transfers that came without an order."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from fenqi.core.billing.money_case import ClosedHow, MoneyCase, MoneyCaseKind
from fenqi.stores.fetch import Connection, change, every, fields_of, first
from fenqi.stores.listing import Listing, sorts
from fenqi.stores.query import queries

_SQL = queries("money_case")


@dataclass(frozen=True)
class MoneyCaseRow:
    """A case about money as it is kept."""

    b: int
    case_id: UUID
    kind: str
    subject: UUID
    on_day: date
    ours_minor: int | None
    theirs_minor: int | None
    currency: str
    opened_at: datetime
    closed_at: datetime | None
    closed_by: str | None
    closed_how: str | None
    closed_text: str | None


@dataclass(frozen=True)
class SettlementFile:
    """A file of the channel that was read, and what it came to."""

    b: int
    file_sha256: str
    channel: str
    settled_on: date
    line_count: int
    matched_count: int
    concluded_count: int
    break_count: int
    cleared_minor: int
    is_stand_in: bool
    read_at: datetime


@dataclass(frozen=True)
class Transfer:
    """Money that came to the bank without an order of ours."""

    b: int
    transfer_id: UUID
    way: str
    bank_reference: str
    payer: str
    remark: str
    amount_minor: int
    currency: str
    received_on: date
    state: str
    customer_id: UUID | None
    recorded_by: str
    recorded_at: datetime


CASES = Listing(
    row=MoneyCaseRow,
    query=_SQL["page"],
    key="case_id",
    sorts=sorts("opened_at", "on_day", "ours_minor", "theirs_minor", "closed_at"),
    usual="-opened_at",
)
FILES = Listing(
    row=SettlementFile,
    query=_SQL["files"],
    key="file_sha256",
    sorts=sorts("settled_on", "line_count", "break_count", "cleared_minor", "read_at"),
    usual="-settled_on",
)


async def add(connection: Connection, case: MoneyCase) -> bool:
    """Open a case; False if one of its kind is open about the same thing."""
    return await change(connection, _SQL["add"], _fields(case)) == 1


async def save(connection: Connection, case: MoneyCase) -> None:
    """What has become of a case."""
    await change(connection, _SQL["save"], _fields(case))


async def lock(connection: Connection, *, b: int, case_id: UUID) -> MoneyCase | None:
    """One case, held until the transaction ends."""
    row = await first(connection, MoneyCaseRow, _SQL["lock"], {"b": b, "case_id": case_id})
    return None if row is None else case_of(row)


async def lock_open_of(connection: Connection, *, b: int, subject: UUID) -> tuple[MoneyCase, ...]:
    """The open cases about an order or a transfer, held until the transaction ends."""
    rows = await every(connection, MoneyCaseRow, _SQL["lock_open_of"], {"b": b, "subject": subject})
    return tuple(case_of(row) for row in rows)


async def add_file(connection: Connection, file: SettlementFile) -> bool:
    """Remember a file; False if it was read before."""
    return await change(connection, _SQL["add_file"], fields_of(file)) == 1


async def file(connection: Connection, *, b: int, file_sha256: str) -> SettlementFile | None:
    """A file that was read."""
    return await first(connection, SettlementFile, _SQL["file"], {"b": b, "file_sha256": file_sha256})


async def add_transfer(connection: Connection, transfer: Transfer) -> bool:
    """Write a transfer down; False if the bank's reference is known."""
    return await change(connection, _SQL["add_transfer"], fields_of(transfer)) == 1


async def lock_transfer(connection: Connection, *, b: int, transfer_id: UUID) -> Transfer | None:
    """One transfer, held until the transaction ends."""
    return await first(connection, Transfer, _SQL["lock_transfer"], {"b": b, "transfer_id": transfer_id})


async def save_transfer(connection: Connection, transfer: Transfer) -> None:
    """What has become of a transfer."""
    await change(connection, _SQL["save_transfer"], fields_of(transfer))


def _fields(case: MoneyCase) -> dict[str, Any]:
    how = case.closed_how and case.closed_how.value
    return fields_of(case) | {"kind": case.kind.value, "closed_how": how}


def case_of(row: MoneyCaseRow) -> MoneyCase:
    """The case that a row keeps."""
    how = ClosedHow(row.closed_how) if row.closed_how else None
    typed: dict[str, Any] = {"kind": MoneyCaseKind(row.kind), "closed_how": how}
    return MoneyCase(**(fields_of(row) | typed))
