"""What collection cost and brought: to look at, and as a file."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from starlette.responses import StreamingResponse

from fenqi.api.csv import table_as_csv
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.listing import ListDay, note_file
from fenqi.api.shape.collection import CollectionFigureLine
from fenqi.services.show_collection_figures import Lines, collection_figures_shown
from fenqi.wiring import Installation

router = APIRouter(prefix="/staff", tags=["staff"])
_HALF_A_YEAR = timedelta(days=183)


@dataclass(frozen=True)
class _Days:
    """From the first day on and before the last; half a year until today, if none is named."""

    from_on: ListDay | None = None
    until_on: ListDay | None = None


DaysAsked = Annotated[_Days, Depends()]


@router.get("/collection-figures")
async def get_collection_figures(staff: AskingStaff, installation: Installed, asked: DaysAsked) -> dict[str, Any]:
    """By month and action: how often, at what cost, and what was paid after it."""
    return {"lines": await _lines(installation, asked)}


@router.get("/exports/collection-figures", response_class=StreamingResponse)
async def export_collection_figures(staff: AskingStaff, installation: Installed, asked: DaysAsked) -> StreamingResponse:
    """The same as CSV."""
    lines = await _lines(installation, asked)
    await note_file(installation, staff, "collection_figures", vars(asked))
    return table_as_csv("collection-figures.csv", tuple(CollectionFigureLine.model_fields), lines)


async def _lines(installation: Installation, asked: _Days) -> Lines:
    ports = installation.ports
    until_on = asked.until_on or ports.business.today() + timedelta(days=1)
    async with installation.reading() as connection:
        return await collection_figures_shown(
            connection, ports, from_on=asked.from_on or until_on - _HALF_A_YEAR, until_on=until_on
        )
