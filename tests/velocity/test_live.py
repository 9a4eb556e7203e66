"""The live state: a fold of the log alone, in the order of its places, whatever order transactions end in."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest

from fenqi.core.velocity.access import narrowed, stream_definitions
from fenqi.core.velocity.definition import DAY_US, MINUTE_US
from fenqi.core.velocity.entry import Entry, EntryKind, Fate, Placed
from fenqi.core.velocity.event import OrderEvent
from fenqi.velocity.keep import KeptForeign, kept_of, load_streams, save_kept
from fenqi.velocity.live import LiveLog
from fenqi.velocity.stream import Streams

pytestmark = pytest.mark.anyio
START_US = 1_800_000_000_000_000
KINDS = tuple(EntryKind)


class Wall:
    """A clock that a test moves."""

    def __init__(self) -> None:
        self.at = datetime(2026, 9, 1, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.at


def drawn(count: int, *, seed: int = 1, days: int = 120) -> list[Entry]:
    """A log that somebody could have made: a few people, devices and cards, some events late."""
    chance = Random(seed)
    entries: list[Entry] = []
    for position in range(1, count + 1):
        at = START_US + days * DAY_US * position // count - (chance.random() < 0.1) * 5 * MINUTE_US

        def one(name: str, of: int) -> str | None:
            return None if chance.random() < 0.2 else f"{name}{chance.randrange(of)}"

        event = OrderEvent(
            at_us=at,
            amount_minor=chance.randrange(1_000_000),
            customer=one("c", 30),
            device=one("d", 20),
            ip=one("i", 10),
            address=one("a", 20),
            merchant=one("m", 3),
            card=one("k", 20),
            contact=one("t", 20),
        )
        region = chance.choice([None, "110000", "440300", "650100"])
        entries.append(Entry(position=position, kind=chance.choice(KINDS), event=event, region=region))
    return entries


def folded(entries: Sequence[Entry]) -> Streams:
    streams = Streams()
    for entry in entries:
        streams.record(entry)
    return streams


def asked(customer: str = "c1", device: str | None = "d1", **more: str) -> OrderEvent:
    return OrderEvent(at_us=START_US + 121 * DAY_US, amount_minor=1, customer=customer, device=device, **more)


def test_a_state_that_was_kept_answers_as_the_one_that_went_on(tmp_path: Path):
    entries = drawn(1200)
    path = tmp_path / "orders.kept"
    save_kept(kept_of(folded(entries[:900])), path)

    taken_up = load_streams(path, definitions=stream_definitions())
    for entry in entries[900:]:
        taken_up.record(entry)

    whole = folded(entries)
    assert taken_up.digest() == whole.digest()
    assert taken_up.look(asked(), engine="e") == whole.look(asked(), engine="e")


def test_what_leaves_the_longest_window_leaves_no_trace():
    recent = [entry for entry in drawn(1200) if entry.event.at_us > START_US + 31 * DAY_US]
    whole, later = folded(drawn(1200)), folded(recent)
    assert len(whole.kept()) < 1200
    assert whole.look(asked(), engine="e") == later.look(asked(), engine="e")


def test_a_damaged_or_foreign_file_is_refused(tmp_path: Path):
    path = tmp_path / "orders.kept"
    save_kept(kept_of(folded(drawn(20))), path)
    with pytest.raises(KeptForeign, match="features"):
        load_streams(path, definitions=narrowed(["device_count_1h"]))
    path.write_bytes(path.read_bytes()[:-1] + b"x")
    with pytest.raises(KeptForeign, match="damaged"):
        load_streams(path, definitions=stream_definitions())


class Log:
    """A log in which transactions draw places, and end when and how the test says."""

    def __init__(self, entries: Sequence[Entry] = ()) -> None:
        self.rows = {entry.position: entry for entry in entries}
        self.drawn = max(self.rows, default=0)
        self.open: dict[int, int] = {}
        self.number = 1

    def draw(self, placed: Placed) -> Placed:
        """Give an attempt its place, in a transaction that is open from now on."""
        self.drawn += 1
        self.number += 1
        self.open[self.drawn] = self.number
        return placed.take(position=self.drawn)

    def end(self, placed: Placed, fate: Fate) -> None:
        """End its transaction, which only the log knows."""
        del self.open[placed.entry.position]
        if fate is Fate.COMMITTED:
            self.rows[placed.entry.position] = placed.entry

    async def __call__(self, position: int) -> Sequence[Entry]:
        return [self.rows[one] for one in sorted(self.rows) if one > position][:50]

    async def at(self, positions: Sequence[int]) -> Sequence[Entry]:
        return [self.rows[one] for one in sorted(positions) if one in self.rows]

    async def begun_below(self) -> int:
        self.number += 1
        return self.number

    async def ended_below(self) -> int:
        return min(self.open.values(), default=self.number)

    def folded(self) -> Streams:
        return folded([self.rows[one] for one in sorted(self.rows)])


def opened(*, last_position: int = 0, wall: Wall | None = None) -> LiveLog:
    live = LiveLog(Streams(), wall=wall or Wall())
    live.open(last_position=last_position)
    return live


class Going:
    """Transactions of several processes that are under way."""

    def __init__(self, log: Log, chance: Random) -> None:
        self.log, self.chance = log, chance
        self.placed: list[tuple[LiveLog, Placed]] = []

    def begin(self, live: LiveLog, wanted: Entry) -> None:
        placed = live.place(wanted.kind, wanted.event, region=wanted.region)
        self.placed.append((live, self.log.draw(placed)))
        self.chance.shuffle(self.placed)

    def end(self, *, left: int = 0, heard: float = 1.0) -> None:
        while len(self.placed) > left:
            writer, placed = self.placed.pop()
            fate = Fate.COMMITTED if self.chance.random() < 0.8 else Fate.UNDONE
            self.log.end(placed, fate)
            writer.tell(placed, fate if self.chance.random() < heard else Fate.UNKNOWN)

    def die(self, dead: LiveLog) -> None:
        """Its transactions end, one way or the other, and nobody hears it."""
        for placed in [placed for live, placed in self.placed if live is dead]:
            self.log.end(placed, self.chance.choice([Fate.COMMITTED, Fate.UNDONE]))
        self.placed = [one for one in self.placed if one[0] is not dead]


@pytest.mark.parametrize("seed", range(12))
async def test_processes_on_one_log_have_one_state_whoever_appends_dies_or_is_not_heard(seed: int):
    """Transactions of three processes end in any order, some undone, some unheard of; one process dies in between."""
    chance, log = Random(seed), Log()
    processes, going = [opened() for _ in range(3)], Going(log, chance)
    for number, wanted in enumerate(drawn(240, seed=seed, days=2)):
        if number == 150:
            going.die(processes.pop())
        going.begin(chance.choice(processes), wanted)
        going.end(left=5, heard=0.8)
        if chance.random() < 0.3:
            await chance.choice(processes).read_on(log)
    going.end()
    for live in processes * 12:
        await live.read_on(log)

    assert [live.streams.digest() for live in processes] == [log.folded().digest()] * 2
    assert [live.waiting_count for live in processes] == [0, 0]


async def test_a_process_alone_asks_the_log_nothing_as_long_as_it_hears_everything():
    live, log = opened(), Log()
    placed = [log.draw(live.place(EntryKind.ORDERED, asked())) for _ in range(3)]
    for one, fate in zip(reversed(placed), (Fate.COMMITTED, Fate.UNDONE, Fate.COMMITTED), strict=True):
        live.tell(one, fate)
    assert (live.streams.position, live.waiting_count) == (3, 0)
    seen = await live.look(asked())
    assert seen is not None
    assert seen.features["customer_count_1h"] == 2


async def test_a_log_that_waits_too_long_for_a_place_answers_nothing():
    wall, log = Wall(), Log()
    live = opened(wall=wall)
    other, own = (log.draw(live.place(EntryKind.ORDERED, asked())) for _ in range(2))
    log.end(own, Fate.COMMITTED)
    live.tell(own, Fate.COMMITTED)
    await live.read_on(log)
    assert await live.look(asked()) is not None
    wall.at += timedelta(seconds=3)
    await live.read_on(log)
    assert await live.look(asked()) is None, "who drew the place may still keep it"
    log.end(other, Fate.UNDONE)
    await live.read_on(log)
    assert await live.look(asked()) is not None


async def test_a_restart_reads_the_tail_and_waits_for_it(tmp_path: Path):
    entries = [entry for entry in drawn(300) if entry.position % 7]
    save_kept(kept_of(folded(entries[:200])), tmp_path / "kept")
    live, log = LiveLog(Streams(), wall=Wall()), Log(entries)
    live.open(last_position=log.drawn, kept_in=tmp_path / "kept")
    assert await live.look(asked()) is None
    new = log.draw(live.place(EntryKind.ORDERED, asked()))
    log.end(new, Fate.COMMITTED)
    live.tell(new, Fate.COMMITTED)

    await live.catch_up(log)

    assert live.streams.digest() == log.folded().digest()


async def test_a_file_from_another_database_is_not_believed(tmp_path: Path):
    save_kept(kept_of(folded(drawn(300))), tmp_path / "kept")
    live = LiveLog(Streams(), wall=Wall())
    live.open(last_position=10, kept_in=tmp_path / "kept")
    await live.catch_up(Log(drawn(10)))
    assert live.streams.digest() == folded(drawn(10)).digest()


def test_a_ring_is_found_over_two_hops_and_no_further():
    streams = Streams()
    pairs = [("a", "d1"), ("b", "d1"), ("b", "d2"), ("c", "d2"), ("c", "d3"), ("e", "d3")]
    for position, (customer, device) in enumerate(pairs, start=1):
        event = OrderEvent(at_us=START_US, amount_minor=1, customer=customer, device=device)
        streams.record(Entry(position=position, kind=EntryKind.ORDERED, event=event))
    ring = streams.look(OrderEvent(at_us=START_US, amount_minor=1, customer="a"), engine="e").ring
    assert ring.customers == ("b", "c")
    assert {(tie.customer, tie.value, tie.hops) for tie in ring.ties} >= {("b", "d1", 1), ("c", "d2", 2)}


def test_ties_hold_for_thirty_days_and_marks_as_long():
    streams = Streams()
    for position, kind in enumerate([EntryKind.ORDERED, EntryKind.FROZEN, EntryKind.FRAUD], start=1):
        event = OrderEvent(at_us=START_US, amount_minor=1, customer="b", device="d1")
        streams.record(Entry(position=position, kind=kind, event=event))

    def ring(days: int):
        event = OrderEvent(at_us=START_US + days * DAY_US, amount_minor=1, customer="a", device="d1")
        return streams.look(event, engine="e").ring

    assert (ring(29).fraud, ring(29).frozen, ring(29).fraud_keys) == ({"b"}, set(), {"device"})
    assert ring(31).customers == ()


def test_a_pick_up_point_ties_nobody():
    streams = Streams()
    for position in range(1, 40):
        event = OrderEvent(at_us=START_US, amount_minor=1, customer=f"c{position}", address="point")
        streams.record(Entry(position=position, kind=EntryKind.ORDERED, event=event))
    ring = streams.look(OrderEvent(at_us=START_US, amount_minor=1, customer="x", address="point"), engine="e").ring
    assert (ring.customers, ring.is_cut) == ((), True)


def test_the_phone_and_the_card_that_somebody_is_known_by_stand_for_them():
    streams = Streams()
    events = [
        (EntryKind.ENTERED, OrderEvent(at_us=START_US, amount_minor=0, customer="a", contact="p1")),
        (EntryKind.SIGNED, OrderEvent(at_us=START_US, amount_minor=0, customer="a", card="k1")),
        (EntryKind.SIGNED, OrderEvent(at_us=START_US, amount_minor=0, customer="b", card="k1")),
        (EntryKind.CODE_WRONG, OrderEvent(at_us=START_US, amount_minor=0, contact="p1")),
    ]
    for position, (kind, event) in enumerate(events, start=1):
        streams.record(Entry(position=position, kind=kind, event=event))
    seen = streams.look(OrderEvent(at_us=START_US, amount_minor=1, customer="a"), engine="e")
    assert (seen.features["wrong_contact_1d"], seen.features["signed_card_customers_30d"]) == (1, 2)
    assert seen.ring.customers == ("b",)


def test_narrowed_streams_answer_what_was_asked_as_whole_ones_do():
    wanted = ("device_customers_7d", "customer_count_1d_of_30d", "wrong_contact_1d", "ip_count_10m")
    whole, narrow = folded(drawn(500)), Streams(narrowed(wanted))
    for entry in drawn(500):
        narrow.record(entry)
    full, part = (one.look(asked(ip="i1"), engine="e").features for one in (whole, narrow))
    assert {name: full[name] for name in wanted} == {name: part[name] for name in wanted}
    assert len(part) < len(full) / 4
