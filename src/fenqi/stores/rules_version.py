"""Rules that people let in: versions as they were proposed, and what the second person said, of any kind of rules."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Generic, TypeVar

from fenqi.stores.fetch import Connection, change, every, fields_of, first
from fenqi.stores.query import queries


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
class AnsweredRules(StoredRules):
    """A version with its answer, if there is one."""

    is_approved: bool | None
    from_on: date | None
    answer_reason: str | None
    answered_by: str | None
    answered_at: datetime | None


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


Line = TypeVar("Line", bound=AnsweredRules)


class RulesStore(Generic[Line]):
    """The versions of one kind of rules; `line` is what a list shows of each."""

    def __init__(self, name: str, line: type[Line]) -> None:
        self._sql = queries(name)
        self._line = line

    async def add(self, connection: Connection, rules: StoredRules) -> bool:
        """Keep a version; False if it is known already."""
        return await change(connection, self._sql["add"], fields_of(rules)) == 1

    async def find(self, connection: Connection, *, version: str) -> StoredRules | None:
        """One version with its text."""
        return await first(connection, StoredRules, self._sql["find"], {"version": version})

    async def versions(self, connection: Connection) -> tuple[Line, ...]:
        """Every version, newest first."""
        return await every(connection, self._line, self._sql["versions"], {})

    async def in_force(self, connection: Connection, *, on: date) -> StoredRules | None:
        """The version that was let in last for a day."""
        return await first(connection, StoredRules, self._sql["in_force"], {"on": on})

    async def add_answer(self, connection: Connection, answer: RulesAnswer) -> bool:
        """Keep an answer; False if there is one already."""
        return await change(connection, self._sql["add_answer"], fields_of(answer)) == 1
