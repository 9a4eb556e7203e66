"""What decides and what is on sale: versions of rule packs, strategies, scorecards and texts; lenders; phones."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from fenqi.stores.fetch import Connection, Statement, change, every, fields_of, first
from fenqi.stores.query import queries

_SQL = queries("authority")


@dataclass(frozen=True)
class Version:
    """One version of something that decides, with the two people who stand for it."""

    kind: str
    name: str
    version: str
    effective_from: date
    proposed_by: str
    approved_by: str
    recorded_at: datetime


@dataclass(frozen=True)
class _Content:
    content: dict[str, Any]


@dataclass(frozen=True)
class Lender:
    """Who lends; its type says which law applies."""

    lender_id: UUID
    name_zh: str
    name_en: str
    lender_type: str
    licence: str


@dataclass(frozen=True)
class Phone:
    """One phone on sale."""

    sku: str
    brand: str
    name_zh: str
    name_en: str
    storage: str
    price_minor: int
    currency: str
    interest_free_tenors: list[int]


async def add(connection: Connection, version: Version, content: dict[str, Any]) -> bool:
    """Record a version; False if it is known already."""
    return await change(connection, _SQL["add"], fields_of(version) | {"content": Jsonb(content)}) == 1


async def versions(connection: Connection) -> tuple[Version, ...]:
    """Every version recorded, the newest of each first."""
    return await every(connection, Version, _SQL["versions"], {})


async def content(connection: Connection, *, kind: str, version: str) -> dict[str, Any] | None:
    """What a version of something that decides says; None if it was never recorded here."""
    found = await first(connection, _Content, _SQL["content"], {"kind": kind, "version": version})
    return None if found is None else found.content


async def add_lender(connection: Connection, lender: Lender) -> None:
    """Record a lender; a known one stays as it is."""
    await change(connection, _SQL["add_lender"], fields_of(lender))


async def lender(connection: Connection, *, lender_id: UUID) -> Lender | None:
    """One lender."""
    return await first(connection, Lender, _SQL["lender"], {"lender_id": lender_id})


async def lenders(connection: Connection) -> tuple[Lender, ...]:
    """Every lender of this installation."""
    return await every(connection, Lender, _SQL["lenders"], {})


async def add_phone(connection: Connection, phone: Phone) -> None:
    """Put a phone on sale; a known one stays as it is."""
    await change(connection, _SQL["add_phone"], fields_of(phone))


async def phones(connection: Connection) -> tuple[Phone, ...]:
    """Every phone on sale."""
    return await every(connection, Phone, _SQL["phones"], {})


def to_find_phones(skus: list[str]) -> Statement[Phone]:
    """Finds those of some phones that are on sale."""
    return Statement(Phone, _SQL["phones_named"], {"skus": skus})
