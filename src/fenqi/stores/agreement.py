"""Documents as rendered, what was shown when, and what was signed."""

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from fenqi.stores.fetch import Connection, change, first
from fenqi.stores.query import queries

_SQL = queries("agreement")


@dataclass(frozen=True)
class Document:
    """A rendered document, sealed because it names a person; `content_hash` is the sha256 of its plain bytes."""

    b: int
    document_id: UUID
    customer_id: UUID
    kind: str
    language: str
    template_version: str
    content_hash: str
    content_sealed: bytes
    media_type: str
    created_at: datetime


@dataclass(frozen=True)
class Shown:
    """One offer put before a customer, with the documents and how long they must be readable."""

    b: int
    shown_id: UUID
    customer_id: UUID
    checkout_id: UUID
    decision_id: UUID
    offer: dict[str, Any]
    disclosure_id: UUID
    agreement_document_id: UUID
    read_seconds_min: int
    shown_at: datetime


@dataclass(frozen=True)
class SignedAgreement:
    """What was agreed and the evidence that it was."""

    b: int
    agreement_id: UUID
    customer_id: UUID
    checkout_b: int
    checkout_id: UUID
    shown_id: UUID
    terms: dict[str, Any]
    evidence: dict[str, Any]
    signed_at: datetime


async def add_document(connection: Connection, document: Document) -> None:
    """Keep a document for ever."""
    await change(connection, _SQL["add_document"], asdict(document))


async def document(connection: Connection, *, b: int, document_id: UUID) -> Document | None:
    """One document."""
    return await first(connection, Document, _SQL["document"], {"b": b, "document_id": document_id})


async def add_shown(connection: Connection, shown: Shown) -> None:
    """Record that an offer was put before a customer."""
    await change(connection, _SQL["add_shown"], asdict(shown) | {"offer": Jsonb(shown.offer)})


async def shown(connection: Connection, *, b: int, shown_id: UUID) -> Shown | None:
    """One showing."""
    return await first(connection, Shown, _SQL["shown"], {"b": b, "shown_id": shown_id})


async def latest_shown(connection: Connection, *, b: int, checkout_id: UUID) -> Shown | None:
    """What was put before the customer last at a checkout. `b` is the customer's bucket."""
    return await first(connection, Shown, _SQL["latest_shown"], {"b": b, "checkout_id": checkout_id})


async def add(connection: Connection, agreement: SignedAgreement) -> None:
    """Append a signed agreement."""
    parameters = asdict(agreement) | {"terms": Jsonb(agreement.terms), "evidence": Jsonb(agreement.evidence)}
    await change(connection, _SQL["add"], parameters)


async def find(connection: Connection, *, b: int, agreement_id: UUID) -> SignedAgreement | None:
    """One agreement."""
    return await first(connection, SignedAgreement, _SQL["find"], {"b": b, "agreement_id": agreement_id})


async def known(connection: Connection, *, b: int, agreement_id: UUID) -> SignedAgreement:
    """An agreement that a loan names and that therefore exists.

    Raises: LookupError if not, which is a fault of ours.
    """
    found = await find(connection, b=b, agreement_id=agreement_id)
    if found is None:
        raise LookupError(f"agreement {agreement_id} is named and has no row")
    return found


async def known_document(connection: Connection, *, b: int, document_id: UUID) -> Document:
    """A document that something of ours names and that therefore exists.

    Raises: LookupError if not, which is a fault of ours.
    """
    found = await document(connection, b=b, document_id=document_id)
    if found is None:
        raise LookupError(f"document {document_id} is named and has no row")
    return found


async def known_showing(connection: Connection, *, b: int, shown_id: UUID) -> Shown:
    """A showing that an agreement names and that therefore exists.

    Raises: LookupError if not, which is a fault of ours.
    """
    found = await shown(connection, b=b, shown_id=shown_id)
    if found is None:
        raise LookupError(f"showing {shown_id} is named and has no row")
    return found
