"""Collection cases, what was done in them, and promises to pay."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from fenqi.core.collection.arrears_case import CollectionCase, LateCustomer
from fenqi.core.collection.promise import Promise
from fenqi.core.dates.business_day import late_before
from fenqi.stores.fetch import Connection, change, every, fields_of, first
from fenqi.stores.listing import Listing, Order, lines, sorts
from fenqi.stores.packed import int2s, uuids
from fenqi.stores.query import queries

_SQL = queries("collection")
DAYS_MAX = 100_000


@dataclass(frozen=True)
class CollectionEvent:
    """One thing done in a case; `detail` holds what a person does not write."""

    b: int
    event_id: UUID
    case_id: UUID
    what: str
    by: str
    text: str
    detail: Mapping[str, Any]
    recorded_at: datetime


@dataclass(frozen=True, kw_only=True)
class WorklistFilter:
    """Which cases; an empty word lets every one through, `holder` None anybody's, "" nobody's."""

    stage: str = ""
    risk: str = ""
    holder: str | None = None
    agency_id: UUID | None = None
    is_open: bool = True
    days_min: int = 0
    days_max: int = DAYS_MAX

    def parameters(self, *, at: datetime, on: date) -> dict[str, Any]:
        """As the query of the worklist knows them, at an instant of a day."""
        return {**fields_of(self), "at": at, "on": on}


@dataclass(frozen=True)
class BucketDay:
    """Up to which day a bucket was gone through."""

    b: int
    closed_on: date


@dataclass(frozen=True)
class PaidOn:
    """What a customer paid on a day, as the books have it."""

    customer_id: UUID
    value_on: date
    paid_minor: int


@dataclass(frozen=True)
class ContactCount:
    """How many contacts there were."""

    contact_count: int


WORKLIST = Listing(
    row=CollectionCase,
    query=_SQL["worklist"],
    key="case_id",
    sorts=sorts("overdue_minor", "days_past_due", "owed_minor", "opened_on"),
    usual="-overdue_minor",
)


async def late(connection: Connection, *, lane: Sequence[int], day: date, currency: str) -> tuple[LateCustomer, ...]:
    """Who of a lane is late at the end of a day."""
    parameters = {"lane": int2s(lane), "day": day, "late_before": late_before(day), "currency": currency}
    return await every(connection, LateCustomer, _SQL["late"], parameters)


async def open_in(connection: Connection, *, lane: Sequence[int]) -> tuple[CollectionCase, ...]:
    """The open cases of a lane, held until the transaction ends."""
    return await every(connection, CollectionCase, _SQL["open_in"], {"lane": int2s(lane)})


async def put(connection: Connection, cases: Sequence[CollectionCase]) -> None:
    """Keep where cases stand, new or not."""
    if cases:
        await change(connection, _SQL["put"], {"rows": Jsonb([_plain(fields_of(case)) for case in cases])})


async def days(connection: Connection, *, lane: Sequence[int], is_locking: bool = False) -> dict[int, date]:
    """Up to which day each bucket was gone through; one that never was is not among them."""
    query = _SQL["hold_days" if is_locking else "days"]
    rows = await every(connection, BucketDay, query, {"lane": int2s(lane)})
    return {row.b: row.closed_on for row in rows}


async def put_day(connection: Connection, *, lane: Sequence[int], day: date) -> None:
    """A day was gone through."""
    await change(connection, _SQL["put_day"], {"lane": int2s(lane), "day": day})


async def find(connection: Connection, *, b: int, case_id: UUID) -> CollectionCase | None:
    """One case."""
    return await first(connection, CollectionCase, _SQL["find"], {"b": b, "case_id": case_id})


async def lock(connection: Connection, *, b: int, case_id: UUID) -> CollectionCase | None:
    """One case, held until the transaction ends."""
    return await first(connection, CollectionCase, _SQL["lock"], {"b": b, "case_id": case_id})


async def hold_over(
    connection: Connection, *, lane: Sequence[int], on: date, agency_id: UUID | None
) -> tuple[CollectionCase, ...]:
    """The cases with agencies whose contract is over by a day, or with one of them, held until the transaction ends."""
    parameters = {"lane": int2s(lane), "on": on, "agency_id": agency_id}
    return await every(connection, CollectionCase, _SQL["hold_over"], parameters)


async def lock_free(connection: Connection, *, b: int, case_id: UUID) -> CollectionCase | None:
    """One case, unless somebody else holds its row just now."""
    return await first(connection, CollectionCase, _SQL["lock_free"], {"b": b, "case_id": case_id})


async def worklist(
    connection: Connection, wanted: WorklistFilter, *, by: str, at: datetime, on: date, limit: int
) -> tuple[CollectionCase, ...]:
    """The first cases that a filter lets through, those first of which there is most."""
    order = Order(by, is_descending=True)
    return await lines(connection, WORKLIST, wanted.parameters(at=at, on=on), order=order, after=None, limit=limit)


async def add_event(connection: Connection, event: CollectionEvent) -> None:
    """Append what was done in a case."""
    await change(connection, _SQL["add_event"], fields_of(event) | {"detail": Jsonb(event.detail)})


async def add_events(connection: Connection, events: Sequence[CollectionEvent]) -> None:
    """Append what was done in several cases."""
    rows = [_plain(fields_of(event)) | {"detail": dict(event.detail)} for event in events]
    if rows:
        await change(connection, _SQL["add_events"], {"rows": Jsonb(rows)})


async def events(connection: Connection, *, b: int, case_id: UUID) -> tuple[CollectionEvent, ...]:
    """The last 200 things done in a case, newest first."""
    return await every(connection, CollectionEvent, _SQL["events"], {"b": b, "case_id": case_id})


async def last_event(connection: Connection, *, b: int, case_id: UUID, what: str) -> CollectionEvent | None:
    """The last thing of a kind that was done in a case, however long ago."""
    parameters = {"b": b, "case_id": case_id, "what": what}
    return await first(connection, CollectionEvent, _SQL["last_event"], parameters)


async def add_promise(connection: Connection, promise: Promise) -> bool:
    """Append a promise; False if one is open in the case, or this one is known."""
    return await change(connection, _SQL["add_promise"], fields_of(promise)) == 1


async def promises_of(connection: Connection, *, b: int, case_id: UUID) -> tuple[Promise, ...]:
    """The promises of a case, newest first."""
    return await every(connection, Promise, _SQL["promises_of"], {"b": b, "case_id": case_id})


async def open_promises(connection: Connection, *, lane: Sequence[int], day: date) -> tuple[Promise, ...]:
    """The promises of a lane that nothing was decided about by a day, held until the transaction ends."""
    return await every(connection, Promise, _SQL["open_promises"], {"lane": int2s(lane), "day": day})


async def save_promises(connection: Connection, promises: Sequence[Promise]) -> None:
    """What became of promises."""
    if promises:
        rows = [_plain(fields_of(promise)) for promise in promises]
        lane = int2s(sorted({promise.b for promise in promises}))
        await change(connection, _SQL["save_promises"], {"rows": Jsonb(rows), "lane": lane})


async def paid(
    connection: Connection, *, lane: Sequence[int], customer_ids: Sequence[UUID], from_on: date, until_on: date
) -> tuple[PaidOn, ...]:
    """What customers paid between two days, both included, as the books have it."""
    parameters = {
        "lane": int2s(lane),
        "customer_ids": uuids(customer_ids),
        "from_on": from_on,
        "until_on": until_on,
    }
    return await every(connection, PaidOn, _SQL["paid"], parameters)


async def contact_count(connection: Connection, *, b: int, customer_id: UUID, since: datetime) -> int:
    """How often a customer was asked to pay what is late since an instant."""
    parameters = {"b": b, "customer_id": customer_id, "since": since}
    found = await first(connection, ContactCount, _SQL["contact_count"], parameters)
    return found.contact_count if found else 0


def _plain(fields: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value if value is None or isinstance(value, int) else str(value) for name, value in fields.items()}
