"""Reconciliation: the channel's files, cases about money, and transfers that came without an order."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.responses import StreamingResponse

from fenqi.api.body import Body
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.listing import ListDay, Paged, Sorted, StaffList
from fenqi.api.shape.staff_money import MoneyCaseShape, SettlementFileLine
from fenqi.batch.send_payment import send_order
from fenqi.core.billing.money_case import ClosedHow, MoneyCase, MoneyCaseKind
from fenqi.services.find_loan import find_loan
from fenqi.services.note import note
from fenqi.services.take_transfer import TakeTransfer, place_transfer, return_transfer, take_transfer
from fenqi.services.transfer_code import customer_of_remark
from fenqi.services.work_on_money_case import close_money_case
from fenqi.stores import money_case as cases
from fenqi.stores.fetch import Connection
from fenqi.stores.money_case import MoneyCaseRow, SettlementFile, Transfer, case_of
from fenqi.wiring import Installation

router = APIRouter(prefix="/staff", tags=["staff"])


CASES = StaffList("cases", cases.CASES, MoneyCaseShape, file_name="money_cases")
FILES = StaffList("files", cases.FILES, SettlementFileLine, file_name="settlement_files")


@dataclass(frozen=True)
class _Cases:
    """Which cases; days from the first on and before the last."""

    kind: MoneyCaseKind | None = None
    is_open: bool | None = None
    from_on: ListDay | None = None
    until_on: ListDay | None = None

    @property
    def wanted(self) -> dict[str, Any]:
        return vars(self) | {"kind": self.kind and self.kind.value}


@dataclass(frozen=True)
class _Files:
    """Which files of the channel: of days from the first on and before the last; those with breaks."""

    has_breaks: bool = False
    from_on: ListDay | None = None
    until_on: ListDay | None = None

    @property
    def wanted(self) -> dict[str, Any]:
        return dict(vars(self))


CasesAsked = Annotated[_Cases, Depends()]
FilesAsked = Annotated[_Files, Depends()]
Words = Annotated[str, Field(min_length=5, max_length=2000)]


class NewMoneyCaseEnd(Body):
    """How a case about money ended."""

    how: ClosedHow
    text: Words


class NewTransfer(Body):
    """One line of the bank's statement, or what was paid at a counter."""

    way: str = Field(pattern="^(bank|counter)$")
    bank_reference: str = Field(min_length=4, max_length=64, pattern=r"^[\x21-\x7e]+$")
    payer: str = Field(max_length=100)
    remark: str = Field(default="", max_length=200)
    amount_minor: int = Field(strict=True, gt=0, le=10**12)
    currency: str = Field(default="CNY", pattern="^CNY$")
    received_on: date


class NewPlacing(Body):
    """Whose money it is, by any loan of theirs, and how that is known."""

    loan_id: UUID
    text: Words


class NewReturn(Body):
    """The account to pay back to; `request_id` makes it happen once."""

    account_token: str = Field(min_length=4, max_length=64, pattern=r"^[\x21-\x7e]+$")
    request_id: str = Field(min_length=8, max_length=128, pattern=r"^[\x21-\x7e]+$")


@router.get("/settlement-files")
async def list_files(staff: AskingStaff, installation: Installed, asked: FilesAsked, paging: Paged) -> dict[str, Any]:
    """The channel's files that were read, the last day first unless sorted otherwise."""
    return await FILES.page(installation, asked.wanted, paging, _file_line)


@router.get("/exports/settlement-files", response_class=StreamingResponse)
async def export_files(
    staff: AskingStaff, installation: Installed, asked: FilesAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every file of the channel that a filter lets through, as CSV."""
    return await FILES.file(installation, staff, asked.wanted, sort, _file_line)


@router.get("/money-cases")
async def list_money_cases(
    staff: AskingStaff, installation: Installed, asked: CasesAsked, paging: Paged
) -> dict[str, Any]:
    """Cases about money, newest first unless sorted otherwise."""
    return await CASES.page(installation, asked.wanted, paging, _case_line)


@router.get("/exports/money-cases", response_class=StreamingResponse)
async def export_money_cases(
    staff: AskingStaff, installation: Installed, asked: CasesAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every case about money that a filter lets through, as CSV."""
    return await CASES.file(installation, staff, asked.wanted, sort, _case_line)


@router.post("/money-cases/{case_id}/closing")
async def close_case(
    case_id: UUID, new: NewMoneyCaseEnd, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """End a case about money, with a word; an extra debit can be taken into suspense with it."""
    async with installation.transaction() as connection:
        case = await close_money_case(
            connection, installation.ports, case_id=case_id, how=new.how, text=new.text, by=staff.login
        )
        await _noted(connection, installation, staff.login, "closed_money_case", str(case_id))
    return money_case_line(case)


@router.post("/transfers", status_code=201)
async def post_transfer(new: NewTransfer, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Write a transfer down: placed at once if its remark has a borrower's code, else in suspense with a case."""
    command = TakeTransfer(**new.model_dump())
    ports = installation.ports
    async with installation.transaction() as connection:
        transfer = await take_transfer(connection, ports, command, by=staff.login)
        customer_id = await customer_of_remark(connection, new.remark)
    if customer_id is not None and transfer.state == "suspense":
        async with installation.transaction() as connection:
            transfer = await place_transfer(
                connection,
                ports,
                transfer_id=transfer.transfer_id,
                customer_id=customer_id,
                by="system",
                text="the borrower's code stands in the remark",
            )
    return transfer_line(transfer)


@router.post("/transfers/{transfer_id}/placing")
async def post_placing(
    transfer_id: UUID, new: NewPlacing, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Give money in suspense to the loans of whoever it belongs to, as of the day on which it came."""
    async with installation.transaction() as connection:
        loan = await find_loan(connection, loan_id=new.loan_id)
        transfer = await place_transfer(
            connection,
            installation.ports,
            transfer_id=transfer_id,
            customer_id=loan.customer_id,
            by=staff.login,
            text=new.text,
        )
        await _noted(connection, installation, staff.login, "placed_transfer", str(transfer_id))
    return transfer_line(transfer)


@router.post("/transfers/{transfer_id}/return", status_code=201)
async def post_return(transfer_id: UUID, new: NewReturn, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Pay money in suspense back; the same request is the same payment."""
    async with installation.transaction() as connection:
        order_id = await return_transfer(
            connection,
            installation.ports,
            transfer_id=transfer_id,
            account_token=new.account_token,
            request_id=new.request_id,
        )
        await _noted(connection, installation, staff.login, "returned_transfer", str(transfer_id))
    return await send_order(installation, order_id=order_id)


def money_case_line(row: MoneyCase) -> dict[str, Any]:
    """A case about money as it stands in a list."""
    return {
        "case_id": str(row.case_id),
        "kind": row.kind.value,
        "subject": str(row.subject),
        "on_day": row.on_day.isoformat(),
        "ours_minor": row.ours_minor,
        "theirs_minor": row.theirs_minor,
        "currency": row.currency,
        "opened_at": row.opened_at.isoformat(),
        "closed_at": row.closed_at.isoformat() if row.closed_at else None,
        "closed_by": row.closed_by,
        "closed_how": row.closed_how.value if row.closed_how else None,
        "closed_text": row.closed_text,
    }


def transfer_line(row: Transfer) -> dict[str, Any]:
    """A transfer as staff see it."""
    return {
        "transfer_id": str(row.transfer_id),
        "way": row.way,
        "state": row.state,
        "amount_minor": row.amount_minor,
        "currency": row.currency,
        "received_on": row.received_on.isoformat(),
        "customer_id": str(row.customer_id) if row.customer_id else None,
    }


def _case_line(row: MoneyCaseRow) -> dict[str, Any]:
    return money_case_line(case_of(row))


def _file_line(row: SettlementFile) -> dict[str, Any]:
    return {
        "file_sha256": row.file_sha256,
        "channel": row.channel,
        "settled_on": row.settled_on.isoformat(),
        "line_count": row.line_count,
        "matched_count": row.matched_count,
        "concluded_count": row.concluded_count,
        "break_count": row.break_count,
        "cleared_minor": row.cleared_minor,
        "is_stand_in": row.is_stand_in,
        "read_at": row.read_at.isoformat(),
    }


async def _noted(connection: Connection, installation: Installation, login: str, action: str, subject: str) -> None:
    await note(connection, installation.ports, actor_kind="staff", actor=login, action=action, subject=subject)
