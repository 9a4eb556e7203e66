"""Rules on their way into force, of any kind: proposed by one, tried, let in from a day or turned down by another."""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Generic, Protocol, TypeVar

from fenqi.core.refusal import Refusal
from fenqi.services.install_strategy import APPROVED_BY, PROPOSED_BY
from fenqi.services.note import note
from fenqi.services.port import Ports
from fenqi.stores import authority as authorities
from fenqi.stores.authority import Version
from fenqi.stores.fetch import Connection
from fenqi.stores.rules_version import RulesAnswer, RulesStore, StoredRules

AHEAD_MAX = timedelta(days=366)


class ReadRules(Protocol):
    """Rules as they are read: `version` is the sha256 of their canonical text."""

    @property
    def version(self) -> str:
        """Which rules these are."""
        ...

    @property
    def name(self) -> str:
        """What they are called."""
        ...


Rules = TypeVar("Rules", bound=ReadRules)


@dataclass(frozen=True, kw_only=True)
class RulesKind(Generic[Rules]):
    """One kind of rules: where they are kept, how they are read and tried, and by which names they are refused."""

    word: str
    """In the audit trail."""
    store: RulesStore[Any]
    read: Callable[[bytes], Rules]
    is_tried: Callable[[Connection, str], Awaitable[bool]]
    unknown: type[Refusal]
    known: type[Refusal]
    untried: type[Refusal]
    answered: type[Refusal]
    own_proposal: type[Refusal]
    out_of_time: type[Refusal]


@dataclass(frozen=True, kw_only=True)
class SecondWord:
    """What the second person says of a version."""

    version: str
    is_approved: bool
    from_on: date
    reason: str
    by: str


async def install(connection: Connection, ports: Ports, kind: RulesKind[Any], *, text: bytes) -> None:
    """Keep rules that ship, in force from the day on which they are installed; chosen ones stay in force."""
    at, today = ports.business.now(), ports.business.today()
    rules = kind.read(text)
    stored = StoredRules(rules.version, rules.name, text, PROPOSED_BY, PROPOSED_BY, at)
    if not await kind.store.add(connection, stored) or await kind.store.in_force(connection, on=today):
        return
    answer = RulesAnswer(
        rules.version,
        is_approved=True,
        from_on=today,
        reason=APPROVED_BY,
        proposed_by=PROPOSED_BY,
        answered_by=APPROVED_BY,
        answered_at=at,
    )
    await kind.store.add_answer(connection, answer)
    await _keep_authority(connection, ports, stored, answer)


async def find(connection: Connection, kind: RulesKind[Any], *, version: str) -> StoredRules:
    """A version with its text; refused by the kind's name for it if nobody has proposed it."""
    found = await kind.store.find(connection, version=version)
    if found is None:
        raise kind.unknown(f"there is no version {version[:64]}", allowed="one that was proposed")
    return found


async def propose(
    connection: Connection, ports: Ports, kind: RulesKind[Any], *, text: bytes, remark: str, by: str
) -> StoredRules:
    """Keep a new version; it does nothing before it was tried and somebody else let it in.

    Raises: what reading the text refuses; the kind's refusal of a version that is known.
    """
    rules = kind.read(text)
    proposed = StoredRules(rules.version, rules.name, text, remark, by, ports.business.now())
    if not await kind.store.add(connection, proposed):
        raise kind.known(f"version {rules.version} was proposed before", allowed="other rules")
    await note_of(connection, ports, kind, by=by, did="proposed", version=rules.version)
    return proposed


async def answer(connection: Connection, ports: Ports, kind: RulesKind[Any], word: SecondWord) -> RulesAnswer:
    """Let a version in from a day on, or turn it down; whoever proposed it cannot.

    Raises: the kind's refusals of one's own proposal, of an untried version, of a day out of time, of a second answer.
    """
    stored = await find(connection, kind, version=word.version)
    if stored.proposed_by == word.by:
        raise kind.own_proposal("you proposed these rules", allowed="an answer by somebody else")
    if word.is_approved:
        await _require_may_hold(connection, ports, kind, word)
    said = RulesAnswer(
        version=word.version,
        is_approved=word.is_approved,
        from_on=word.from_on,
        reason=word.reason,
        proposed_by=stored.proposed_by,
        answered_by=word.by,
        answered_at=ports.business.now(),
    )
    if not await kind.store.add_answer(connection, said):
        raise kind.answered("somebody answered these rules already", allowed="a new version")
    if word.is_approved:
        await _keep_authority(connection, ports, stored, said)
    did = "approved" if word.is_approved else "rejected"
    await note_of(connection, ports, kind, by=word.by, did=did, version=word.version)
    return said


async def _require_may_hold(connection: Connection, ports: Ports, kind: RulesKind[Any], word: SecondWord) -> None:
    today = ports.business.today()
    last = today + AHEAD_MAX
    if not today <= word.from_on <= last:
        raise kind.out_of_time(f"from {word.from_on.isoformat()}", allowed=f"{today.isoformat()} to {last.isoformat()}")
    if not await kind.is_tried(connection, word.version):
        raise kind.untried("nobody has tried the rules", allowed="an answer after a trial")


async def note_of(
    connection: Connection, ports: Ports, kind: RulesKind[Any], *, by: str, did: str, version: str
) -> None:
    """Keep in the audit trail what somebody did with a version."""
    await note(connection, ports, actor_kind="staff", actor=by, action=f"{did}_{kind.word}", subject=version)


async def _keep_authority(connection: Connection, ports: Ports, rules: StoredRules, said: RulesAnswer) -> None:
    """Keep rules that are let in among everything that decides."""
    row = Version(
        kind="strategy",
        name=rules.name,
        version=rules.version,
        effective_from=said.from_on,
        proposed_by=said.proposed_by,
        approved_by=said.answered_by,
        recorded_at=ports.wall.now(),
    )
    await authorities.add(connection, row, content=json.loads(rules.content))
