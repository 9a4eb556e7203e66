"""The portfolio: arrears, categories, provisions, values, roll rates and vintages, to look at and as files."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from starlette.responses import StreamingResponse

from fenqi.api.csv import as_csv, table_as_csv
from fenqi.api.edge import AskingStaff, Installed
from fenqi.api.listing import note_file
from fenqi.api.shape.part import Shape
from fenqi.api.shape.staff_portfolio import ArrearsLine, CategoryLine, ProvisionLine, RollLine, ValueLine, VintagePoint
from fenqi.core.ledger.account import BUCKET_COUNT
from fenqi.core.loan.reach import DayOutOfReach
from fenqi.services.show_portfolio import (
    BUCKETS,
    Lines,
    arrears_shown,
    categories_shown,
    provisions_shown,
    rolls_shown,
    values_shown,
    vintages_shown,
)
from fenqi.services.value_loans import ValuedLoan, value_loans
from fenqi.stores import valuation
from fenqi.stores.fetch import Connection
from fenqi.wiring import Installation

_TAPE_REACH = timedelta(days=366)
router = APIRouter(prefix="/staff", tags=["staff"])


class Table(StrEnum):
    """One of the tables of the portfolio."""

    ARREARS = "arrears"
    CATEGORIES = "categories"
    PROVISIONS = "provisions"
    VALUES = "values"
    ROLLS = "rolls"
    VINTAGES = "vintages"


_TAPE_HEADS = (
    "loan_id",
    "on",
    "owed_minor",
    "days_past_due",
    "overdue_minor",
    "interest_minor",
    "fee_minor",
    "payoff_minor",
)
_LINES: dict[Table, type[Shape]] = {
    Table.ARREARS: ArrearsLine,
    Table.CATEGORIES: CategoryLine,
    Table.PROVISIONS: ProvisionLine,
    Table.VALUES: ValueLine,
    Table.ROLLS: RollLine,
    Table.VINTAGES: VintagePoint,
}


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
    async with installation.reading() as connection:
        lines = await _table(connection, installation, table, wanted)
    await note_file(installation, staff, "portfolio", {"table": table, **vars(wanted)})
    return table_as_csv(f"{table.value}.csv", tuple(_LINES[table].model_fields), lines)


@router.get("/exports/loan-tape", response_class=StreamingResponse)
async def export_loan_tape(staff: AskingStaff, installation: Installed, on: date | None = None) -> StreamingResponse:
    """Every open loan on a day, as it is known now: what is owed, overdue, earned, and what would close it.

    Raises: DayOutOfReach.
    """
    today = installation.ports.business.today()
    day = on or today
    if abs(day - today) > _TAPE_REACH:
        raise DayOutOfReach(f"all loans on {day}", allowed=f"{today - _TAPE_REACH} to {today + _TAPE_REACH}")
    await note_file(installation, staff, "loan_tape", {"on": day})
    return as_csv(f"loan-tape-{day.isoformat()}.csv", _TAPE_HEADS, _tape(installation, day))


async def _tape(installation: Installation, day: date) -> AsyncIterator[Lines]:
    """A page a bucket."""
    for b in range(BUCKET_COUNT):
        async with installation.reading() as connection:
            loan_ids = await valuation.open_loans(connection, b=b, day=day)
            valued = await value_loans(connection, b=b, loan_ids=loan_ids, on=day) if loan_ids else ()
        lines = [_tape_line(loan, day) for loan in valued if loan.payoff_minor or loan.owed_minor]
        if lines:
            yield lines


def _tape_line(loan: ValuedLoan, day: date) -> dict[str, Any]:
    return {
        "loan_id": str(loan.loan_id),
        "on": day.isoformat(),
        "owed_minor": loan.owed_minor,
        "days_past_due": loan.days_past_due,
        "overdue_minor": loan.overdue_minor,
        "interest_minor": loan.interest_minor,
        "fee_minor": loan.fee_minor,
        "payoff_minor": loan.payoff_minor,
    }


async def _table(connection: Connection, installation: Installation, table: Table, wanted: _Wanted) -> Lines:
    currency = wanted.currency
    last = installation.ports.business.today().replace(day=1) - timedelta(days=1)
    after_on = _month_before(last, wanted.months)
    match table:
        case Table.ARREARS:
            return await arrears_shown(connection, after_on=after_on, currency=currency)
        case Table.CATEGORIES:
            return await categories_shown(connection, after_on=after_on, currency=currency)
        case Table.PROVISIONS:
            return await provisions_shown(connection, after_on=after_on, currency=currency)
        case Table.VALUES:
            return await values_shown(connection, after_on=after_on, currency=currency)
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
