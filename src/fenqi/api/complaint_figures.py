"""Causes of complaints counted by month: to look at, and as a file."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import StreamingResponse

from fenqi.api.csv import table_as_csv
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.listing import ListDay, begin, note_file
from fenqi.api.shape.complaint import ComplaintFigureLine
from fenqi.stores import complaint as complaints
from fenqi.stores.fetch import fields_of
from fenqi.wiring import Installation

router = APIRouter(prefix="/staff", tags=["staff"])
_HALF_A_YEAR = timedelta(days=183)


@dataclass(frozen=True)
class _Received:
    """Days on which they came, from the first on and before the last; half a year until today, if none is named."""

    from_on: ListDay | None = None
    until_on: ListDay | None = None


ReceivedAsked = Annotated[_Received, Depends()]


@router.get("/complaint-figures")
async def get_complaint_figures(staff: AskingStaff, installation: Installed, asked: ReceivedAsked) -> dict[str, Any]:
    """By month, cause and channel: how many, with which outcome, how many late, what was given."""
    return {"lines": await _lines(installation, asked)}


@router.get("/exports/complaint-figures", response_class=StreamingResponse)
async def export_complaint_figures(
    staff: AskingStaff, installation: Installed, asked: ReceivedAsked
) -> StreamingResponse:
    """The same as CSV."""
    lines = await _lines(installation, asked)
    await note_file(installation, staff, "complaint_figures", vars(asked))
    return table_as_csv("complaint-figures.csv", tuple(ComplaintFigureLine.model_fields), lines)


async def _lines(installation: Installation, asked: _Received) -> list[dict[str, Any]]:
    business = installation.ports.business
    until_on = asked.until_on or business.today() + timedelta(days=1)
    from_on = asked.from_on or until_on - _HALF_A_YEAR
    async with installation.reading() as connection:
        counted = await complaints.causes(
            connection, from_at=begin(from_on), until_at=begin(until_on), at=business.now()
        )
    return [fields_of(each) for each in counted]
