"""The embedded engine: follows the order log as transactions end, its own and those of other processes."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from typing import Protocol

from fenqi.core.decision.signal import Seen
from fenqi.core.velocity.entry import Entry, EntryKind, Fate, Placed
from fenqi.core.velocity.event import OrderEvent
from fenqi.velocity.keep import KeptForeign, load_streams
from fenqi.velocity.stream import Streams

BEHIND = timedelta(seconds=2)
"""A log that waits longer than this for what stands at a place is behind, and answers nothing."""
LOOK_SECONDS = 0.2
"""How late an entry of another process may be taken in while this one appends nothing."""
PATIENCE_SECONDS = 0.02
"""A gap is left to close by itself for so long: mostly its entry is about to be told."""

_MISSING_MAX = 1_000


class LogReader(Protocol):
    """The log in the database."""

    async def __call__(self, position: int) -> Sequence[Entry]:
        """The next entries behind a place, in order; none once there are no more."""
        ...

    async def at(self, positions: Sequence[int]) -> Sequence[Entry]:
        """The entries that stand at some places by now."""
        ...

    async def begun_below(self) -> int:
        """A number of a transaction below which are all that have drawn a place by now."""
        ...

    async def ended_below(self) -> int:
        """A number below which all transactions have ended; what they appended can be read from now on."""
        ...


@dataclass(frozen=True)
class _Doubt:
    """Places up to one of them are settled once all transactions below a number have ended."""

    until: int
    number: int


class LiveLog:
    """A fold of the log in a process, equal to that of every other process on the same database.

    The database gives out the places within transactions, so an entry may become visible after one behind it. Own
    entries are recorded as soon as everything before them is known; what is not known is read. Where nothing stands,
    nothing ever will once all transactions have ended that had begun when a later place was seen.
    """

    engine = "embedded"

    def __init__(self, streams: Streams, *, wall: Callable[[], datetime]) -> None:
        self._streams = streams
        self._wall = wall
        self._known: dict[int, Entry | None] = {}
        self._complete = 0
        self._level_at: int | None = None
        self._doubt: _Doubt | None = None
        self._gap_at = 0
        self._gap_since: datetime | None = None
        self._is_unsure = False
        self._stirred = asyncio.Event()

    @property
    def streams(self) -> Streams:
        """The state."""
        return self._streams

    @property
    def is_level(self) -> bool:
        """Whether the log has been read up to where it ended when it was opened."""
        return self._level_at is not None and self._complete >= self._level_at

    @property
    def is_behind(self) -> bool:
        """Whether what it knows is older than it may be."""
        return not self.is_level or (self._gap_since is not None and self._wall() - self._gap_since > BEHIND)

    @property
    def waiting_count(self) -> int:
        """How many places are known, and wait for one before them that is not."""
        return len(self._known)

    def open(self, *, last_position: int, kept_in: Path | None = None) -> None:
        """Begin with what was kept, if it can be used; the database holds the log up to a place."""
        self._level_at = last_position
        if kept_in is not None and kept_in.exists():
            with suppress(KeptForeign):
                self._streams = load_streams(kept_in, definitions=self._streams.definitions)
            if self._streams.position > last_position:
                self._streams = Streams(self._streams.definitions)
        self._complete = self._streams.position

    def place(self, kind: EntryKind, event: OrderEvent, *, region: str | None = None) -> Placed:
        """An attempt that will have its place from the database."""
        return Placed(kind, event, region)

    def tell(self, placed: Placed, fate: Fate) -> None:
        """What became of an attempt; the log goes on as far as places are known."""
        position = placed.position
        if fate is Fate.UNKNOWN or position is None:
            self._is_unsure = True
            self._stirred.set()
        elif position > self._complete:
            self._known[position] = placed.entry if fate is Fate.COMMITTED else None
            self._advance()

    async def look(self, event: OrderEvent) -> Seen | None:
        """What was counted before an order; None while the log is behind."""
        return None if self.is_behind else self._streams.look(event, engine=self.engine)

    async def follow(self, log: LogReader) -> None:
        """Take in what anybody appends, for as long as this process runs; never ends by itself."""
        await self.catch_up(log)
        while True:
            with suppress(TimeoutError):
                await asyncio.wait_for(self._stirred.wait(), LOOK_SECONDS)
                if not await self._stays_open():
                    continue
            await self.read_on(log)

    async def catch_up(self, log: LogReader) -> int:
        """Read the log up to where it ended when it was opened; how many entries there were."""
        count = 0
        while not self.is_level:
            before = self._complete
            count += await self.read_on(log)
            if self._complete == before:
                await asyncio.sleep(PATIENCE_SECONDS)
        return count

    async def read_on(self, log: LogReader) -> int:
        """Read once what stands at places that are not known; how many entries there were."""
        self._is_unsure, doubt = False, self._doubt
        if doubt is None:
            entries = await log(self._complete)
            self._take_in(entries)
        elif await log.ended_below() >= doubt.number:
            entries, self._doubt = await log(self._complete), None
            self._take_in(entries)
            self._settle(min(doubt.until, entries[-1].position if entries else doubt.until))
        else:
            entries = (*await log.at(self._missing()), *await log(max(self._known, default=self._complete)))
            self._take_in(entries)
        self._advance()
        if self._known and self._doubt is None:
            self._doubt = _Doubt(max(self._known), await log.begun_below())
        return len(entries)

    async def _stays_open(self) -> bool:
        """Whether a gap is still there after a while, or something is to be looked for."""
        gap_at = self._gap_at
        await asyncio.sleep(PATIENCE_SECONDS)
        self._stirred.clear()
        return self._is_unsure or (bool(self._known) and self._gap_at == gap_at)

    def _missing(self) -> list[int]:
        """The first places between known ones that are not known."""
        places = (one for one in range(self._complete + 1, max(self._known, default=0)) if one not in self._known)
        return list(islice(places, _MISSING_MAX))

    def _take_in(self, entries: Iterable[Entry]) -> None:
        self._known |= {entry.position: entry for entry in entries if entry.position > self._complete}

    def _settle(self, until: int) -> None:
        """Nothing more will come at a place up to this one that is not known."""
        for position in sorted(one for one in self._known if one <= until):
            self._record(position)
        self._complete = max(self._complete, until)

    def _advance(self) -> None:
        while self._complete + 1 in self._known:
            self._record(self._complete + 1)
        if not self._known:
            self._gap_since = None
            return
        self._stirred.set()
        if self._gap_since is None or self._gap_at != self._complete:
            self._gap_at, self._gap_since = self._complete, self._wall()

    def _record(self, position: int) -> None:
        entry = self._known.pop(position)
        self._complete = position
        if entry is not None:
            self._streams.record(entry)
