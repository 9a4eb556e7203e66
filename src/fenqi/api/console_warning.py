"""The console's early warnings: who is watched, why, what was done about it, and what that brought."""

from dataclasses import dataclass
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends
from starlette.responses import StreamingResponse

from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.listing import ListDay, Paged, Sorted, StaffList
from fenqi.api.shape.warning import WarningLine, WarningRung
from fenqi.services.show_warning import effect_line, show_warning, warning_effects, warning_line
from fenqi.stores.warning import WARNINGS

router = APIRouter(prefix="/staff", tags=["staff"])
LISTED = StaffList("warnings", WARNINGS, WarningLine)


@dataclass(frozen=True)
class _Warnings:
    """Which warnings: by the highest rung, running or ended, opened from the first day on and before the last."""

    rung: WarningRung | None = None
    is_open: bool | None = None
    from_on: ListDay | None = None
    until_on: ListDay | None = None

    @property
    def wanted(self) -> dict[str, Any]:
        return {
            "rung": self.rung,
            "is_open": self.is_open,
            "from_on": self.from_on,
            "until_on": self.until_on,
        }


WarningsAsked = Annotated[_Warnings, Depends()]


@router.get("/warnings")
async def list_warnings(
    staff: AskingStaff, installation: Installed, asked: WarningsAsked, paging: Paged
) -> dict[str, Any]:
    """Early warnings, newest first unless sorted otherwise."""
    return await LISTED.page(installation, asked.wanted, paging, warning_line)


@router.get("/exports/warnings", response_class=StreamingResponse)
async def export_warnings(
    staff: AskingStaff, installation: Installed, asked: WarningsAsked, sort: Sorted = ""
) -> StreamingResponse:
    """Every warning that a filter lets through, as CSV."""
    return await LISTED.file(installation, staff, asked.wanted, sort, warning_line)


@router.get("/warning-effects")
async def list_warning_effects(staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """What each step of the strategy in force has brought, against those who were left out, with its interval."""
    async with installation.reading() as connection:
        found = await warning_effects(connection, installation.ports)
    strategy = installation.ports.authority.warning
    return {
        "strategy_version": strategy.version,
        "outcome_days": strategy.outcome_days,
        "outcome_days_late": strategy.outcome_days_late,
        "effects": [effect_line(each) for each in found],
    }


@router.get("/warnings/{warning_id}")
async def get_warning(warning_id: UUID, staff: AskingStaff, installation: Installed) -> dict[str, Any]:
    """One warning with its steps, why each was taken, made again, and what such steps have brought.

    Raises: WarningUnknown.
    """
    async with installation.reading() as connection:
        return await show_warning(connection, installation.ports, warning_id=warning_id)
