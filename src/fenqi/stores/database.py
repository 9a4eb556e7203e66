"""Connections of the application: a pool that works as `fenqi_app`, and the transaction a command lives in.

All SQL of the stores is in named queries, `<noun>.sql` beside `<noun>.py`; see `fenqi.stores.query`.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Generator
from contextlib import asynccontextmanager, contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import msgspec
from psycopg import AsyncConnection, DatabaseError, InterfaceError, IsolationLevel, OperationalError
from psycopg.types.json import set_json_loads
from psycopg_pool import AsyncConnectionPool

from fenqi.core.ledger.outcome import OUTCOMES, refusal_of
from fenqi.core.velocity.entry import Fate
from fenqi.stores.trip import Statement, travel

Connection = AsyncConnection[Any]
_POSTING_REFUSED = "ZF2"
"""How the SQLSTATE of a demanded posting begins that does not stand in the books; its outcome follows."""
_last: WeakKeyDictionary[Connection, list[Statement[Any]]] = WeakKeyDictionary()
"""What late transactions that are open will end with."""
_hearers: WeakKeyDictionary[Connection, list[Callable[[Fate], None]]] = WeakKeyDictionary()
"""Who wants to hear how open transactions end."""
_LOST = (OperationalError, InterfaceError)
"""A connection that is lost leaves open how its transaction ended; so does whoever is stopped from outside."""
Pool = AsyncConnectionPool[Connection]
CONNECT_SECONDS_MAX = 10.0


@asynccontextmanager
async def open_pool(dsn: str, *, connections_min: int = 1, connections_max: int = 8) -> AsyncGenerator[Pool]:
    """Open connections to a migrated database, and close them at the end.

    The connecting role must be allowed to become `fenqi_app`; in production it should be allowed nothing more.

    Raises: PoolTimeout if the server does not answer.
    """
    pool: Pool = AsyncConnectionPool(
        dsn,
        open=False,
        min_size=connections_min,
        max_size=connections_max,
        kwargs={"autocommit": True, "prepare_threshold": None},
        configure=_prepare,
    )
    async with pool:
        await pool.wait(CONNECT_SECONDS_MAX)
        yield pool


async def pause(seconds: float) -> None:
    """Wait before the database is tried again.

    The database may hear late of a cancellation, and then breaks off the statement that comes next: its error takes the
    place of the cancellation, which whoever goes on after errors would never see.

    Raises: CancelledError at once if the task was cancelled before.
    """
    task = asyncio.current_task()
    if task is not None and task.cancelling():
        raise asyncio.CancelledError
    await asyncio.sleep(seconds)


async def _prepare(connection: Connection) -> None:
    set_json_loads(msgspec.json.decode, connection)
    await become_application(connection)
    await connection.execute("select dist.prefer_stored_plans()")


async def become_application(connection: Connection) -> None:
    """Give up every right but those of the application, and read instants in UTC."""
    await connection.execute("set role fenqi_app; set timezone = 'UTC'; set search_path = public")


@asynccontextmanager
async def transaction(pool: Pool) -> AsyncGenerator[Connection]:
    """One connection in one transaction: committed at the end, undone if anything is raised."""
    async with pool.connection() as connection:
        with _telling(connection):
            async with connection.transaction():
                yield connection


@asynccontextmanager
async def late_transaction(pool: Pool) -> AsyncGenerator[Connection]:
    """As `transaction`, but begun with its first statements, in their trip, and ended with its last ones, in theirs.

    No transaction may be opened inside.

    Raises: the refusal of a posting that was among the last statements and does not stand in the books.
    """
    async with pool.connection() as connection:
        await connection.set_autocommit(False)
        last = _last[connection] = []
        try:
            with _telling(connection):
                yield connection
                await travel(connection, last, commits=True)
        except DatabaseError as error:
            if not (error.sqlstate or "").startswith(_POSTING_REFUSED):
                raise
            raise refusal_of(OUTCOMES[int((error.sqlstate or "")[-2:])], "posted last") from error
        finally:
            del _last[connection]
            if not connection.closed:
                await connection.rollback()
                await connection.set_autocommit(True)


async def at_last(connection: Connection, *statements: Statement[Any]) -> None:
    """Run statements that nobody waits for: in the trip that ends a late transaction, in any other one at once."""
    last = _last.get(connection)
    if last is None:
        await travel(connection, statements)
    else:
        last.extend(statements)


def at_end(connection: Connection, hear: Callable[[Fate], None]) -> None:
    """Have somebody hear what becomes of the transaction; without one, everything is committed already."""
    hearers = _hearers.get(connection)
    if hearers is None:
        hear(Fate.COMMITTED)
    else:
        hearers.append(hear)


@contextmanager
def _telling(connection: Connection) -> Generator[None]:
    """Tell everybody who wants to hear it how the transaction inside ended."""
    hearers = _hearers[connection] = []
    fate = Fate.UNKNOWN
    try:
        yield
        fate = Fate.COMMITTED
    except Exception as error:
        fate = Fate.UNKNOWN if isinstance(error, _LOST) else Fate.UNDONE
        raise
    finally:
        del _hearers[connection]
        for hear in hearers:
            hear(fate)


@asynccontextmanager
async def still(pool: Pool) -> AsyncGenerator[Connection]:
    """One connection in one transaction that sees the database as it was when it first looked."""
    async with pool.connection() as connection:
        await connection.set_isolation_level(IsolationLevel.REPEATABLE_READ)
        try:
            async with connection.transaction():
                yield connection
        finally:
            await connection.set_isolation_level(None)


@asynccontextmanager
async def snapshot(dsn: str) -> AsyncGenerator[Connection]:
    """One reading connection that sees the database as it was when it first looked."""
    async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
        await connection.set_isolation_level(IsolationLevel.REPEATABLE_READ)
        await connection.set_read_only(True)
        async with connection.transaction():
            yield connection
