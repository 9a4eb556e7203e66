"""Credit reporting as staff see it: who was asked about, what is told of whom, which files went, corrections."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Depends
from pydantic import Field
from starlette.responses import StreamingResponse

from fenqi.api.body import Body
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.listing import ListDay, Paged, Sorted, StaffList, begin
from fenqi.api.shape.credit_report import CreditFileLine, CreditRecordLine, EnquiryLine
from fenqi.services.report_credit import correct_record, send_anew
from fenqi.services.show_credit_record import enquiry_line, file_line, record_line
from fenqi.stores import credit_enquiry, credit_report

router = APIRouter(prefix="/staff", tags=["staff"])
ENQUIRIES = StaffList("enquiries", credit_enquiry.LISTED, EnquiryLine, file_name="credit_enquiries")
RECORDS = StaffList("records", credit_report.RECORDS, CreditRecordLine, file_name="credit_records")
FILES = StaffList("files", credit_report.FILES, CreditFileLine, file_name="credit_files")


class NewCorrection(Body):
    """Why a month is reported anew."""

    reason: str = Field(min_length=5, max_length=2000)


@dataclass(frozen=True)
class _Enquiries:
    """Which questions; days on which they were asked, from the first on and before the last."""

    purpose: Literal["instalment_purchase"] | None = None
    customer_id: UUID | None = None
    unanswered: bool = False
    from_on: ListDay | None = None
    until_on: ListDay | None = None

    @property
    def wanted(self) -> dict[str, Any]:
        return {
            "purpose": self.purpose,
            "customer_id": self.customer_id,
            "is_unanswered": self.unanswered,
            "from_at": self.from_on and begin(self.from_on),
            "until_at": self.until_on and begin(self.until_on),
        }


@dataclass(frozen=True)
class _Records:
    """Which records: of a month's last day, a loan, a file; adverse, not gone yet, corrected, or rejected since."""

    month_on: ListDay | None = None
    loan_id: UUID | None = None
    file_id: UUID | None = None
    adverse: bool = False
    waiting: bool = False
    corrected: bool = False
    rejected: bool = False

    @property
    def wanted(self) -> dict[str, Any]:
        return {
            "month_on": self.month_on,
            "loan_id": self.loan_id,
            "file_id": self.file_id,
            "is_adverse": self.adverse,
            "is_waiting": self.waiting,
            "is_corrected": self.corrected,
            "is_rejected": self.rejected,
        }


@dataclass(frozen=True)
class _Files:
    """Which files."""

    state: Literal["made", "sent", "rejected"] | None = None

    @property
    def wanted(self) -> dict[str, Any]:
        return {"state": self.state}


EnquiriesAsked = Annotated[_Enquiries, Depends()]
RecordsAsked = Annotated[_Records, Depends()]
FilesAsked = Annotated[_Files, Depends()]


@router.get("/credit-enquiries")
async def list_enquiries(
    staff: AskingStaff, installation: Installed, asked: EnquiriesAsked, paging: Paged
) -> dict[str, Any]:
    """Every question put to a bureau, newest first."""
    return await ENQUIRIES.page(installation, asked.wanted, paging, enquiry_line)


@router.get("/exports/credit-enquiries", response_class=StreamingResponse)
async def export_enquiries(
    staff: AskingStaff, installation: Installed, asked: EnquiriesAsked, sort: Sorted = ""
) -> StreamingResponse:
    """The same as CSV."""
    return await ENQUIRIES.file(installation, staff, asked.wanted, sort, enquiry_line)


@router.get("/credit-records")
async def list_records(
    staff: AskingStaff, installation: Installed, asked: RecordsAsked, paging: Paged
) -> dict[str, Any]:
    """What a bureau is told of loans, by month, newest first."""
    return await RECORDS.page(installation, asked.wanted, paging, record_line)


@router.get("/exports/credit-records", response_class=StreamingResponse)
async def export_records(
    staff: AskingStaff, installation: Installed, asked: RecordsAsked, sort: Sorted = ""
) -> StreamingResponse:
    """The same as CSV."""
    return await RECORDS.file(installation, staff, asked.wanted, sort, record_line)


@router.get("/credit-files")
async def list_files(staff: AskingStaff, installation: Installed, asked: FilesAsked, paging: Paged) -> dict[str, Any]:
    """Files for the bureau, newest first."""
    return await FILES.page(installation, asked.wanted, paging, file_line)


@router.get("/exports/credit-files", response_class=StreamingResponse)
async def export_files(
    staff: AskingStaff, installation: Installed, asked: FilesAsked, sort: Sorted = ""
) -> StreamingResponse:
    """The same as CSV."""
    return await FILES.file(installation, staff, asked.wanted, sort, file_line)


@router.post("/credit-records/{loan_id}/{month_on}/correction", status_code=201)
async def post_correction(
    loan_id: UUID, month_on: date, new: NewCorrection, staff: AskingStaff, installation: Installed
) -> dict[str, Any]:
    """Report a loan's month anew as the loan is known now; the next file carries it.

    Raises: CreditRecordUnknown, CreditRecordUnchanged.
    """
    ports = installation.ports
    async with installation.transaction() as connection:
        record = await correct_record(
            connection, ports, loan_id=loan_id, month_on=month_on, reason=new.reason, staff=staff
        )
    return {"loan_id": str(loan_id), "month_on": month_on.isoformat(), "version": record.version}


@router.post("/credit-files/{file_id}/resend", status_code=201)
async def post_resend(file_id: UUID, new: NewCorrection, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Let the records of a file that the bureau rejected go again; the next file carries them.

    Raises: CreditFileUnknown, CreditFileNotRejected.
    """
    async with installation.transaction() as connection:
        count = await send_anew(connection, installation.ports, file_id=file_id, reason=new.reason, staff=staff)
    return {"file_id": str(file_id), "record_count": count}
