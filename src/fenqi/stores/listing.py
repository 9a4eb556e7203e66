"""Lists by a sort of the reader's: page after page by key, each page from the last line of the one before."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from types import MappingProxyType, NoneType
from typing import Any, ClassVar, Generic, NamedTuple, TypeVar, get_args, get_type_hints

from psycopg.errors import QueryCanceled

from fenqi.core.refusal import Kind, Refusal
from fenqi.stores.fetch import Connection, Statement, every, together
from fenqi.stores.query import queries

_SQL = queries("listing")
Row = TypeVar("Row")


class ListTooWide(Refusal):
    """A list has more lines than can be sorted while somebody waits."""

    code: ClassVar[str] = "list_too_wide"
    kind: ClassVar[Kind] = Kind.TOO_LARGE


@dataclass(frozen=True)
class Order:
    """A sort of a list, and whether it runs downwards."""

    name: str
    is_descending: bool

    def __str__(self) -> str:
        return f"-{self.name}" if self.is_descending else self.name


class Place(NamedTuple):
    """A line's value in the column that a list is sorted by, and its key: a list goes on behind it."""

    value: Any
    key: Any


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """A list: its rows, the query of everything that its filters let through, what tells lines apart, and its sorts."""

    row: type[Row]
    query: str
    key: str
    sorts: Mapping[str, str]
    """The columns to sort by, by what they are called outside."""
    usual: str
    whole: str = ""
    """The query of whole rows by their `keys`, where they are joined of so much that the list looks for keys first."""

    def order(self, name: str) -> Order | None:
        """The order that a name with or without a minus before it means; the usual one for no name, None for others."""
        asked = name or self.usual
        order = Order(asked.removeprefix("-"), is_descending=asked.startswith("-"))
        return order if order.name in self.sorts and str(order) == asked else None

    def type_of(self, column: str) -> type[Any]:
        """What a column holds, where it holds anything."""
        hint = _hints(self.row)[column]
        return next((part for part in get_args(hint) if part is not NoneType), hint)

    def is_optional(self, column: str) -> bool:
        """Whether a column may hold nothing."""
        return NoneType in get_args(_hints(self.row)[column])

    def place_of(self, row: Row, order: Order) -> Place:
        """Where a row stands."""
        return Place(getattr(row, self.sorts[order.name]), getattr(row, self.key))


async def lines(
    connection: Connection,
    listing: Listing[Row],
    wanted: Mapping[str, Any],
    *,
    order: Order,
    after: Place | None,
    limit: int,
    patience_seconds: int = 20,
) -> tuple[Row, ...]:
    """The lines that a filter lets through, in an order, behind a place.

    Lines that hold nothing in the column come last, whichever way it runs; lines that are alike in it, by their key.
    So a list has up to two stretches, and each is read by an index that ends in the key.

    Raises: ListTooWide.
    """
    found: tuple[Row, ...] = ()
    for holds in _stretches(listing, order, after):
        start = after if after is not None and (after.value is not None) == holds else None
        query = page_query(listing, order, holds=holds, is_start=start is None)
        place = {} if start is None else start._asdict()
        asked = {**wanted, **place, "limit": limit - len(found), "patience": f"{patience_seconds}s"}
        found += await _page(connection, listing, query, asked)
        if len(found) == limit:
            break
    return found


def page_query(listing: Listing[Any], order: Order, *, holds: bool, is_start: bool) -> str:
    """The query of a page: of the stretch that holds something or nothing, from its start or behind a place."""
    name = listing.sorts[order.name]
    column, key = f"listed.{name}", f"listed.{listing.key}"
    direction, behind = ("desc", "<") if order.is_descending else ("asc", ">")
    conditions = [f"{column} is {'not ' if holds else ''}null"] if listing.is_optional(name) else []
    if not is_start:
        is_tied = holds and column != key
        conditions.append(f"({column}, {key}) {behind} (%(value)s, %(key)s)" if is_tied else f"{key} {behind} %(key)s")
    by = f"{column} {direction}" + ("" if column == key else f", {key} {direction}")
    columns = f"{key} as key" if listing.whole else ", ".join(f"listed.{field.name}" for field in fields(listing.row))
    return "\n".join(
        (
            f"select {columns}",
            f"from ({listing.query}) as listed",
            *([f"where {' and '.join(conditions)}"] if conditions else []),
            f"order by {by}",
            "limit %(limit)s",
        )
    )


def sorts(*columns: str, **others: str) -> Mapping[str, str]:
    """Sorts that are called as their columns are, and others by their names."""
    return MappingProxyType(dict(zip(columns, columns, strict=True)) | others)


def _stretches(listing: Listing[Any], order: Order, after: Place | None) -> tuple[bool, ...]:
    """Whether the column holds anything, stretch by stretch, from a place on."""
    if not listing.is_optional(listing.sorts[order.name]):
        return (True,)
    return (False,) if after is not None and after.value is None else (True, False)


@cache
def _hints(row: type[Any]) -> Mapping[str, Any]:
    return get_type_hints(row)


async def _page(connection: Connection, listing: Listing[Row], query: str, asked: Mapping[str, Any]) -> tuple[Row, ...]:
    """Raises: ListTooWide."""
    planning = Statement(_Planning, _SQL["plan_anew"], asked)
    page: Statement[Any] = Statement(_Keyed if listing.whole else listing.row, query, asked)
    try:
        _, found = await together(connection, planning, page)
    except QueryCanceled as error:
        allowed = f"fewer lines by a filter, or another of {', '.join(listing.sorts)}"
        raise ListTooWide("this many lines cannot be sorted so while somebody waits", allowed=allowed) from error
    if not listing.whole:
        return found
    keys = [each.key for each in found]
    rows = await every(connection, listing.row, listing.whole, {**asked, "keys": keys})
    by_key = {getattr(row, listing.key): row for row in rows}
    return tuple(by_key[key] for key in keys)


@dataclass(frozen=True)
class _Planning:
    """A plan that is kept would have to do for every filter and every place; a list is worth one of its own."""

    planned: str
    patience: str


@dataclass(frozen=True)
class _Keyed:
    key: Any
