"""Rules for credit lines as they were proposed, what they would change, and who let them in."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from psycopg.types.json import Jsonb

from fenqi.stores.fetch import Connection, change, fields_of
from fenqi.stores.query import queries
from fenqi.stores.rules_version import AnsweredRules, RulesStore

_SQL = queries("limit_rules")


@dataclass(frozen=True)
class RulesLine(AnsweredRules):
    """A version with its answer and its last trial, if there are any."""

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


LIMIT_RULES = RulesStore("limit_rules", RulesLine)


async def add_trial(connection: Connection, trial: RulesTrial) -> None:
    """Keep what a version would change."""
    await change(connection, _SQL["add_trial"], fields_of(trial) | {"found": Jsonb(trial.found)})
