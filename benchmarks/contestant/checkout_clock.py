"""What a decision costs, and the least route over the same database: `checkout_clock.py ROUNDS COUNT CONNECTIONS`.

Starts an installation of its own with the product's command and the plain route on its PostgreSQL, brings shoppers as
far as their consents, then asks for COUNT decisions and COUNT plain answers in turns. CPU is read from the kernel, in
nanoseconds: of the service's process and of its database connections, and of what the database does for everybody
while the round runs. Prints one JSON object, milliseconds a request.
"""

import asyncio
import json
import os
import re
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from uuid import UUID, uuid4

import httpx
import psycopg

from fenqi.gateways.notice.stand_in import kept_messages
from fenqi.simulation.caller import Shop, Shopper
from fenqi.simulation.person import invent
from fenqi.stores.shipped_world import load_world

HERE = Path(__file__).parent
PLAIN = "plain"
WARM_UP, AT_ONCE, START_SECONDS_MAX = 40, 6, 120.0
APPLICATION = b'{"is_student": false}'


@dataclass
class Contestant:
    """One service under load: its process, its port, what is asked, and what was measured of it."""

    pid: int
    port: int
    is_plain: bool
    requests: list[bytes]
    cpu_ns: int = 0
    latencies: list[float] = field(default_factory=list)

    def result(self):
        times, count = sorted(self.latencies), len(self.latencies)
        return {
            "cpu_ms": self.cpu_ns / count / 1e6,
            "p50_ms": times[count // 2] * 1e3,
            "p99_ms": times[count * 99 // 100] * 1e3,
            "count": count,
        }


def main(rounds, count, connections):
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        ports = free_ports(2)
        settings = {"FENQI_HOME": str(home), "FENQI_PORT": str(ports[0]), "FENQI_DSN": ""}
        service = stack.enter_context(running([sys.executable, "-m", "fenqi.cli", "up"], settings))
        wait_for(ports[0], service)
        dsn = json.loads((home / "service.json").read_text())["dsn"]
        orders = plain_orders(dsn, rounds * count + WARM_UP)
        address = f"{dsn}&application_name={PLAIN}"
        plain = stack.enter_context(running([sys.executable, "checkout_route.py", str(ports[1]), address], {}))
        wait_for(ports[1], plain)
        asked = asyncio.run(prepared(home, ports[0], rounds * count + WARM_UP))
        ours = Contestant(service.pid, ports[0], False, asked)
        theirs = Contestant(plain.pid, ports[1], True, [request(f"/orders/{one}/answers", {}) for one in orders])
        asyncio.run(take_turns((ours, theirs), dsn, rounds=rounds, count=count, connections=connections))
        return {"fenqi": ours.result(), "plain_route": theirs.result()}


async def take_turns(contestants, dsn, *, rounds, count, connections):
    for contestant in contestants:
        await load(contestant, WARM_UP, connections)
        contestant.latencies.clear()
    for _ in range(rounds):
        for contestant in contestants:
            before = cpu_ns(contestant, dsn)
            await load(contestant, count, connections)
            contestant.cpu_ns += cpu_ns(contestant, dsn) - before


async def load(contestant, count, connections):
    """Ask over a few connections that stay open, each the next thing as soon as it has its answer."""
    waiting = iter([contestant.requests.pop() for _ in range(count)])

    async def ask_on():
        reader, writer = await asyncio.open_connection("127.0.0.1", contestant.port)
        for content in waiting:
            begun = time.perf_counter()
            writer.write(content)
            head = await reader.readuntil(b"\r\n\r\n")
            length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
            body = await reader.readexactly(int(length[1]))
            contestant.latencies.append(time.perf_counter() - begun)
            if b" 201 " not in head[:20]:
                raise SystemExit(f"{head.decode()}{body.decode()}")
        writer.close()

    await asyncio.gather(*(ask_on() for _ in range(connections)))


def cpu_ns(contestant, dsn):
    """CPU of a contestant's process, of its connections to the database, and of the database's own processes."""
    with psycopg.connect(dsn, autocommit=True, application_name="clock") as connection:
        theirs = connection.execute(
            """
            select pid from pg_stat_activity
            where
                backend_type not in ('client backend', 'autovacuum worker')
                or backend_type = 'client backend' and application_name <> 'clock' and (application_name = %s) = %s
            """,
            (PLAIN, contestant.is_plain),
        ).fetchall()
    return sum(cpu_of_process(pid) for pid in (contestant.pid, *(pid for (pid,) in theirs)))


def cpu_of_process(pid):
    threads = Path(f"/proc/{pid}/task").glob("*/schedstat")
    return sum(int(thread.read_text().split()[0]) for thread in threads)


async def prepared(home, port, count):
    """So many applications, each of a shopper of their own who has said who they are and agreed to everything."""
    key = json.loads((home / "demo-logins.json").read_text())["merchant api key"]
    world = load_world()
    turn = asyncio.Semaphore(AT_ONCE)

    def inbox(mobile):
        return re.search(r"\d{6}", kept_messages(home / "stand-in" / "sms.jsonl", mobile=mobile)[-1]["text"])[0]

    async with httpx.AsyncClient(base_url=f"http://127.0.0.1:{port}", timeout=60) as http:
        shop = Shop(http, key, UUID(world["merchant"]["merchant_id"]))

        async def prepare(number):
            async with turn:
                person, phone = invent(number, seed=3), world["phones"][number % len(world["phones"])]
                shopper = Shopper(http, person.mobile, person.name, person.id_number, inbox)
                order = await shop.order(sku=phone["sku"], name=phone["name_en"], price_minor=phone["price_minor"])
                checkout_id = order["checkout_id"]
                await shopper.enter(checkout_id)
                await shopper.say_who(checkout_id)
                await shopper.consent(checkout_id)
                return request(f"/h5/checkouts/{checkout_id}/decision", {"authorization": f"Bearer {shopper.token}"})

        return await asyncio.gather(*(prepare(number) for number in range(count)))


def plain_orders(dsn, count):
    orders = [uuid4() for _ in range(count)]
    with psycopg.connect(dsn) as connection:
        connection.execute(
            """
            create table plain_order (
                order_id uuid primary key, amount_minor bigint not null, currency text not null
            );
            create table plain_answer (
                answer_id uuid primary key,
                order_id uuid not null references plain_order,
                outcome text not null,
                amount_minor bigint not null,
                currency text not null
            )
            """
        )
        with connection.cursor().copy("copy plain_order from stdin") as rows:
            for order in orders:
                rows.write_row((order, 599900, "CNY"))
    return orders


def request(path, headers):
    lines = {"host": "127.0.0.1", "content-type": "application/json", "content-length": len(APPLICATION)} | headers
    head = "".join(f"{name}: {value}\r\n" for name, value in lines.items())
    return f"POST {path} HTTP/1.1\r\n{head}\r\n".encode() + APPLICATION


@contextmanager
def running(command, settings):
    """A process that ends with the block, in order."""
    process = subprocess.Popen(
        command, cwd=HERE, env=os.environ | settings, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield process
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(60)


def wait_for(port, process):
    """Wait until a service listens and answers."""
    deadline = time.monotonic() + START_SECONDS_MAX
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"http://127.0.0.1:{port}/healthz", timeout=5)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit(f"nothing answers on port {port}")


def free_ports(count):
    with ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*(int(argument) for argument in sys.argv[1:4]))))
