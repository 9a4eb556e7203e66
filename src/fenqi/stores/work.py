"""Later work: messages to deliver and jobs to do; and the trail of who did and saw what."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from fenqi.stores.fetch import Connection, Nothing, Statement, change, every, fields_of, run
from fenqi.stores.query import queries

_SQL = queries("work")


@dataclass(frozen=True)
class Message:
    """Something that must reach somebody outside at least once."""

    b: int
    message_id: UUID
    channel: str
    topic: str
    merchant_id: UUID | None
    customer_id: UUID | None
    content: dict[str, Any]
    created_at: datetime
    due_at: datetime
    attempt_count: int
    delivered_at: datetime | None
    abandoned_at: datetime | None
    last_answer: str | None


@dataclass(frozen=True)
class Job:
    """Something that must happen at a time."""

    b: int
    job_id: UUID
    kind: str
    subject: UUID
    due_at: datetime


@dataclass(frozen=True)
class Audit:
    """Who did or saw what."""

    b: int
    audit_id: UUID
    actor_kind: str
    actor: str
    action: str
    subject: str
    detail: dict[str, Any]
    recorded_at: datetime


async def add_message(connection: Connection, message: Message) -> None:
    """Put a message into the outbox, in the transaction that it tells of."""
    await run(connection, to_add_message(message))


def to_add_message(message: Message) -> Statement[Nothing]:
    """Puts a message into the outbox."""
    return Statement(Nothing, _SQL["add_message"], fields_of(message) | {"content": Jsonb(message.content)})


async def due_messages(connection: Connection, *, lane: list[int], at: datetime, limit: int) -> tuple[Message, ...]:
    """Messages to deliver now, held by this worker until its transaction ends."""
    return await every(connection, Message, _SQL["due_messages"], {"lane": lane, "at": at, "limit": limit})


async def save_message(connection: Connection, message: Message) -> None:
    """What became of an attempt to deliver."""
    await change(connection, _SQL["save_message"], fields_of(message) | {"content": None})


async def messages_of_merchant(
    connection: Connection, *, merchant_id: UUID, before_at: datetime, before_id: UUID, limit: int
) -> tuple[Message, ...]:
    """A merchant's messages, newest first, before a given one."""
    parameters = {"merchant_id": merchant_id, "before_at": before_at, "before_id": before_id, "limit": limit}
    return await every(connection, Message, _SQL["messages_of_merchant"], parameters)


async def add_job(connection: Connection, job: Job) -> None:
    """Plan a job; planning it twice is planning it once."""
    await change(connection, _SQL["add_job"], fields_of(job))


async def due_jobs(connection: Connection, *, lane: list[int], at: datetime, limit: int) -> tuple[Job, ...]:
    """Jobs to do now, held by this worker until its transaction ends."""
    return await every(connection, Job, _SQL["due_jobs"], {"lane": lane, "at": at, "limit": limit})


async def finish_job(connection: Connection, job: Job, *, done_at: datetime, outcome: str) -> None:
    """Close a job."""
    parameters = {"b": job.b, "job_id": job.job_id, "done_at": done_at, "outcome": outcome}
    await change(connection, _SQL["finish_job"], parameters)


async def add_audit(connection: Connection, audit: Audit) -> None:
    """Append to the trail."""
    await change(connection, _SQL["add_audit"], fields_of(audit) | {"detail": Jsonb(audit.detail)})
