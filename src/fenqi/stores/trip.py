"""One trip to the database: statements sent in one write, each prepared once a connection, answered in one read.

The driver's own pipeline waits for the socket twice a statement and builds a cursor for each, which costs several
times what the statements do; this speaks to libpq through the driver's lower half.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import count
from typing import Any, Generic, TypeVar
from weakref import WeakKeyDictionary

from psycopg import AsyncConnection
from psycopg.abc import PQGen
from psycopg.adapt import PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, Format, TransactionStatus
from psycopg.pq.abc import PGconn, PGresult
from psycopg.waiting import Wait

_PARAMETER = re.compile(r"%\((\w+)\)s")
_BEGIN, _COMMIT = (b"begin", ()), (b"commit", ())
_FAILED = {ExecStatus.FATAL_ERROR, ExecStatus.PIPELINE_ABORTED}
_numbers = count()


Row = TypeVar("Row")


@dataclass(frozen=True)
class Statement(Generic[Row]):
    """A query with `%(name)s` parameters, not run yet, and the row that it finds: made of its columns by name."""

    row: Callable[..., Row]
    query: str
    parameters: Mapping[str, Any]


@dataclass(frozen=True)
class Answer:
    """What a statement answered: the rows it found, and how many it found or wrote."""

    rows: tuple[Any, ...]
    count: int


@dataclass(frozen=True)
class _Wire:
    query: bytes
    names: tuple[str, ...]


class _Known:
    """What one connection has prepared: the name of a query with its types, and the columns of its rows."""

    def __init__(self, connection: AsyncConnection[Any]) -> None:
        # The driver forgets everything that is prepared with a rollback, if it has prepared anything itself.
        connection.prepare_threshold = None
        self.transformer = Transformer(connection)
        self.names: dict[tuple[bytes, tuple[int, ...]], bytes] = {}
        self.columns: dict[bytes, tuple[str, ...]] = {}


_known: WeakKeyDictionary[AsyncConnection[Any], _Known] = WeakKeyDictionary()


async def travel(
    connection: AsyncConnection[Any], statements: Sequence[Statement[Any]], *, commits: bool = False
) -> list[Answer]:
    """Run statements in order, and read every answer; after one that fails nothing more is done, nor committed.

    Raises: psycopg's error of the statement that failed.
    """
    known = _known.get(connection)
    if known is None:
        known = _known[connection] = _Known(connection)
    trip = _Trip(connection.pgconn, known, begins=not connection.autocommit)
    for statement in statements:
        trip.add(statement)
    if commits:
        trip.commit()
    async with connection.lock:
        results = await connection.wait(_exchange(connection.pgconn, trip.sends))
    return trip.read(results)


class _Trip:
    """What is sent, and for each answer what to do with it."""

    def __init__(self, pgconn: PGconn, known: _Known, *, begins: bool) -> None:
        self._pgconn = pgconn
        self._known = known
        self.sends: list[Callable[[], None]] = []
        self._readers: list[Callable[[PGresult], Answer | None]] = []
        if begins and pgconn.transaction_status == TransactionStatus.IDLE:
            self._say(_BEGIN)

    def add(self, statement: Statement[Any]) -> None:
        """Prepare the query unless it is prepared, and run it."""
        wire, transformer = _on_the_wire(statement.query), self._known.transformer
        wanted = [PyFormat.AUTO] * len(wire.names)
        values = transformer.dump_sequence([statement.parameters[name] for name in wire.names], wanted)
        types, formats = transformer.types or (), transformer.formats
        key = (wire.query, types)
        name = self._known.names.get(key) or self._prepare(key)
        self._send(
            lambda: self._pgconn.send_query_prepared(name, values, formats, Format.BINARY),
            lambda result: self._answer(result, name, statement.row),
        )

    def commit(self) -> None:
        """End the transaction, unless something before failed."""
        self._say(_COMMIT)

    def read(self, results: list[PGresult]) -> list[Answer]:
        """The answers, or the error of the statement that failed."""
        answers = [reader(result) for reader, result in zip(self._readers, results, strict=True)]
        return [answer for answer in answers if answer is not None]

    def _say(self, key: tuple[bytes, tuple[int, ...]]) -> None:
        """Begin or commit: prepared as well, since parsing it costs more than doing it."""
        name = self._known.names.get(key) or self._prepare(key)
        self._send(lambda: self._pgconn.send_query_prepared(name, None), _nothing)

    def _send(self, send: Callable[[], None], reader: Callable[[PGresult], Answer | None]) -> None:
        self.sends.append(send)
        self._readers.append(reader)

    def _prepare(self, key: tuple[bytes, tuple[int, ...]]) -> bytes:
        query, types = key
        name = b"fenqi_%d" % next(_numbers)

        def remember(result: PGresult) -> None:
            _require_success(result)
            self._known.names[key] = name

        self._send(lambda: self._pgconn.send_prepare(name, query, types), remember)
        return name

    def _answer(self, result: PGresult, name: bytes, row: Callable[..., Any]) -> Answer:
        _require_success(result)
        if result.status == ExecStatus.COMMAND_OK:
            return Answer((), result.command_tuples or 0)
        columns = self._known.columns.get(name)
        if columns is None:
            columns = self._known.columns[name] = _columns(result)
        self._known.transformer.set_pgresult(result)
        rows = self._known.transformer.load_rows(
            0, result.ntuples, lambda values: row(**dict(zip(columns, values, strict=True)))
        )
        return Answer(tuple(rows), result.ntuples)


def _exchange(pgconn: PGconn, sends: Sequence[Callable[[], None]]) -> PQGen[list[PGresult]]:
    """Send everything, then read one result for each, in the driver's manner of waiting."""
    pgconn.enter_pipeline_mode()
    try:
        for send in sends:
            send()
        pgconn.pipeline_sync()
        while pgconn.flush():
            yield Wait.RW
            pgconn.consume_input()
        results: list[PGresult] = []
        while True:
            while pgconn.is_busy():
                yield Wait.R
                pgconn.consume_input()
            result = pgconn.get_result()
            if result is None:
                continue
            if result.status == ExecStatus.PIPELINE_SYNC:
                return results
            results.append(result)
    finally:
        pgconn.exit_pipeline_mode()


def _nothing(result: PGresult) -> None:
    _require_success(result)


def _require_success(result: PGresult) -> None:
    if result.status in _FAILED:
        raise error_from_result(result)


def _columns(result: PGresult) -> tuple[str, ...]:
    return tuple((result.fname(position) or b"").decode() for position in range(result.nfields))


@cache
def _on_the_wire(query: str) -> _Wire:
    """The query with numbered parameters, and their names in that order."""
    names = tuple(dict.fromkeys(_PARAMETER.findall(query)))
    numbers = {name: position for position, name in enumerate(names, start=1)}
    text = _PARAMETER.sub(lambda found: f"${numbers[found[1]]}", query).replace("%%", "%")
    return _Wire(text.encode(), names)
