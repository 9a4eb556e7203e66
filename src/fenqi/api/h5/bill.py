"""The borrower's bills: what is to be paid by when, over all loans, and the statements."""

from datetime import date
from typing import Annotated, Any, Literal
from uuid import UUID

from fastapi import APIRouter, Query, Response

from fenqi.api.edge import AskingCustomer, Installed
from fenqi.api.merchant import LAST_ID
from fenqi.services.print_bill import print_bill
from fenqi.services.show_bill import bill_shown, bills_shown, calendar_shown

router = APIRouter(prefix="/h5", tags=["borrower"])


@router.get("/bills")
async def list_bills(
    customer_id: AskingCustomer,
    installation: Installed,
    before_on: date = date(9999, 12, 31),
    before_id: UUID = LAST_ID,
    limit: Annotated[int, Query(ge=1, le=100)] = 24,
) -> dict[str, Any]:
    """Your bills, the last due first, and what is due today over all loans."""
    async with installation.transaction() as connection:
        return await bills_shown(
            connection,
            installation.ports,
            customer_id=customer_id,
            before_on=before_on,
            before_id=before_id,
            limit=limit,
        )


@router.get("/calendar")
async def get_calendar(customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """Everything still to be paid, by the day on which it falls due."""
    async with installation.transaction() as connection:
        return await calendar_shown(connection, installation.ports, customer_id=customer_id)


@router.get("/bills/{bill_id}")
async def get_bill(bill_id: UUID, customer_id: AskingCustomer, installation: Installed) -> dict[str, Any]:
    """One bill, line by line, with what is left of each."""
    async with installation.transaction() as connection:
        return await bill_shown(connection, installation.ports, bill_id=bill_id, customer_id=customer_id)


@router.get("/bills/{bill_id}/pdf", response_class=Response)
async def get_bill_pdf(
    bill_id: UUID,
    customer_id: AskingCustomer,
    installation: Installed,
    language: Literal["zh-CN", "en"] = "zh-CN",
) -> Response:
    """The statement of a bill to print, the same bytes for ever."""
    async with installation.transaction() as connection:
        content = await print_bill(
            connection,
            installation.ports,
            bill_id=bill_id,
            customer_id=customer_id,
            language=language,
            write=installation.pdf.write,
        )
    name = f'attachment; filename="statement-{bill_id.hex[:8]}.pdf"'
    headers = {"content-disposition": name, "cache-control": "private", "x-content-type-options": "nosniff"}
    return Response(content, media_type="application/pdf", headers=headers)
