"""The texts of notices, and the notices that wait to be sent."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from psycopg.types.json import Jsonb

from fenqi.stores.fetch import Connection, change, every, fields_of
from fenqi.stores.packed import int2s
from fenqi.stores.query import queries

_SQL = queries("notice")


@dataclass(frozen=True)
class StoredTemplate:
    """One version of a text, and its approval if there is one."""

    name: str
    version: int
    purpose: str
    body_zh: str
    body_en: str
    proposed_by: str
    proposed_at: datetime
    approved_by: str | None = None
    approved_at: datetime | None = None
    effective_from: date | None = None


@dataclass(frozen=True)
class Notice:
    """Something a customer is to be told; `left_minor` is what its instalment still wants now."""

    b: int
    notice_id: UUID
    customer_id: UUID
    purpose: str
    channel: str
    template: str
    loan_id: UUID | None
    due_on: date | None
    kind: str
    currency: str
    due_at: datetime
    state: str
    attempt_count: int
    what: str
    left_minor: int


@dataclass(frozen=True, kw_only=True)
class PlannedNotice:
    """A notice that somebody wants sent; about an instalment, it is dropped once that is paid."""

    b: int
    notice_id: UUID
    customer_id: UUID
    purpose: str
    channel: str
    template: str
    loan_id: UUID | None
    instalment: int | None
    due_on: date | None
    kind: str
    currency: str
    due_at: datetime


async def add_template(connection: Connection, template: StoredTemplate) -> bool:
    """Append a version; False if there is one of that number."""
    parameters = {
        "name": template.name,
        "version": template.version,
        "purpose": template.purpose,
        "body_zh": template.body_zh,
        "body_en": template.body_en,
        "proposed_by": template.proposed_by,
        "proposed_at": template.proposed_at,
    }
    return await change(connection, _SQL["add_template"], parameters) == 1


async def approve_template(
    connection: Connection, template: StoredTemplate, *, approved_by: str, approved_at: datetime, effective_from: date
) -> bool:
    """Append an approval; False if there is one."""
    parameters = {
        "name": template.name,
        "version": template.version,
        "proposed_by": template.proposed_by,
        "approved_by": approved_by,
        "approved_at": approved_at,
        "effective_from": effective_from,
    }
    return await change(connection, _SQL["approve_template"], parameters) == 1


async def templates(connection: Connection) -> tuple[StoredTemplate, ...]:
    """Every version of every text, the newest of each first."""
    return await every(connection, StoredTemplate, _SQL["templates"], {})


async def plan(
    connection: Connection,
    *,
    lane: Sequence[int],
    kind: str,
    purpose: str,
    template: str,
    channels: Sequence[str],
    due_from: date,
    due_until: date,
    due_at: datetime,
) -> int:
    """Plan a reminder of every unpaid instalment of some due days, both included, once for each channel.

    Gives how many were not planned yet.
    """
    parameters = {
        "lane": int2s(lane),
        "kind": kind,
        "purpose": purpose,
        "template": template,
        "channels": list(channels),
        "due_from": due_from,
        "due_until": due_until,
        "due_at": due_at,
    }
    return await change(connection, _SQL["plan"], parameters)


async def add(connection: Connection, notices: Sequence[Notice]) -> None:
    """Plan notices; one that is planned stays as it is."""
    rows = [
        {
            "b": notice.b,
            "notice_id": str(notice.notice_id),
            "customer_id": str(notice.customer_id),
            "purpose": notice.purpose,
            "channel": notice.channel,
            "template": notice.template,
            "due_on": None if notice.due_on is None else notice.due_on.isoformat(),
            "kind": notice.kind,
            "currency": notice.currency,
            "due_at": notice.due_at.isoformat(),
        }
        for notice in notices
    ]
    await change(connection, _SQL["add"], {"rows": Jsonb(rows)})


async def plan_one(connection: Connection, planned: PlannedNotice) -> bool:
    """Plan one notice; False if it was planned before."""
    return await change(connection, _SQL["plan_one"], fields_of(planned)) == 1


async def due(connection: Connection, *, lane: Sequence[int], at: datetime, limit: int) -> tuple[Notice, ...]:
    """Notices whose time has come, held by this worker until its transaction ends."""
    return await every(connection, Notice, _SQL["due"], {"lane": int2s(lane), "at": at, "limit": limit})


async def save(connection: Connection, notices: Sequence[Notice]) -> None:
    """What became of notices."""
    rows = [
        {
            "b": notice.b,
            "notice_id": str(notice.notice_id),
            "state": notice.state,
            "due_at": notice.due_at.isoformat(),
            "attempt_count": notice.attempt_count,
            "what": notice.what,
        }
        for notice in notices
    ]
    lane = sorted({notice.b for notice in notices})
    await change(connection, _SQL["save"], {"rows": Jsonb(rows), "lane": int2s(lane)})
