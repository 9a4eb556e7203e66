"""Sends messages through the outbox, and puts rows into a table and takes them out: `notices_outbox.py ROUNDS COUNT`.

Prints one JSON object: microseconds of CPU a message, of this process and of every process of the database, in the
best round of each.
"""

import asyncio
import json
import sys
import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import perf_counter, process_time_ns
from uuid import UUID, uuid4

import psycopg

from fenqi.batch.send_notice import send_due_notices
from fenqi.core.collection.contact import ContactPurpose
from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.gateways.postgres.embedded import running
from fenqi.services.install import install_world
from fenqi.services.notice_template import approve_template, propose_template
from fenqi.stores import notice as notices
from fenqi.stores.migration import migrate
from fenqi.stores.notice import Notice
from fenqi.stores.shipped_world import load_world
from fenqi.wiring import ManualClock, open_installation

EVERY_BUCKET = tuple(range(256))
NOON = datetime(2026, 9, 1, 4, tzinfo=UTC)
BARE = """
create table bare (
    b smallint not null, notice_id uuid not null, customer_id uuid not null, purpose text not null,
    channel text not null, template text not null, kind text not null, currency text not null,
    due_at timestamptz not null, state text not null,
    primary key (b, notice_id)
)
"""
PUT = "insert into bare values (%s, %s, %s, 'servicing', 'sms', 'measured', 'bench', 'CNY', %s, 'waiting')"
TAKE = "delete from bare where b = %s and notice_id = %s"


async def measure(rounds, count):
    with tempfile.TemporaryDirectory() as home, running(Path(home)) as dsn:
        await migrate(dsn)
        clock = ManualClock(NOON)
        opening = open_installation(dsn=dsn, home=Path(home), address="http://bench", production=False, business=clock)
        async with opening as installation:
            async with installation.transaction() as connection:
                await install_world(connection, installation.ports, load_world())
                await approved_text(connection, installation.ports)
                customers = [await customer(connection, installation.ports, number) for number in range(count)]
            with psycopg.connect(dsn, autocommit=True) as bare:
                bare.execute(BARE)
                figures = [await one_round(installation, bare, dsn, clock, customers) for _ in range(rounds + 1)]
    return {name: pick(each[name] for each in figures[1:]) for name, pick in PICKED.items()}


PICKED = {
    "fenqi_cpu_us": min,
    "bare_cpu_us": min,
    "bare_together_cpu_us": min,
    "fenqi_per_second": max,
    "bare_per_second": max,
}


async def approved_text(connection, ports):
    zh, en = "【{lender}】您的账户有一条新消息。", "{lender}: there is a message for you."
    text = await propose_template(
        connection, ports, name="measured", purpose=ContactPurpose.SERVICING, zh=zh, en=en, by="one"
    )
    today = ports.business.today()
    await approve_template(connection, ports, name=text.name, version=text.version, by="another", effective_from=today)


async def customer(connection, ports, number):
    customer_id, mobile = uuid4(), f"138{number:08}"
    await connection.execute(
        "insert into customer (b, customer_id, mobile_sealed, mobile_masked, assurance, created_at)"
        " values (%s, %s, %s, %s, 'L1', %s)",
        (
            bucket_of(customer_id),
            customer_id,
            await ports.keys.seal(mobile, row=customer_id, field="mobile"),
            f"138****{number % 10_000:04}",
            NOON,
        ),
    )
    return customer_id


async def one_round(installation, bare, dsn, clock, customers):
    clock.move(timedelta(days=1))
    used, begun = cpu_ns(dsn), perf_counter()
    async with installation.transaction() as connection:
        await notices.add(connection, [notice_for(one, due_at=clock.now()) for one in customers], kind="measured")
    sent = 0
    while found := await send_due_notices(installation, lane=EVERY_BUCKET):
        sent += found
    seconds, ours = perf_counter() - begun, cpu_ns(dsn) - used
    if sent != len(customers):
        raise SystemExit(f"{sent} of {len(customers)} messages were tried")
    bare_seconds, theirs = each_alone(bare, dsn, clock, customers)
    with bare.transaction():
        _, together = each_alone(bare, dsn, clock, customers)
    return {
        "fenqi_cpu_us": ours / sent / 1e3,
        "bare_cpu_us": theirs / sent / 1e3,
        "bare_together_cpu_us": together / sent / 1e3,
        "fenqi_per_second": sent / seconds,
        "bare_per_second": sent / bare_seconds,
    }


def each_alone(bare, dsn, clock, customers):
    """Seconds and CPU of a row put and taken out for each customer."""
    used, begun = cpu_ns(dsn), perf_counter()
    for customer_id in customers:
        b, notice_id = bucket_of(customer_id), uuid4()
        bare.execute(PUT, (b, notice_id, customer_id, clock.now()))
        bare.execute(TAKE, (b, notice_id))
    return perf_counter() - begun, cpu_ns(dsn) - used


def notice_for(customer_id: UUID, *, due_at: datetime) -> Notice:
    b = bucket_of(customer_id)
    return Notice(
        b=b,
        notice_id=id_in_bucket(uuid4(), b),
        customer_id=customer_id,
        purpose="servicing",
        channel="sms",
        template="measured",
        loan_id=None,
        due_on=None,
        currency="CNY",
        due_at=due_at,
        state="waiting",
        attempt_count=0,
        what="",
        left_minor=0,
    )


def cpu_ns(dsn):
    """CPU of this process and of every process of the database but the one that is asked."""
    with psycopg.connect(dsn, autocommit=True) as connection:
        found = connection.execute("select pid from pg_stat_activity where pid <> pg_backend_pid()").fetchall()
    return process_time_ns() + sum(int(Path(f"/proc/{pid}/schedstat").read_text().split()[0]) for (pid,) in found)


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(measure(int(sys.argv[1]), int(sys.argv[2])))))
