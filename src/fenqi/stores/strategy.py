"""Strategies as they were proposed, what they are used for, who said so, and halts of all deciding."""

from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from psycopg import AsyncConnection

from fenqi.stores.database import become_application
from fenqi.stores.fetch import Connection, change, every, fields_of, first
from fenqi.stores.query import queries

_SQL = queries("strategy")
_CHANNEL = "fenqi_strategy"
_ONE_AT_A_TIME = 5_714_000_257


@dataclass(frozen=True)
class StoredStrategy:
    """A version: `content` is the text as it was proposed, drawing included."""

    version: str
    name: str
    content: bytes
    note: str
    proposed_by: str
    proposed_at: datetime


@dataclass(frozen=True)
class StrategyLine:
    """A version in a list, with what the reference engine said of it; an empty difference is none."""

    version: str
    name: str
    note: str
    proposed_by: str
    proposed_at: datetime
    input_count: int | None
    difference: str | None
    checked_at: datetime | None


@dataclass(frozen=True)
class StrategyCheck:
    """That a version was held to the reference engine, and where they differed first."""

    version: str
    input_count: int
    difference: str
    checked_at: datetime


@dataclass(frozen=True)
class StoredUse:
    """What a version is proposed to be used for."""

    use_id: UUID
    version: str
    role: str
    share_permille: int
    salt: str
    from_at: datetime
    reason: str
    proposed_by: str
    proposed_at: datetime


@dataclass(frozen=True)
class UseLine(StoredUse):
    """A proposed use with its answer, if there is one."""

    is_approved: bool | None = None
    answer_reason: str | None = None
    answered_by: str | None = None
    answered_at: datetime | None = None


@dataclass(frozen=True)
class UseAnswer:
    """What the second person said."""

    use_id: UUID
    is_approved: bool
    reason: str
    proposed_by: str
    answered_by: str
    answered_at: datetime


@dataclass(frozen=True)
class StoredHalt:
    """Somebody stopped all deciding."""

    halt_id: UUID
    reason: str
    halted_by: str
    halted_at: datetime


@dataclass(frozen=True)
class HaltLine(StoredHalt):
    """A halt with who asked for its end, and who agreed."""

    end_reason: str | None = None
    asked_by: str | None = None
    asked_at: datetime | None = None
    approved_by: str | None = None
    approved_at: datetime | None = None


@dataclass(frozen=True)
class Tally:
    """How much there is that bears on who decides: as nothing is ever changed, equal counts are an equal state."""

    use_count: int
    answer_count: int
    halt_count: int
    halt_end_count: int


@dataclass(frozen=True)
class _Told:
    told: str


@dataclass(frozen=True)
class _Held:
    held: str


async def add(connection: Connection, strategy: StoredStrategy) -> bool:
    """Keep a version; False if it is known already."""
    return await change(connection, _SQL["add"], fields_of(strategy)) == 1


async def find(connection: Connection, *, version: str) -> StoredStrategy | None:
    """One version with its text."""
    return await first(connection, StoredStrategy, _SQL["find"], {"version": version})


async def versions(connection: Connection) -> tuple[StrategyLine, ...]:
    """Every version, newest first."""
    return await every(connection, StrategyLine, _SQL["versions"], {})


async def unchecked(connection: Connection) -> StoredStrategy | None:
    """The version that has waited longest to be held to the reference engine."""
    return await first(connection, StoredStrategy, _SQL["unchecked"], {})


async def add_check(connection: Connection, check: StrategyCheck) -> None:
    """Keep what the reference engine said; the first word stands."""
    await change(connection, _SQL["add_check"], fields_of(check))


async def check_of(connection: Connection, *, version: str) -> StrategyCheck | None:
    """What the reference engine said of a version."""
    return await first(connection, StrategyCheck, _SQL["check_of"], {"version": version})


async def add_use(connection: Connection, use: StoredUse) -> None:
    """Keep a proposed use."""
    await change(connection, _SQL["add_use"], fields_of(use))


async def uses(connection: Connection) -> tuple[UseLine, ...]:
    """Every proposed use, oldest first."""
    return await every(connection, UseLine, _SQL["uses"], {})


async def add_answer(connection: Connection, answer: UseAnswer) -> bool:
    """Keep an answer; False if there is one already."""
    return await change(connection, _SQL["add_answer"], fields_of(answer)) == 1


async def add_halt(connection: Connection, halt: StoredHalt) -> None:
    """Keep a halt."""
    await change(connection, _SQL["add_halt"], fields_of(halt))


async def halts(connection: Connection) -> tuple[HaltLine, ...]:
    """Every halt, newest first."""
    return await every(connection, HaltLine, _SQL["halts"], {})


async def add_halt_end(
    connection: Connection, *, halt_id: UUID, reason: str, asked_by: str, asked_at: datetime
) -> bool:
    """Keep that somebody asks for the end of a halt; False if somebody has already."""
    fields = {"halt_id": halt_id, "reason": reason, "asked_by": asked_by, "asked_at": asked_at}
    return await change(connection, _SQL["add_halt_end"], fields) == 1


async def add_halt_approval(
    connection: Connection, *, halt_id: UUID, asked_by: str, approved_by: str, approved_at: datetime
) -> bool:
    """Keep that a halt is over; False if it was already."""
    fields = {"halt_id": halt_id, "asked_by": asked_by, "approved_by": approved_by, "approved_at": approved_at}
    return await change(connection, _SQL["add_halt_approval"], fields) == 1


async def tally(connection: Connection) -> Tally:
    """How much there is that bears on who decides."""
    found = await first(connection, Tally, _SQL["tally"], {})
    assert found is not None
    return found


async def hold(connection: Connection) -> None:
    """Let nobody else change who decides until the transaction ends."""
    await every(connection, _Held, _SQL["lock"], {"lock": _ONE_AT_A_TIME})


async def tell(connection: Connection) -> None:
    """Tell every process, once the transaction is kept, that who decides has changed, or is about to."""
    await every(connection, _Told, _SQL["tell"], {})


@asynccontextmanager
async def listening(dsn: str) -> AsyncGenerator[Connection]:
    """A connection of its own that hears when who decides may have changed."""
    async with await AsyncConnection.connect(dsn, autocommit=True, prepare_threshold=None) as connection:
        await become_application(connection)
        await connection.execute(f"listen {_CHANNEL}")
        yield connection


async def heard(connection: Connection, *, seconds_max: float) -> bool:
    """Wait until something is told, or the time is over; whether anything was."""
    async for _ in connection.notifies(timeout=seconds_max, stop_after=1):
        return True
    return False
