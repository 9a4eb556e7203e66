"""What is counted in a server equals the embedded engine to the bit, is counted once, and comes back from the log."""

import asyncio
import time
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from random import Random

import pytest
from valkey import Valkey

from fenqi.core.velocity.access import narrowed, stream_definitions
from fenqi.core.velocity.definition import DAY_US
from fenqi.core.velocity.entry import Entry, EntryKind
from fenqi.core.velocity.event import KEYS, OrderEvent
from fenqi.velocity.live import LiveLog
from fenqi.velocity.remote.log import RemoteLog
from fenqi.velocity.remote.server import FeatureServerForgets, Server
from fenqi.velocity.remote.streams import RemoteLost, RemoteStreams
from fenqi.velocity.stream import Streams
from world import open_world

pytestmark = pytest.mark.anyio
DEFINITIONS = stream_definitions()
START_US = 1_800_000_000_000_000
KINDS = tuple(EntryKind)


@pytest.fixture(scope="module")
def server(starting):
    return starting()


def event_of(chance: Random, *, at_us: int) -> OrderEvent:
    """An event of few people, devices and cards; now and then something of it is not known."""
    people = ((key, None if chance.random() < 0.2 else f"{key[0]}{chance.randrange(25)}") for key in KEYS)
    north, east = chance.randrange(2000, 4500), chance.randrange(9000, 12500)
    place = {"latitude_centideg": north, "longitude_centideg": east} if chance.random() < 0.7 else {}
    return OrderEvent(at_us=at_us, amount_minor=chance.randrange(1, 10**7), **dict(people), **place)


def drawn(count: int, *, seed: int, days: int = 120) -> list[Entry]:
    """A log that somebody could have made, some events late."""
    chance = Random(seed)
    entries: list[Entry] = []
    for position in range(1, count + 1):
        at_us = START_US + days * DAY_US * position // count - (chance.random() < 0.1) * 300_000_000
        region = chance.choice([None, "110000", "440300", "650100"])
        entry = Entry(position=position, kind=chance.choice(KINDS), event=event_of(chance, at_us=at_us), region=region)
        entries.append(entry)
    return entries


def folded(entries: Sequence[Entry]) -> Streams:
    streams = Streams()
    for entry in entries:
        streams.record(entry)
    return streams


@dataclass
class Reading:
    """A log in a database where every transaction has ended."""

    entries: Sequence[Entry]

    async def __call__(self, position: int) -> Sequence[Entry]:
        return [entry for entry in self.entries if entry.position > position][:50]

    async def at(self, positions: Sequence[int]) -> Sequence[Entry]:
        return [entry for entry in self.entries if entry.position in positions]

    async def begun_below(self) -> int:
        return 0

    async def ended_below(self) -> int:
        return 0


@asynccontextmanager
async def remote(url: str, definitions=DEFINITIONS, owner: str = "us") -> AsyncIterator[tuple[RemoteStreams, Server]]:
    server = Server(url)
    try:
        yield RemoteStreams(definitions, server, owner=owner), server
    finally:
        await server.close()


async def emptied(streams: RemoteStreams, server: Server) -> None:
    await server._client.flushall()
    await streams.read_again(Reading([]))


@pytest.mark.parametrize(("seed", "days"), [(1, 120), (2, 2), (3, 300)])
async def test_every_answer_equals_the_embedded_engine(server, seed, days):
    chance, entries, embedded = Random(seed), drawn(400, seed=seed, days=days), Streams()
    async with remote(server.url) as (streams, connection):
        await emptied(streams, connection)
        for number, entry in enumerate(entries):
            embedded.record(entry)
            streams.record(entry)
            if number % 7 == 0:
                late = chance.choice([0, 0, 1_000_000, 3_600_000_000, -60_000_000, 31 * DAY_US])
                event = event_of(chance, at_us=entry.event.at_us + late)
                assert await streams.answer(event, engine="e") == embedded.look(event, engine="e")


async def test_what_several_processes_bring_counts_once(server):
    entries, embedded = drawn(400, seed=9), folded(drawn(400, seed=9))
    async with remote(server.url) as (one, connection), remote(server.url) as (other, _):
        await emptied(one, connection)
        await other.read_again(Reading([]))
        chance = Random(4)
        behind = {id(one): 0, id(other): 0}
        while min(behind.values()) < len(entries):
            turn = chance.choice([one, other])
            begin = behind[id(turn)]
            for entry in entries[begin : begin + chance.randrange(1, 60)]:
                turn.record(entry)
                behind[id(turn)] += 1
            await turn.flush(everywhere=chance.random() < 0.3)
        for event in (event_of(chance, at_us=START_US + 121 * DAY_US) for _ in range(40)):
            assert await one.answer(event, engine="e") == embedded.look(event, engine="e")
            assert await other.answer(event, engine="e") == embedded.look(event, engine="e")


class Wall:
    def __init__(self) -> None:
        self.at = datetime(2026, 9, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


async def level(log: LiveLog) -> None:
    async with asyncio.timeout(20):
        while log.is_behind:  # noqa: ASYNC110 — what is awaited goes on elsewhere
            await asyncio.sleep(0.01)


async def test_answers_nothing_while_the_server_is_away_and_brings_it_what_it_lost(starting):
    server, entries, wall = starting(), drawn(300, seed=1), Wall()
    connection = Server(server.url)
    streams = RemoteStreams(narrowed(["device_customers_7d", "customer_count_90d"]), connection, owner="us")
    log = RemoteLog(streams, connection, wall=wall)
    log.open(last_position=300)
    event = OrderEvent(at_us=START_US + 121 * DAY_US, amount_minor=1, customer="c1", device="d1")
    expected = replace(folded(entries).look(event, engine="redis"), features={})
    assert await log.look(event) is None, "nobody knows yet how far the server has come"
    following = asyncio.create_task(log.follow(Reading(entries)))
    await level(log)
    before = await log.look(event)
    assert before is not None
    assert replace(before, features={}) == expected

    server.stop()
    assert await log.look(event) is None
    server.start()  # and holds nothing
    await asyncio.sleep(1)
    wall.at = wall.at.replace(hour=1)
    assert await log.look(event) is None, "it knows less than it was told"
    await level(log)
    assert await log.look(event) == before
    following.cancel()
    with suppress(asyncio.CancelledError):
        await following


async def test_a_server_that_goes_back_in_time_is_found_out(server):
    entries = drawn(100, seed=1)
    async with remote(server.url) as (streams, connection):
        await emptied(streams, connection)
        for entry in entries:
            streams.record(entry)
        await streams.flush()
        await connection._client.flushall()
        with pytest.raises(RemoteLost):
            await streams.answer(entries[-1].event, engine="e")
        streams.record(replace(entries[-1], position=101))
        assert streams.is_lost
        await streams.read_again(Reading([*entries, replace(entries[-1], position=101)]))
        embedded = folded([*entries, replace(entries[-1], position=101)])
        event = event_of(Random(2), at_us=START_US + 121 * DAY_US)
        assert await streams.answer(event, engine="e") == embedded.look(event, engine="e")


async def test_forgets_groups_that_no_window_reaches(server):
    async with remote(server.url) as (streams, connection):
        await emptied(streams, connection)
        for entry in drawn(60, seed=1, days=1):
            streams.record(entry)
        await streams.flush()
        held = await connection._client.dbsize()
        late = OrderEvent(at_us=START_US + 400 * DAY_US, amount_minor=1, customer="z")
        streams.record(Entry(position=61, kind=KINDS[0], event=late))
        await streams.flush(everywhere=True)
        assert held > 100 > 10 > await connection._client.dbsize()


async def test_logs_of_two_owners_share_a_server_and_never_meet(server):
    ours, theirs = drawn(120, seed=3), drawn(120, seed=4)
    async with remote(server.url) as (us, connection), remote(server.url, owner="them") as (them, _):
        await emptied(us, connection)
        await them.read_again(Reading([]))
        for streams, entries in ((us, ours), (them, theirs)):
            for entry in entries:
                streams.record(entry)
            await streams.flush()
        for event in (event_of(Random(place), at_us=START_US + 121 * DAY_US) for place in range(20)):
            assert await us.answer(event, engine="e") == folded(ours).look(event, engine="e")
            assert await them.answer(event, engine="e") == folded(theirs).look(event, engine="e")


async def test_refuses_a_server_that_may_throw_counts_away(starting):
    async with remote(starting("--maxmemory", "64mb", "--maxmemory-policy", "allkeys-lru").url) as (_, connection):
        with pytest.raises(FeatureServerForgets, match="allkeys-lru"):
            await connection.require_keeps()


@pytest.fixture(scope="module")
def cluster(starting) -> str:
    """Three servers that divide the slots among them."""
    nodes = [starting("--cluster-enabled", "yes", "--cluster-node-timeout", "2000") for _ in range(3)]
    clients = [Valkey(port=node.port) for node in nodes]
    for number, (client, bounds) in enumerate(zip(clients, [(0, 5460), (5461, 10922), (10923, 16383)], strict=True)):
        client.execute_command("CLUSTER", "SET-CONFIG-EPOCH", number + 1)
        client.execute_command("CLUSTER", "ADDSLOTSRANGE", *bounds)
        client.execute_command("CLUSTER", "MEET", "127.0.0.1", nodes[0].port)
    for _ in range(1000):
        if all(
            b"cluster_state:ok" in client.execute_command("CLUSTER", "INFO", NEVER_DECODE=True) for client in clients
        ):
            return f"cluster+{nodes[1].url}"
        time.sleep(0.02)
    raise TimeoutError("the cluster does not come up")


async def test_a_cluster_answers_as_one_server_does(cluster):
    entries, embedded = drawn(300, seed=6), folded(drawn(300, seed=6))
    async with remote(cluster) as (streams, connection):
        streams.position = 300
        assert await streams.read_again(Reading(entries)) == 300
        await connection.require_keeps()
        chance = Random(6)
        for event in (event_of(chance, at_us=START_US + 121 * DAY_US) for _ in range(25)):
            assert await streams.answer(event, engine="e") == embedded.look(event, engine="e")
        await streams.flush(everywhere=True)
    async with remote(cluster) as (again, _):
        again.position = 300
        assert await again.read_again(Reading(entries)) == 0, "every shard knows how far the log was brought"
        assert await again.answer(event, engine="e") == embedded.look(event, engine="e")


async def test_orders_are_judged_by_its_counts_and_more_strictly_while_it_is_away(starting, installed, tmp_path):
    server = starting()
    async with open_world(installed, tmp_path, feature_store=server.url) as world:
        risk = await world.colleague("risk")

        async def engine() -> str:
            bought = await world.decided()
            told = await risk.get(f"/staff/decisions/{bought.decision['decision_id']}")
            return told["content"]["screening"]["engine"]

        await level(world.installation.orders)
        assert [await engine(), await engine()] == ["redis", "redis"]
        server.stop()
        assert await engine() == "database"
