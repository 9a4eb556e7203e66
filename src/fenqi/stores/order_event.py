"""The log of attempts to order: appended in the command that made them, read in its own order."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID

from fenqi.core.velocity.entry import Entry, EntryKind, Placed
from fenqi.core.velocity.event import KEYS, OrderEvent
from fenqi.core.velocity.place import place_of
from fenqi.stores.fetch import Connection, Statement, every, first
from fenqi.stores.query import queries

_SQL = queries("order_event")
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)
_KEPT = {"at_us", "amount_minor", *KEYS}
"""Of an event; its place follows from the region, and that it confirms a fraud from its kind."""
LAST_ID = UUID(int=2**128 - 1)


@dataclass(frozen=True, kw_only=True)
class OrderEventRow:
    """An attempt as it is stored; keys are blind indexes where they would name a person."""

    b: int
    order_event_id: UUID
    log_position: int
    kind: str
    at: datetime
    amount_minor: int
    currency: str
    customer: str | None
    device: str | None
    ip: str | None
    address: str | None
    merchant: str | None
    card: str | None
    contact: str | None
    checkout_id: UUID | None
    region: str | None

    @property
    def entry(self) -> Entry:
        """The attempt as the features see it."""
        latitude_centideg, longitude_centideg = place_of(self.region) or (None, None)
        event = OrderEvent(
            at_us=(self.at - _EPOCH) // _MICROSECOND,
            amount_minor=self.amount_minor,
            customer=self.customer,
            device=self.device,
            ip=self.ip,
            address=self.address,
            merchant=self.merchant,
            card=self.card,
            contact=self.contact,
            latitude_centideg=latitude_centideg,
            longitude_centideg=longitude_centideg,
        )
        return Entry(position=self.log_position, kind=EntryKind(self.kind), event=event, region=self.region)


@dataclass(frozen=True)
class SharedLately:
    """How many people used a device, and how many had goods sent to an address."""

    device_customers: int
    address_customers: int


@dataclass(frozen=True)
class _Position:
    position: int


def instant_us(at: datetime) -> int:
    """An instant as order events count it: whole microseconds since 1970."""
    return (at - _EPOCH) // _MICROSECOND


def to_add(
    placed: Placed, *, b: int, order_event_id: UUID, currency: str, checkout_id: UUID | None
) -> Statement[Placed]:
    """Appends an attempt, which takes the place that it is given."""
    fields = {name: value for name, value in vars(placed.event).items() if name in _KEPT}
    at = _EPOCH + fields.pop("at_us") * _MICROSECOND
    return Statement(
        placed.take,
        _SQL["add"],
        fields
        | {
            "b": b,
            "order_event_id": order_event_id,
            "kind": placed.kind.value,
            "at": at,
            "currency": currency,
            "checkout_id": checkout_id,
            "region": placed.region,
        },
    )


async def last_position(connection: Connection) -> int:
    """Where the log ends; 0 if it is empty."""
    found = await first(connection, _Position, _SQL["last_position"], {})
    return found.position if found else 0


async def after(
    connection: Connection, *, position: int, order_event_id: UUID, limit: int
) -> tuple[OrderEventRow, ...]:
    """The log in its order, behind a row."""
    parameters = {"position": position, "order_event_id": order_event_id, "limit": limit}
    return await every(connection, OrderEventRow, _SQL["after"], parameters)


async def at_positions(connection: Connection, positions: Sequence[int]) -> tuple[OrderEventRow, ...]:
    """The rows that stand at these places, in order."""
    return await every(connection, OrderEventRow, _SQL["at_positions"], {"positions": list(positions)})


async def shared_lately(
    connection: Connection, *, device: str | None, address: str | None, since: datetime
) -> SharedLately:
    """How many people share a device and an address, asked of the log itself."""
    parameters = {"device": device, "address": address, "since": since}
    found = await first(connection, SharedLately, _SQL["shared_lately"], parameters)
    assert found is not None  # a query of sub-selects always has its one row
    return found
