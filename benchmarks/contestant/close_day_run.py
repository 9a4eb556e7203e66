"""Closes days over a book of many loans, and lets a single statement do the least of it: HOME COUNT DAY.

Prints one JSON object: the seconds of each, how many rows were written, and what the next day costs, on which nothing
falls due.
"""

import asyncio
import json
import sys
import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

import psycopg
from close_day_book import book_of, clone

from fenqi.batch.close_day import close_until
from fenqi.gateways.postgres.embedded import running
from fenqi.wiring import ManualClock, open_installation

RIVAL_TURNS = 2
EVERY_BUCKET = tuple(range(256))


def measure(home: Path, count: int, day: date) -> dict[str, float]:
    home.mkdir(parents=True, exist_ok=True)
    with running(home) as dsn:
        measured = clone(dsn, book_of(dsn, count, day))
        rivals, leg_counts, logs = zip(*(rival(measured, day) for _ in range(RIVAL_TURNS)), strict=True)
        figures = {"rival": min(rivals), "leg_count_max": leg_counts[0], "rival_log_mb": logs[0]}
        figures |= close(measured, day)
        figures |= idle(measured, day + timedelta(days=1))
        with psycopg.connect(dsn, autocommit=True) as server:
            server.execute("drop database measured with (force)")
    return figures


def rival(dsn: str, day: date) -> tuple[float, int, float]:
    """One leg row for each loan that falls due on a day and one for each that is late, in a table like that of legs.

    Gives the seconds, the rows, and megabytes of the database's log.
    """
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("drop table if exists least")
        connection.execute("create table least (like leg including all)")
        connection.execute("checkpoint")
        logged, begun = log_mb(connection), perf_counter()
        written = connection.execute(_LEAST, {"day": day}).rowcount
        seconds = perf_counter() - begun
        return seconds, written, log_mb(connection) - logged


def close(dsn: str, day: date) -> dict[str, float]:
    """Seconds of closing a day, of all cores together in the client, and rows it wrote."""
    before = rows(dsn)
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("checkpoint")
        logged = log_mb(connection)
    seconds, cpu_seconds, loan_count = asyncio.run(_close(dsn, day))
    after = rows(dsn)
    with psycopg.connect(dsn, autocommit=True) as connection:
        logged = log_mb(connection) - logged
    return {
        "seconds": seconds,
        "client_cpu_seconds": cpu_seconds,
        "log_mb": logged,
        "loan_count": loan_count,
        "leg_count": after["leg"] - before["leg"],
        "transaction_count": after["transaction"] - before["transaction"],
    }


async def _close(dsn: str, day: date) -> tuple[float, float, int]:
    clock = ManualClock(datetime(day.year, day.month, day.day, 4, tzinfo=UTC) + timedelta(days=1))
    with tempfile.TemporaryDirectory() as home:
        opening = open_installation(dsn=dsn, home=Path(home), address="http://bench", production=False, business=clock)
        async with opening as installation:
            async with installation.transaction() as connection:
                await connection.execute("select 1")
            begun, used = perf_counter(), process_time()
            (closed,) = await close_until(installation, day=day, lane=EVERY_BUCKET)
            seconds, cpu_seconds = perf_counter() - begun, process_time() - used
    if closed.failures:
        raise SystemExit(f"{len(closed.failures)} loans failed, {closed.failures[0].what}")
    return seconds, cpu_seconds, closed.loan_count


def idle(dsn: str, day: date) -> dict[str, float]:
    """A day on which nothing falls due, against one scan of the loans."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("set max_parallel_workers_per_gather = 0; set enable_indexonlyscan = off")
        scans = []
        for _ in range(2):
            begun = perf_counter()
            connection.execute("select count(*), sum(outstanding_minor) from loan")
            scans.append(perf_counter() - begun)
    return {"idle_seconds": close(dsn, day)["seconds"], "idle_rival": min(scans)}


def log_mb(connection: psycopg.Connection) -> float:
    """How far the database's log is."""
    (written,) = connection.execute("select pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') / 1e6").fetchone()
    return float(written)


def rows(dsn: str) -> dict[str, int]:
    with psycopg.connect(dsn) as connection:
        counted = connection.execute("select (select count(*) from leg), (select count(*) from transaction)").fetchone()
    return {"leg": counted[0], "transaction": counted[1]}


_LEAST = """
with touched as (
    select i.b, i.loan_id, i.interest_minor as minor from instalment as i where i.due_on = %(day)s
    union all
    select l.b, l.loan_id, 1 from loan as l where l.oldest_unpaid_due_on < %(day)s
)
insert into least (b, seq, seq_from, debit_id, credit_id, amount_minor, ledger, effective_on, value_on)
select
    b, row_number() over (partition by b order by loan_id), row_number() over (partition by b order by loan_id),
    loan_id, '00000000-0000-0000-0000-000000000000', greatest(minor, 1), 156, %(day)s, %(day)s
from touched
"""

if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]), date.fromisoformat(sys.argv[3]))))
