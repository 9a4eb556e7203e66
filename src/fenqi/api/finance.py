"""The staff API of those who keep the books: settling merchants, the channel's file, the close of days, the proof."""

from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import UUID

from fastapi import APIRouter

from fenqi.api.body import Body
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.merchant import settlement_shown
from fenqi.batch.book_risk import book_risk_due
from fenqi.batch.clear_channel import clear_channel_day
from fenqi.batch.close_day import close_until
from fenqi.batch.send_payment import send_order, show_order
from fenqi.core.ledger.account import BUCKET_COUNT
from fenqi.services.make_api_key import make_api_key
from fenqi.services.note import note
from fenqi.services.settle_merchant import settle_merchant
from fenqi.services.verify_books import verify_books
from fenqi.stores.fetch import Connection
from fenqi.stores.staff import Staff
from fenqi.wiring import Installation

router = APIRouter(prefix="/staff", tags=["staff"])
EVERY_BUCKET = range(BUCKET_COUNT)


class NewSettlement(Body):
    """Up to which day a merchant is settled."""

    until_on: date


class NewDay(Body):
    """The day to close, or whose file of the payment channel to read."""

    day: date


@router.post("/merchants/{merchant_id}/keys", status_code=201)
async def new_key(merchant_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, str]:
    """A new API key for a merchant, shown this once."""
    async with installation.transaction() as connection:
        key = await make_api_key(connection, installation.ports, merchant_id=merchant_id, staff=staff)
    return {"api_key": key}


@router.post("/merchants/{merchant_id}/settlements", status_code=201)
async def settle(merchant_id: UUID, new: NewSettlement, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Settle a merchant up to a day and send the payout; the same day again shows what became of it."""
    async with installation.transaction() as connection:
        settled = await settle_merchant(connection, installation.ports, merchant_id=merchant_id, until_on=new.until_on)
        detail = {"until_on": new.until_on.isoformat(), "settlement_id": str(settled.settlement.settlement_id)}
        await _noted(
            connection, installation, staff, action="settled_merchant", subject=str(merchant_id), detail=detail
        )
    payout = None
    if settled.payout_order_id is not None:
        deal_with = send_order if settled.is_payout_new else show_order
        payout = await deal_with(installation, order_id=settled.payout_order_id)
    return settlement_shown(settled.settlement) | {"payout": payout}


@router.post("/channel/settlements", status_code=201)
async def clear_channel(new: NewDay, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Read what the payment channel settled on a day, book it as arrived, and say where it differs from our book."""
    cleared = await clear_channel_day(installation, day=new.day)
    async with installation.transaction() as connection:
        detail = {"file_sha256": cleared.file_sha256, "difference_count": len(cleared.differences)}
        await _noted(connection, installation, staff, "cleared_channel", subject=new.day.isoformat(), detail=detail)
    return {
        "day": new.day.isoformat(),
        "file_sha256": cleared.file_sha256,
        "is_stand_in": cleared.is_stand_in,
        "line_count": cleared.line_count,
        "concluded_count": cleared.concluded_count,
        "cleared_minor": cleared.cleared_minor,
        "is_clean": not cleared.differences,
        "differences": [
            {
                "kind": each.kind.value,
                "order_id": str(each.order_id),
                "ours_minor": each.ours_minor,
                "theirs_minor": each.theirs_minor,
            }
            for each in cleared.differences
        ],
    }


@router.post("/ledger/verifications", status_code=201)
async def verify(staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Check every invariant of the books, loans included, as they are at one instant."""
    async with installation.snapshot() as connection:
        report = await verify_books(connection)
    return asdict(report) | {"is_clean": report.is_clean}


@router.post("/days", status_code=201)
async def close(new: NewDay, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """Close a day in every bucket that has not closed it, and first the days before it that were missed.

    The end of a month is graded too, and what it asks for booked.

    A loan that fails does not keep the others waiting; it is named, and tried again the next time.
    """
    closed = await close_until(installation, day=new.day, lane=EVERY_BUCKET)
    await book_risk_due(installation, lane=EVERY_BUCKET)
    async with installation.transaction() as connection:
        detail = {"day_count": len(closed)}
        await _noted(connection, installation, staff, "closed_day", subject=new.day.isoformat(), detail=detail)
    return {
        "day": new.day.isoformat(),
        "day_count": len(closed),
        "bucket_count": sum(each.bucket_count for each in closed),
        "loan_count": sum(each.loan_count for each in closed),
        "failures": [
            {"loan_id": str(failure.loan_id), "day": failure.day.isoformat(), "what": failure.what}
            for each in closed
            for failure in each.failures
        ],
    }


async def _noted(
    connection: Connection,
    installation: Installation,
    staff: Staff,
    action: str,
    *,
    subject: str,
    detail: dict[str, Any],
) -> None:
    await note(
        connection,
        installation.ports,
        actor_kind="staff",
        actor=staff.login,
        action=action,
        subject=subject,
        detail=detail,
    )
