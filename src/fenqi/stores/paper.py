"""Papers that customers and staff have handed in, sealed, each about a request, a complaint or an application."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fenqi.stores.fetch import Connection, change, every, fields_of, first
from fenqi.stores.query import queries

_SQL = queries("paper")


@dataclass(frozen=True)
class Paper:
    """A paper as it came; `content_hash` is the sha256 of what is sealed."""

    b: int
    paper_id: UUID
    customer_id: UUID
    about: UUID
    name: str
    media_type: str
    byte_count: int
    content_hash: str
    content_sealed: bytes
    added_by: str
    added_at: datetime


@dataclass(frozen=True)
class PaperLine:
    """A paper without its content."""

    b: int
    paper_id: UUID
    about: UUID
    name: str
    media_type: str
    byte_count: int
    added_by: str
    added_at: datetime


async def add(connection: Connection, paper: Paper) -> bool:
    """Keep a paper for ever; False if it is there."""
    return await change(connection, _SQL["add"], fields_of(paper)) == 1


async def find(connection: Connection, *, b: int, paper_id: UUID) -> Paper | None:
    """One paper."""
    return await first(connection, Paper, _SQL["find"], {"b": b, "paper_id": paper_id})


async def find_line(connection: Connection, *, b: int, paper_id: UUID) -> PaperLine | None:
    """One paper without its content."""
    return await first(connection, PaperLine, _SQL["find_line"], {"b": b, "paper_id": paper_id})


async def about(connection: Connection, *, b: int, about: UUID) -> tuple[PaperLine, ...]:
    """The papers about something, oldest first."""
    return await every(connection, PaperLine, _SQL["about"], {"b": b, "about": about})
