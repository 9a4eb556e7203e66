"""How many decisions a second, and how soon at a given pace: `decide_clock.py CASE COUNT CONNECTIONS [EZRULES_PYTHON]`.

Starts an installation of its own with the product's command, brings shoppers as far as their consents, then asks for
COUNT decisions. Case `max` asks over CONNECTIONS connections, each the next as soon as it has its answer, in turns with
ezrules beside us on the same PostgreSQL, if its Python is given. Case `paced` asks 300 a second whatever is answered.
Prints one JSON object: decisions a second, milliseconds.
"""

import asyncio
import json
import re
import subprocess
import sys
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path

from checkout_clock import HERE, free_ports, prepared, running, wait_for

WARM_UP, ROUNDS, RIVAL_SHARE, RIVAL_RULES = 40, 3, 4, 30
"""The rival is asked a fourth as often: it is slower, and its figure no less sure."""
PACE = 300


def main(case, count, connections, rival_python=None):
    with ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        port, rival_port = free_ports(2)
        settings = {"FENQI_HOME": str(home), "FENQI_PORT": str(port), "FENQI_DSN": ""}
        service = stack.enter_context(running([sys.executable, "-m", "fenqi.cli", "up"], settings))
        wait_for(port, service)
        requests = asyncio.run(prepared(home, port, int(count) + WARM_UP))
        rival = None
        if rival_python:
            dsn = json.loads((home / "service.json").read_text())["dsn"]
            rival = stack.enter_context(ezrules(rival_python, dsn, rival_port, int(count) // RIVAL_SHARE + WARM_UP))
        asyncio.run(load(port, [requests.pop() for _ in range(WARM_UP)], int(connections)))
        if case == "paced":
            return asyncio.run(paced(port, requests))
        return in_turns(port, requests, rival_port, rival, int(connections))


def in_turns(port, requests, rival_port, rival, connections):
    ours, theirs = [], []
    if rival:
        asyncio.run(load(rival_port, [rival.pop() for _ in range(WARM_UP)], connections))
    for turn in range(ROUNDS):
        ours.append(asyncio.run(load(port, requests[turn::ROUNDS], connections)))
        if rival:
            theirs.append(asyncio.run(load(rival_port, rival[turn::ROUNDS], connections)))
    return {"fenqi": summed(ours)} | ({"ezrules": summed(theirs)} if theirs else {})


def summed(rounds):
    """The best round's rate, as each contestant deserves, and latencies of all."""
    latencies = sorted(one for found in rounds for one in found[1])
    return {"per_second": max(len(found[1]) / found[0] for found in rounds), **percentiles(latencies)}


def percentiles(latencies):
    return {"p50_ms": latencies[len(latencies) // 2] * 1e3, "p99_ms": latencies[len(latencies) * 99 // 100] * 1e3}


async def load(port, requests, connections):
    """Seconds, and what each answer took."""
    waiting, latencies = iter(requests), []

    async def ask_on():
        connection = await Connection.open(port)
        latencies.extend([await connection.ask(content) for content in waiting])
        connection.close()

    begun = time.perf_counter()
    await asyncio.gather(*(ask_on() for _ in range(connections)))
    return time.perf_counter() - begun, latencies


async def paced(port, requests):
    """How many were answered a second, and how soon, at a pace of its own."""
    begun = time.perf_counter()
    latencies = await asked(port, requests)
    took = time.perf_counter() - begun
    return {"fenqi": {"per_second": len(latencies) / took, **percentiles(sorted(latencies))}}


async def asked(port, requests):
    """What each answer took at a pace of its own; one that is late counts from when it should have been asked for."""
    free, latencies = [], []

    async def ask(content, due):
        connection = await Connection.free(free, port)
        await connection.ask(content)
        latencies.append(time.perf_counter() - due)
        free.append(connection)

    begun, going = time.perf_counter(), []
    for place, content in enumerate(requests):
        due = begun + place / PACE
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        going.append(asyncio.create_task(ask(content, due)))
    await asyncio.gather(*going)
    for connection in free:
        connection.close()
    return latencies


class Connection:
    """One that stays open; every answer has to be a decision."""

    def __init__(self, reader, writer):
        self._reader, self._writer = reader, writer

    @classmethod
    async def open(cls, port):
        return cls(*await asyncio.open_connection("127.0.0.1", port))

    @classmethod
    async def free(cls, kept, port):
        """One that was used before and is still open, or another."""
        while kept:
            connection = kept.pop()
            if not connection.is_over:
                return connection
        return await cls.open(port)

    async def ask(self, content):
        begun = time.perf_counter()
        self._writer.write(content)
        head = await self._reader.readuntil(b"\r\n\r\n")
        length = re.search(rb"content-length: (\d+)", head, re.IGNORECASE)
        body = await self._reader.readexactly(int(length[1]))
        if b" 201 " not in head[:20] and b" 200 " not in head[:20]:
            raise SystemExit(f"{head.decode()}{body.decode()}")
        return time.perf_counter() - begun

    @property
    def is_over(self):
        """Whether the service has closed it, as it does with one that nobody used for some seconds."""
        return self._reader.at_eof()

    def close(self):
        self._writer.close()


class ezrules:  # noqa: N801 — it is called so
    """The rival's API, and the requests that it will be asked."""

    def __init__(self, python, dsn, port, count):
        command = [python, "decide_ezrules.py", dsn, str(port), str(RIVAL_RULES), str(count)]
        self._process = subprocess.Popen(
            command, cwd=HERE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
        self._port = port

    def __enter__(self):
        told = json.loads(self._process.stdout.readline())
        wait_for(self._port, self._process)
        return [self._request(event, told["key"]) for event in told["events"]]

    def __exit__(self, *_):
        self._process.terminate()
        self._process.wait(30)

    def _request(self, event, key):
        body = json.dumps(event).encode()
        head = "POST /api/v2/evaluate HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-type: application/json\r\n"
        return f"{head}x-api-key: {key}\r\ncontent-length: {len(body)}\r\n\r\n".encode() + body


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:])))
