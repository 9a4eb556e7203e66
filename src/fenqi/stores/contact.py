"""Contacts with customers, what became of them, and what forbids them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from fenqi.stores.fetch import Connection, change, every, fields_of, first
from fenqi.stores.listing import Listing, sorts
from fenqi.stores.packed import int2s, uuids
from fenqi.stores.query import queries

_SQL = queries("contact")


@dataclass(frozen=True)
class Contact:
    """A contact that was let begin, with the words that were said; `number` is a keyed index."""

    b: int
    contact_id: UUID
    customer_id: UUID
    purpose: str
    channel: str
    number: bytes
    template: str
    template_version: int
    content: str
    about: UUID | None
    begun_at: datetime
    begun_by: str


@dataclass(frozen=True)
class ContactLine:
    """A contact as lists show it."""

    contact_id: UUID
    purpose: str
    channel: str
    template: str
    template_version: int
    content: str
    about: UUID | None
    begun_at: datetime
    begun_by: str
    results: list[str]


@dataclass(frozen=True)
class LoggedContact(ContactLine):
    """A contact in the log of all of them."""

    customer_id: UUID


LOG = Listing(row=LoggedContact, query=_SQL["log"], key="contact_id", sorts=sorts("begun_at"), usual="-begun_at")


@dataclass(frozen=True)
class HeldCustomer:
    """A customer, held until the transaction ends."""

    b: int
    customer_id: UUID
    mobile_sealed: bytes


@dataclass(frozen=True)
class BegunContact:
    """A contact that counts against the day's limits."""

    customer_id: UUID
    purpose: str
    channel: str
    number: bytes
    begun_at: datetime
    is_unanswered: bool


@dataclass(frozen=True)
class Stop:
    """The last word on what stops contacts."""

    customer_id: UUID
    kind: str
    lasts: bool


@dataclass(frozen=True)
class Preference:
    """The last word of a customer on a purpose and channel."""

    customer_id: UUID
    purpose: str
    channel: str
    is_on: bool


@dataclass(frozen=True)
class Spoken:
    """The language in which a customer is told."""

    customer_id: UUID
    language: str


@dataclass(frozen=True)
class ContactResult:
    """What became of a contact."""

    b: int
    contact_id: UUID
    result: str
    reference: str


async def hold_customers(
    connection: Connection, *, lane: Sequence[int], customer_ids: Sequence[UUID]
) -> tuple[HeldCustomer, ...]:
    """Hold customers in the order of their keys, until the transaction ends."""
    return await every(connection, HeldCustomer, _SQL["hold_customers"], _among(lane, customer_ids))


async def since(
    connection: Connection, *, lane: Sequence[int], customer_ids: Sequence[UUID], since: datetime
) -> tuple[BegunContact, ...]:
    """The contacts of customers that began at an instant or later, oldest first."""
    return await every(connection, BegunContact, _SQL["since"], _among(lane, customer_ids) | {"since": since})


async def stops(connection: Connection, *, lane: Sequence[int], customer_ids: Sequence[UUID]) -> tuple[Stop, ...]:
    """The last word on each kind of stop."""
    return await every(connection, Stop, _SQL["stops"], _among(lane, customer_ids))


async def preferences(
    connection: Connection, *, lane: Sequence[int], customer_ids: Sequence[UUID]
) -> tuple[Preference, ...]:
    """What customers said last of each purpose and channel."""
    return await every(connection, Preference, _SQL["preferences"], _among(lane, customer_ids))


async def languages(connection: Connection, *, lane: Sequence[int], customer_ids: Sequence[UUID]) -> tuple[Spoken, ...]:
    """The language of each customer who said one, or who signed something; nobody else is among them."""
    return await every(connection, Spoken, _SQL["languages"], _among(lane, customer_ids))


async def add_language(connection: Connection, spoken: Spoken, *, b: int, language_id: UUID, said_at: datetime) -> None:
    """Append in which language a customer wants to be told."""
    parameters = {**fields_of(spoken), "b": b, "language_id": language_id, "said_at": said_at}
    await change(connection, _SQL["add_language"], parameters)


async def add(connection: Connection, contacts: Sequence[Contact]) -> None:
    """Append contacts; one that is there stays as it was."""
    rows = [
        fields_of(contact)
        | {
            "contact_id": str(contact.contact_id),
            "customer_id": str(contact.customer_id),
            "number": f"\\x{contact.number.hex()}",
            "about": None if contact.about is None else str(contact.about),
            "begun_at": contact.begun_at.isoformat(),
        }
        for contact in contacts
    ]
    await change(connection, _SQL["add"], {"rows": Jsonb(rows)})


async def add_results(connection: Connection, results: Sequence[ContactResult], *, told_at: datetime) -> int:
    """Append what became of contacts; how many were not known."""
    rows = [fields_of(result) | {"contact_id": str(result.contact_id)} for result in results]
    return await change(connection, _SQL["add_results"], {"rows": Jsonb(rows), "told_at": told_at})


async def results(connection: Connection, *, b: int, contact_id: UUID) -> tuple[str, ...]:
    """What became of a contact, as far as somebody told."""
    rows = await every(connection, ContactResult, _SQL["results"], {"b": b, "contact_id": contact_id})
    return tuple(row.result for row in rows)


async def find(connection: Connection, *, b: int, contact_id: UUID) -> Contact | None:
    """One contact."""
    return await first(connection, Contact, _SQL["find"], {"b": b, "contact_id": contact_id})


async def of_customer(
    connection: Connection,
    *,
    b: int,
    customer_id: UUID,
    channel: str = "",
    before_at: datetime,
    before_id: UUID,
    limit: int,
) -> tuple[ContactLine, ...]:
    """A customer's contacts, newest first, before a given one; on one channel, if it is named."""
    parameters = {
        "b": b,
        "customer_id": customer_id,
        "channel": channel,
        "before_at": before_at,
        "before_id": before_id,
        "limit": limit,
    }
    return await every(connection, ContactLine, _SQL["of_customer"], parameters)


async def add_stop(
    connection: Connection,
    *,
    b: int,
    stop_id: UUID,
    customer_id: UUID,
    kind: str,
    lasts: bool,
    said_by: str,
    said_at: datetime,
) -> None:
    """Append that contacts are stopped by something, or no longer."""
    parameters = {
        "b": b,
        "stop_id": stop_id,
        "customer_id": customer_id,
        "kind": kind,
        "lasts": lasts,
        "said_by": said_by,
        "said_at": said_at,
    }
    await change(connection, _SQL["add_stop"], parameters)


async def add_preference(
    connection: Connection, preference: Preference, *, b: int, preference_id: UUID, said_at: datetime
) -> None:
    """Append what a customer says of a purpose and channel."""
    parameters = {**fields_of(preference), "b": b, "preference_id": preference_id, "said_at": said_at}
    await change(connection, _SQL["add_preference"], parameters)


def _among(lane: Sequence[int], customer_ids: Sequence[UUID]) -> dict[str, Any]:
    return {"lane": int2s(lane), "customer_ids": uuids(customer_ids)}
