"""What every list of the console has: a sort and a place in its address, pages by key, and a file of all its lines."""

from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

from fastapi import Depends, Query
from pydantic import Field
from starlette.responses import StreamingResponse

from fenqi.api.csv import as_csv
from fenqi.api.shape.part import Shape
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.note import note
from fenqi.stores.listing import Listing, Order, Place, lines
from fenqi.stores.staff import Staff
from fenqi.wiring import SHANGHAI, Installation

Row = TypeVar("Row")
Shown = Callable[[Row], dict[str, Any]]
Limit = Annotated[int, Query(ge=1, le=200)]
Code = Annotated[str, Query(max_length=100, pattern=r"^[\x20-\x7e]+$")]
"""A name that the service itself gave to something."""
Sorted = Annotated[str, Query(max_length=60, description="a column; a minus before it turns it round")]
ListDay = Annotated[date, Field(ge=date(1900, 1, 1), le=date(9999, 12, 30))]
"""A day that a list can be narrowed to: its first instant is one in every time zone."""
_FILE_PAGE, _FILE_SECONDS = 2_000, 120
_APART = "~"
_BEYOND = 2**63
"""No column holds a number as large."""
_READ: Mapping[type[Any], Callable[[str], Any]] = {
    datetime: datetime.fromisoformat,
    date: date.fromisoformat,
    UUID: UUID,
    Decimal: Decimal,
    int: int,
    str: str,
}


class SortUnknown(Refusal):
    """A list cannot be sorted by this."""

    code = "sort_unknown"
    kind = Kind.BAD_INPUT


class PlaceUnreadable(Refusal):
    """This is no place in a list as it is sorted."""

    code = "place_unreadable"
    kind = Kind.BAD_INPUT


@dataclass(frozen=True)
class Paging:
    """Which lines of a list: by which sort, behind which place, how many."""

    sort: Sorted = ""
    after: Annotated[str, Query(max_length=300, description="`next` of the page before")] = ""
    limit: Limit = 50


Paged = Annotated[Paging, Depends()]


@dataclass(frozen=True)
class StaffList(Generic[Row]):
    """A list of the console: what it is called, where its lines come from, and what is told of each."""

    name: str
    listing: Listing[Row]
    line: type[Shape]
    file_name: str = ""
    """What its file is called, where two lists have one name."""

    async def page(
        self, installation: Installation, wanted: Mapping[str, Any], paging: Paging, shown: Shown[Row]
    ) -> dict[str, Any]:
        """One page, the sort that it has, and where the next begins.

        Raises: SortUnknown, PlaceUnreadable, ListTooWide.
        """
        order = order_of(self.listing, paging.sort)
        after = _place_read(self.listing, order, paging.after) if paging.after else None
        async with installation.reading() as connection:
            found = await lines(connection, self.listing, wanted, order=order, after=after, limit=paging.limit + 1)
        page = found[: paging.limit]
        following = _place_told(self.listing, order, page[-1]) if len(found) > len(page) else None
        return {self.name: [shown(row) for row in page], "sort": str(order), "next": following}

    async def file(
        self, installation: Installation, staff: Staff, wanted: Mapping[str, Any], sort: str, shown: Shown[Row]
    ) -> StreamingResponse:
        """Every line that a filter lets through, as CSV in the list's sort; who took it away is kept.

        Its first lines are looked for before anything is answered or kept.

        Raises: SortUnknown, ListTooWide.
        """
        order = order_of(self.listing, sort)
        name = self.file_name or self.name
        first = await self._lines_behind(None, installation, wanted, order)
        await note_file(installation, staff, name, {"sort": order, **wanted})

        async def pages() -> AsyncIterator[list[dict[str, Any]]]:
            found = first
            yield [shown(row) for row in found]
            while len(found) == _FILE_PAGE:
                found = await self._lines_behind(self.listing.place_of(found[-1], order), installation, wanted, order)
                yield [shown(row) for row in found]

        return as_csv(f"{name.replace('_', '-')}.csv", tuple(self.line.model_fields), pages())

    async def _lines_behind(
        self, after: Place | None, installation: Installation, wanted: Mapping[str, Any], order: Order
    ) -> tuple[Row, ...]:
        async with installation.reading() as connection:
            return await lines(
                connection,
                self.listing,
                wanted,
                order=order,
                after=after,
                limit=_FILE_PAGE,
                patience_seconds=_FILE_SECONDS,
            )


def order_of(listing: Listing[Any], sort: str) -> Order:
    """The order that a sort means.

    Raises: SortUnknown.
    """
    order = listing.order(sort)
    if order is None:
        allowed = f"{', '.join(listing.sorts)}; a minus before one turns it round"
        raise SortUnknown("this list has no such sort", allowed=allowed)
    return order


def begin(day: date) -> datetime:
    """The first instant of a day in Shanghai."""
    return datetime.combine(day, time.min, tzinfo=SHANGHAI)


async def note_file(installation: Installation, staff: Staff, name: str, wanted: Mapping[str, Any]) -> None:
    """Keep in the audit trail who took which lines of a list away."""
    asked = {
        key: value
        for key, value in wanted.items()
        if value is not None and value is not False and not isinstance(value, list)
    }
    detail = {key: _plain(value) for key, value in asked.items()}
    async with installation.transaction() as connection:
        await note(
            connection,
            installation.ports,
            actor_kind="staff",
            actor=staff.login,
            action=f"exported_{name}",
            subject=name,
            detail=detail,
        )


def _place_told(listing: Listing[Any], order: Order, row: Any) -> str:
    """A row's place as it stands in an address; the key first, since a value may be any text."""
    place = listing.place_of(row, order)
    key = _plain(place.key)
    is_by_key = listing.sorts[order.name] == listing.key
    return key if is_by_key or place.value is None else f"{key}{_APART}{_plain(place.value)}"


def _place_read(listing: Listing[Any], order: Order, told: str) -> Place:
    """The place that an address names.

    Raises: PlaceUnreadable.
    """
    told_key, apart, told_value = told.partition(_APART)
    column = listing.sorts[order.name]
    with suppress(ValueError, ArithmeticError):
        key = _value(told_key, listing.type_of(listing.key))
        if column == listing.key or apart:
            return Place(_value(told_value, listing.type_of(column)) if apart else key, key)
        if listing.is_optional(column):
            return Place(None, key)
    raise PlaceUnreadable(
        "this is no place in the list as it is sorted", allowed="`next` of a page under the same sort, or nothing"
    )


def _value(told: str, kind: type[Any]) -> Any:
    """Raises: ValueError or ArithmeticError if it is no such value, or none that a column can hold."""
    value = _READ[kind](told)
    if isinstance(value, int | Decimal) and not abs(value) < _BEYOND:
        raise ValueError
    if isinstance(value, datetime):
        return value.astimezone(UTC) if value.tzinfo else value.replace(tzinfo=UTC)
    return value


def _plain(value: Any) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, date) else str(value)
