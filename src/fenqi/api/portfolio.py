"""The portfolio: arrears, categories, provisions, roll rates and vintages, to look at and as files."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.responses import StreamingResponse

from fenqi.api.csv import as_csv
from fenqi.api.edge import AskingStaff, Installed
from fenqi.services.note import note
from fenqi.services.show_portfolio import (
    BUCKETS,
    Lines,
    arrears_shown,
    categories_shown,
    provisions_shown,
    rolls_shown,
    vintages_shown,
)
from fenqi.stores.fetch import Connection
from fenqi.wiring import Installation

router = APIRouter(prefix="/staff", tags=["staff"])


class Table(StrEnum):
    """One of the tables of the portfolio."""

    ARREARS = "arrears"
    CATEGORIES = "categories"
    PROVISIONS = "provisions"
    ROLLS = "rolls"
    VINTAGES = "vintages"


@dataclass(frozen=True)
class _Wanted:
    """How many months back, in which currency, and how late a loan of a vintage counts as late."""

    months: Annotated[int, Query(ge=1, le=60)] = 12
    currency: Annotated[str, Query(pattern="^[A-Z]{3}$")] = "CNY"
    late_days: Annotated[int, Query(ge=1, le=361)] = 31


Wanted = Annotated[_Wanted, Depends()]


@router.get("/portfolio")
async def get_portfolio(staff: AskingStaff, installation: Installed, wanted: Wanted) -> dict[str, Any]:
    """All loans together, at the ends of the last months that are over."""
    async with installation.reading() as connection:
        tables = {table.value: await _table(connection, installation, table, wanted) for table in Table}
    return {"currency": wanted.currency, "late_days": wanted.late_days, "buckets": list(BUCKETS), **tables}


@router.get("/exports/portfolio", response_class=StreamingResponse)
async def export_portfolio(
    staff: AskingStaff, installation: Installed, wanted: Wanted, table: Table
) -> StreamingResponse:
    """One table of the portfolio, as CSV."""
    async with installation.transaction() as connection:
        lines = await _table(connection, installation, table, wanted)
        await note(
            connection,
            installation.ports,
            actor_kind="staff",
            actor=staff.login,
            action="exported_portfolio",
            subject=table.value,
        )

    async def pages() -> AsyncIterator[Lines]:
        if lines:
            yield lines

    return as_csv(f"{table.value}.csv", pages())


async def _table(connection: Connection, installation: Installation, table: Table, wanted: _Wanted) -> Lines:
    pack, currency = installation.ports.authority.pack, wanted.currency
    last = installation.ports.business.today().replace(day=1) - timedelta(days=1)
    after_on = _month_before(last, wanted.months)
    match table:
        case Table.ARREARS:
            return await arrears_shown(connection, after_on=after_on, currency=currency)
        case Table.CATEGORIES:
            return await categories_shown(connection, pack=pack, after_on=after_on, currency=currency)
        case Table.PROVISIONS:
            return await provisions_shown(connection, pack=pack, after_on=after_on, currency=currency)
        case Table.ROLLS:
            return await rolls_shown(connection, after_on=after_on, currency=currency)
        case Table.VINTAGES:
            return await vintages_shown(
                connection,
                from_on=after_on + timedelta(days=1),
                currency=currency,
                days=wanted.late_days,
                until_on=last,
            )


def _month_before(last: date, months: int) -> date:
    """The end of the month so many months before one that ends on `last`."""
    number = last.year * 12 + last.month - 1 - months + 1
    return date(number // 12, number % 12 + 1, 1) - timedelta(days=1)
