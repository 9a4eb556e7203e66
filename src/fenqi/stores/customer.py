"""Customers, their consents, and what others have said about them."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from fenqi.stores.fetch import Connection, Nothing, Statement, ask_one, change, every, fields_of, first, run
from fenqi.stores.query import queries

_SQL = queries("customer")


@dataclass(frozen=True)
class Customer:
    """One person, personal data sealed to this row."""

    b: int
    customer_id: UUID
    mobile_sealed: bytes
    mobile_masked: str
    name_sealed: bytes | None
    id_number_sealed: bytes | None
    birth_on: date | None
    assurance: str
    assured_by: str | None
    created_at: datetime
    assured_at: datetime | None


@dataclass(frozen=True)
class Applicant:
    """The customer of a session, as far as an application is concerned; a consent reads `purpose:recipient`."""

    customer_id: UUID
    token_hash: bytes
    expires_at: datetime
    name_sealed: bytes | None
    id_number_sealed: bytes | None
    consents: list[str]


@dataclass(frozen=True)
class StoredConsent:
    """One purpose and recipient agreed to, with the text that was read."""

    b: int
    consent_id: UUID
    customer_id: UUID
    purpose: str
    recipient: str
    text_name: str
    text_version: str
    text_language: str
    text_sha256: str
    given_at: datetime


@dataclass(frozen=True)
class OutsideRecord:
    """What somebody outside said of a customer, sealed."""

    b: int
    record_id: UUID
    customer_id: UUID
    kind: str
    source: str
    is_stand_in: bool
    content_sealed: bytes
    observed_at: datetime


@dataclass(frozen=True)
class Owner:
    """Who holds a value that is unique over all buckets."""

    owner_b: int
    owner: UUID


async def claim(connection: Connection, *, b: int, kind: str, value: bytes, owner_b: int, owner: UUID) -> bool:
    """Take a unique value for an owner; False if somebody has it already. `b` is the bucket of the value."""
    parameters = {"b": b, "kind": kind, "value": value, "owner_b": owner_b, "owner": owner}
    return await change(connection, _SQL["claim"], parameters) == 1


async def owner(connection: Connection, *, b: int, kind: str, value: bytes) -> Owner | None:
    """Who holds a unique value. `b` is the bucket of the value."""
    return await first(connection, Owner, _SQL["owner"], {"b": b, "kind": kind, "value": value})


async def add(
    connection: Connection, *, b: int, customer_id: UUID, mobile_sealed: bytes, mobile_masked: str, created_at: datetime
) -> None:
    """A new customer, known by a mobile number that answered a code."""
    parameters = {
        "b": b,
        "customer_id": customer_id,
        "mobile_sealed": mobile_sealed,
        "mobile_masked": mobile_masked,
        "created_at": created_at,
    }
    await change(connection, _SQL["add"], parameters)


async def find(connection: Connection, *, b: int, customer_id: UUID) -> Customer | None:
    """One customer."""
    return await first(connection, Customer, _SQL["find"], {"b": b, "customer_id": customer_id})


async def lock(connection: Connection, *, b: int, customer_id: UUID) -> Customer | None:
    """One customer, held until the transaction ends: the line for everything that spends the same limit."""
    return await ask_one(connection, to_lock(b=b, customer_id=customer_id))


def to_lock(*, b: int, customer_id: UUID) -> Statement[Customer]:
    """Holds one customer until the transaction ends."""
    return Statement(Customer, _SQL["lock"], {"b": b, "customer_id": customer_id})


def to_find_applicant(*, b: int, session_id: UUID, at: datetime) -> Statement[Applicant]:
    """Finds who is behind a session, expired or not, with the consents given until an instant."""
    return Statement(Applicant, _SQL["applicant"], {"b": b, "session_id": session_id, "at": at})


async def assure(
    connection: Connection,
    *,
    b: int,
    customer_id: UUID,
    name_sealed: bytes,
    id_number_sealed: bytes,
    birth_on: date,
    assurance: str,
    assured_by: str,
    assured_at: datetime,
) -> None:
    """Record who a customer is, and who vouches for it."""
    parameters = {
        "b": b,
        "customer_id": customer_id,
        "name_sealed": name_sealed,
        "id_number_sealed": id_number_sealed,
        "birth_on": birth_on,
        "assurance": assurance,
        "assured_by": assured_by,
        "assured_at": assured_at,
    }
    await change(connection, _SQL["assure"], parameters)


def to_add_consent(consent: StoredConsent) -> Statement[Nothing]:
    """Appends a consent."""
    return Statement(Nothing, _SQL["add_consent"], fields_of(consent))


async def consents(connection: Connection, *, b: int, customer_id: UUID) -> tuple[StoredConsent, ...]:
    """Every consent a customer has given, oldest first."""
    return await every(connection, StoredConsent, _SQL["consents"], {"b": b, "customer_id": customer_id})


async def add_outside_record(connection: Connection, record: OutsideRecord) -> None:
    """Append what somebody outside said."""
    await run(connection, to_add_outside_record(record))


def to_add_outside_record(record: OutsideRecord) -> Statement[Nothing]:
    """Appends what somebody outside said."""
    return Statement(Nothing, _SQL["add_outside_record"], fields_of(record))


async def latest_outside_record(
    connection: Connection, *, b: int, customer_id: UUID, kind: str
) -> OutsideRecord | None:
    """The newest record of a kind."""
    parameters = {"b": b, "customer_id": customer_id, "kind": kind}
    return await first(connection, OutsideRecord, _SQL["latest_outside_record"], parameters)
