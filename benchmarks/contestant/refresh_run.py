"""Refreshes the lines of a book, and lets one aggregate and one COPY do the least of it: HOME COUNT.

Prints one JSON object: the seconds of each, and how many rows were looked at and written.
"""

import asyncio
import json
import sys
import tempfile
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time

import psycopg
from close_day_book import book_of
from psycopg import conninfo, sql

from fenqi.batch.refresh_limits import refresh_months
from fenqi.core.limit.law import limit_law
from fenqi.core.limit.rules import read_limit_rules
from fenqi.core.limit.table import assess_many
from fenqi.gateways.postgres.embedded import running
from fenqi.services.install import install_world
from fenqi.services.line_behaviour import behaviour_of
from fenqi.stores.migration import migrate
from fenqi.stores.shipped_limit import load_limit_rules
from fenqi.stores.shipped_world import load_world
from fenqi.wiring import ManualClock, open_installation

DAY = date(2026, 6, 15)
MONTH_ON = date(2026, 5, 31)
EVERY_BUCKET = tuple(range(256))
LANES = [EVERY_BUCKET[start : start + 16] for start in range(0, 256, 16)]
RIVAL_TURNS = 2
CHANGING_PERMILLE = 20


def measure(home, count):
    home.mkdir(parents=True, exist_ok=True)
    with running(home) as dsn:
        name = lined(dsn, book_of(dsn, count, DAY))
        with psycopg.connect(dsn, autocommit=True) as server:
            _copy(server, name, "measured")
        measured = conninfo.make_conninfo(dsn, dbname="measured")
        rivals, reads = zip(*(rival(measured) for _ in range(RIVAL_TURNS)), strict=True)
        figures = {"rival": min(rivals), "read_seconds": min(reads)} | refresh(measured)
        with psycopg.connect(dsn, autocommit=True) as server:
            server.execute("drop database measured with (force)")
    return figures


def lined(server_dsn, book):
    """The name of the book with a line for each customer, 2 % of which stand otherwise than a look finds.

    One that is there is migrated if it is older.
    """
    name = f"lined_{book}"
    dsn = conninfo.make_conninfo(server_dsn, dbname=name)
    with psycopg.connect(server_dsn, autocommit=True) as server:
        if server.execute("select 1 from pg_database where datname = %s and datistemplate", (name,)).fetchone():
            asyncio.run(migrate(dsn))
            return name
        _copy(server, book, name)
        with psycopg.connect(dsn) as filling:
            filling.execute("set session_replication_role = replica; set synchronous_commit = off")
            filling.execute(_CUSTOMERS)
            filling.execute(_STANDINGS, {"on": DAY - timedelta(days=400)})
            filling.execute(
                "insert into day_close (b, closed_on, loan_count, closed_at)"
                " select b, %s, 0, '-infinity' from head on conflict do nothing",
                (MONTH_ON,),
            )
        with psycopg.connect(dsn, autocommit=True) as filled:
            filled.execute("vacuum (freeze, analyze)")
        asyncio.run(_settle(dsn))
        with psycopg.connect(dsn, autocommit=True) as filled:
            filled.execute(_DISTURB, {"permille": CHANGING_PERMILLE})
            filled.execute("vacuum (freeze, analyze)")
        server.execute(sql.SQL("alter database {} is_template true").format(sql.Identifier(name)))
    return name


async def _settle(dsn):
    """Bring every line to what a look finds, so that looking again finds nothing new."""
    rules = read_limit_rules(load_limit_rules())
    async with opened(dsn) as installation:
        async with installation.transaction() as connection:
            await install_world(connection, installation.ports, load_world())
        authority = installation.ports.authority
        law = limit_law(authority.pack, lender_type=authority.house.lender_type, on=DAY)
        for lane in LANES:
            async with installation.transaction() as connection:
                known = await behaviour_of(connection, lane=lane, rules=rules, on=DAY)
                if known is None:
                    continue
                looked = assess_many(known.table, rules=rules, law=law, on=DAY.toordinal())
                rows = zip(
                    [str(known.customer_id(place)) for place in range(len(looked.points))],
                    known.buckets.tolist(),
                    looked.points.tolist(),
                    looked.fixed_minor.tolist(),
                    looked.is_suspended.tolist(),
                    strict=True,
                )
                await connection.execute(_LOOKED)
                async with connection.cursor().copy("copy looked from stdin") as copying:
                    for row in rows:
                        await copying.write_row(row)
                await connection.execute(_SETTLE, {"on": DAY})
                await connection.execute("drop table looked")


def rival(dsn):
    """One aggregate over the rows that a look reads, by customer; those that changed are copied into a table."""
    with psycopg.connect(dsn) as connection:
        connection.execute("drop table if exists least")
        connection.execute("create table least (like limit_change including all)")
        connection.execute("commit")
        connection.execute("checkpoint")
        connection.execute("commit")
        begun = perf_counter()
        connection.execute(_AGGREGATE, {"on": DAY, "from_on": DAY - timedelta(days=182)})
        read = perf_counter() - begun
        with connection.cursor().copy(_CHANGED) as taken:
            changed = b"".join(taken)
        with connection.cursor().copy("copy least from stdin") as copying:
            copying.write(changed)
        connection.commit()
        seconds = perf_counter() - begun
        connection.execute("drop table aggregated")
        connection.commit()
        return seconds, read


def refresh(dsn):
    before = rows(dsn)
    seconds, cpu_seconds = asyncio.run(_refresh(dsn))
    after = rows(dsn)
    return {
        "seconds": seconds,
        "client_cpu_seconds": cpu_seconds,
        "line_count": after["line"],
        "changed_count": after["change"] - before["change"],
        "leg_count": after["leg"] - before["leg"],
        "notice_count": after["notice"] - before["notice"],
        "log_mb": after["log"] - before["log"],
    }


async def _refresh(dsn):
    async with opened(dsn) as installation:
        async with installation.transaction() as connection:
            await connection.execute("select 1")
        begun, used = perf_counter(), process_time()
        done = await refresh_months(installation, lane=EVERY_BUCKET)
        seconds, cpu_seconds = perf_counter() - begun, process_time() - used
    if done != len(EVERY_BUCKET):
        raise SystemExit(f"{done} buckets were refreshed, not {len(EVERY_BUCKET)}")
    return seconds, cpu_seconds


@asynccontextmanager
async def opened(dsn):
    clock = ManualClock(datetime(DAY.year, DAY.month, DAY.day, 4, tzinfo=UTC))
    with tempfile.TemporaryDirectory() as home:
        opening = open_installation(dsn=dsn, home=Path(home), address="http://bench", production=False, business=clock)
        async with opening as installation:
            yield installation


def rows(dsn):
    with psycopg.connect(dsn, autocommit=True) as connection:
        connection.execute("checkpoint")
        counted = connection.execute(
            "select (select count(*) from credit_standing), (select count(*) from limit_change),"
            " (select count(*) from leg), (select count(*) from notice),"
            " pg_wal_lsn_diff(pg_current_wal_lsn(), '0/0') / 1e6"
        ).fetchone()
    line, change, leg, notice, log = counted
    return {"line": line, "change": change, "leg": leg, "notice": notice, "log": float(log)}


def _copy(server, template, name):
    server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))
    statement = sql.SQL("create database {} template {} strategy file_copy")
    server.execute(statement.format(sql.Identifier(name), sql.Identifier(template)))
    server.execute("checkpoint")


_CUSTOMERS = """
insert into customer (b, customer_id, mobile_sealed, mobile_masked, assurance, created_at)
select b, customer_id, '', '', 'L2', '2025-01-01' from loan
"""
_STANDINGS = """
insert into credit_standing (
    b, customer_id, currency, anchor_minor, fixed_minor, special_minor, points, is_suspended, takes_rises, is_student,
    monthly_income_minor, outside_service_minor, stated_on, changed_on
)
select
    b, customer_id, 'CNY', 2000000, 2000000, 0, null, false, true, false, 1500000, 50000, %(on)s, %(on)s
from loan
order by b, customer_id
"""
_LOOKED = "create temp table looked (c uuid, b smallint, p integer, f bigint, s boolean)"
_SETTLE = """
update credit_standing as line
set points = p, fixed_minor = f, is_suspended = s, changed_on = %(on)s
from looked
where line.b = looked.b and line.customer_id = looked.c
"""
_DISTURB = """
update credit_standing
set is_suspended = true
where not is_suspended and get_byte(uuid_send(customer_id), 3) * 256 + get_byte(uuid_send(customer_id), 4)
< %(permille)s * 65.536 / 0.95
"""
_AGGREGATE = """
create temp table aggregated as
select
    line.b, line.customer_id, line.fixed_minor, line.points, line.is_suspended,
    count(*) filter (where instalment.settled_on is not null or instalment.due_on < %(on)s) as due_count,
    count(*) filter (where instalment.settled_on <= instalment.due_on) as on_time_count,
    count(*) filter (where coalesce(instalment.settled_on, %(on)s) > instalment.due_on) as late_count,
    max(coalesce(instalment.settled_on, %(on)s) - instalment.due_on) as days_late_max,
    max(%(on)s - instalment.due_on) filter (where instalment.settled_on is null) as days_late,
    sum(
        instalment.principal_minor + instalment.interest_minor + instalment.fee_minor + instalment.penalty_minor
        - instalment.paid_minor
    ) filter (where instalment.settled_on is null and instalment.due_on > %(on)s) as service_minor,
    max(loan.outstanding_minor) as owed_minor
from credit_standing as line
inner join loan on loan.b = line.b and loan.customer_id = line.customer_id
inner join instalment on instalment.b = loan.b and instalment.loan_id = loan.loan_id
where
    instalment.due_on <= %(on)s + 31 and (instalment.due_on >= %(from_on)s or instalment.settled_on is null)
group by line.b, line.customer_id
"""
_CHANGED = """
copy (
    select
        b, md5(customer_id::text)::uuid, customer_id, 'CNY', 'month', null::uuid, 'resumed', 0, fixed_minor,
        fixed_minor, points, repeat('0', 64), '[]'::jsonb, '[]'::jsonb, convert_to(repeat('x', 900), 'UTF8'), 'rival',
        date '2026-06-15', timestamptz '2026-06-15'
    from aggregated
    where get_byte(uuid_send(customer_id), 3) < 5
) to stdout
"""

if __name__ == "__main__":
    sys.stdout.write(json.dumps(measure(Path(sys.argv[1]), int(sys.argv[2]))))
