"""What the actions of collection cost and brought, by month."""

from dataclasses import dataclass
from datetime import date, datetime

from fenqi.stores.fetch import Connection, every
from fenqi.stores.query import queries

_SQL = queries("collection_figures")


@dataclass(frozen=True)
class Acted:
    """How often an action was taken in a month, and what was paid to others for it."""

    month_on: date
    action: str
    action_count: int
    cost_minor: int


@dataclass(frozen=True)
class MonthCost:
    """What agencies earned in a month."""

    month_on: date
    cost_minor: int


@dataclass(frozen=True)
class Brought:
    """What late customers paid in a month after an action, or after none."""

    month_on: date
    action: str
    payment_count: int
    brought_minor: int


async def acted(connection: Connection, *, from_at: datetime, until_at: datetime) -> tuple[Acted, ...]:
    """Every action between two instants, by month."""
    return await every(connection, Acted, _SQL["acted"], {"from_at": from_at, "until_at": until_at})


async def commissions(connection: Connection, *, from_on: date, until_on: date) -> tuple[MonthCost, ...]:
    """What agencies earned between two days, by month."""
    return await every(connection, MonthCost, _SQL["commissions"], {"from_on": from_on, "until_on": until_on})


async def brought(connection: Connection, *, from_on: date, until_on: date, days: int) -> tuple[Brought, ...]:
    """What late customers paid between two days, each payment given to the last action of so many days before it."""
    parameters = {"from_on": from_on, "until_on": until_on, "days": days}
    return await every(connection, Brought, _SQL["brought"], parameters)
