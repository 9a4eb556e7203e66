"""Rules for credit lines as they were proposed, what they would change, and who let them in."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from fenqi.stores.fetch import Connection, change, every, fields_of, first
from fenqi.stores.query import queries

_SQL = queries("limit_rules")


@dataclass(frozen=True)
class StoredRules:
    """A version: `content` is the text as it was proposed."""

    version: str
    name: str
    content: bytes
    note: str
    proposed_by: str
    proposed_at: datetime


@dataclass(frozen=True)
class RulesLine(StoredRules):
    """A version with its answer and its last trial, if there are any."""

    is_approved: bool | None
    from_on: date | None
    answer_reason: str | None
    answered_by: str | None
    answered_at: datetime | None
    against: str | None
    tried_on: date | None
    found: list[dict[str, Any]] | None
    tried_by: str | None
    tried_at: datetime | None


@dataclass(frozen=True)
class RulesTrial:
    """What a version would change over the whole book, against the rules that held."""

    trial_id: UUID
    version: str
    against: str
    tried_on: date
    found: list[dict[str, Any]]
    tried_by: str
    tried_at: datetime


@dataclass(frozen=True)
class RulesAnswer:
    """What the second person said, and from which day the rules hold."""

    version: str
    is_approved: bool
    from_on: date
    reason: str
    proposed_by: str
    answered_by: str
    answered_at: datetime


async def add(connection: Connection, rules: StoredRules) -> bool:
    """Keep a version; False if it is known already."""
    return await change(connection, _SQL["add"], fields_of(rules)) == 1


async def find(connection: Connection, *, version: str) -> StoredRules | None:
    """One version with its text."""
    return await first(connection, StoredRules, _SQL["find"], {"version": version})


async def versions(connection: Connection) -> tuple[RulesLine, ...]:
    """Every version, newest first."""
    return await every(connection, RulesLine, _SQL["versions"], {})


async def in_force(connection: Connection, *, on: date) -> StoredRules | None:
    """The version that was let in last for a day."""
    return await first(connection, StoredRules, _SQL["in_force"], {"on": on})


async def add_trial(connection: Connection, trial: RulesTrial) -> None:
    """Keep what a version would change."""
    await change(connection, _SQL["add_trial"], fields_of(trial) | {"found": Jsonb(trial.found)})


async def add_answer(connection: Connection, answer: RulesAnswer) -> bool:
    """Keep an answer; False if there is one already."""
    return await change(connection, _SQL["add_answer"], fields_of(answer)) == 1
