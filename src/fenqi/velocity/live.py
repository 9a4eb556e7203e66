"""The embedded engine: hands out places in the log, and follows it as transactions end."""

from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from fenqi.core.decision.signal import Seen
from fenqi.core.velocity.entry import Entry, EntryKind, Fate
from fenqi.core.velocity.event import OrderEvent
from fenqi.velocity.keep import KeptForeign, load_streams
from fenqi.velocity.stream import Streams

BEHIND = timedelta(seconds=2)
"""A log that waits longer than this for the fate of an entry is behind, and answers nothing."""
HEARD_LATEST = timedelta(seconds=5)
"""A transaction that nobody heard of has ended by then, or never will."""


@dataclass
class _Awaited:
    entry: Entry
    since: datetime
    fate: Fate | None = None


class LiveLog:
    """One writer and one reader in the process of the service.

    Places are given out before a transaction ends and are recorded in their order after it, so that a fold of what
    is in the database gives the same state: an entry whose fate nobody has heard holds up those behind it. It works
    from `open` on; until the log has been read up to there it answers nothing.
    """

    engine = "embedded"

    def __init__(self, streams: Streams, *, wall: Callable[[], datetime]) -> None:
        self._streams = streams
        self._wall = wall
        self._awaited: deque[_Awaited] = deque()
        self._by_position: dict[int, _Awaited] = {}
        self._next: int | None = None
        self._is_level = False

    @property
    def streams(self) -> Streams:
        """The state."""
        return self._streams

    @property
    def is_behind(self) -> bool:
        """Whether what it knows is older than it may be."""
        return not self._is_level or bool(self._awaited and self._wall() - self._awaited[0].since > BEHIND)

    def open(self, *, last_position: int, kept_in: Path | None = None) -> None:
        """Go on behind what the database holds; take up what was kept, if it can be used."""
        self._next = last_position + 1
        if kept_in is None or not kept_in.exists():
            return
        try:
            self._streams = load_streams(kept_in, definitions=self._streams.definitions)
        except KeptForeign:
            return
        if self._streams.position > last_position:
            self._streams = Streams(self._streams.definitions)

    async def catch_up(self, read: Callable[[int], Awaitable[Sequence[Entry]]]) -> int:
        """Read the log up to where this process began to write; how many entries there were."""
        if self._is_level or self._next is None:
            return 0
        count, until = 0, self._next if not self._awaited else self._awaited[0].entry.position
        while entries := [one for one in await read(self._streams.position) if one.position < until]:
            for entry in entries:
                self._streams.record(entry)
            count += len(entries)
        self._is_level = True
        self._advance()
        return count

    def place(self, kind: EntryKind, event: OrderEvent, *, region: str | None = None) -> Entry:
        """An attempt with the next place in the log."""
        if self._next is None:
            raise LookupError("the order log has not been opened")
        entry = Entry(position=self._next, kind=kind, event=event, region=region)
        self._next += 1
        awaited = _Awaited(entry, self._wall())
        self._awaited.append(awaited)
        self._by_position[entry.position] = awaited
        return entry

    def tell(self, entry: Entry, fate: Fate) -> None:
        """What became of an entry; the log goes on as far as fates are known."""
        self._by_position[entry.position].fate = fate
        self._advance()

    async def look(self, event: OrderEvent) -> Seen | None:
        """What was counted before an order; None while the log is behind."""
        return None if self.is_behind else self._streams.look(event, engine=self.engine)

    def unheard(self) -> tuple[int, ...]:
        """The places of entries whose fate nobody has heard."""
        return tuple(one.entry.position for one in self._awaited if one.fate == Fate.UNKNOWN)

    def found(self, asked: Sequence[int], there: Iterable[int]) -> None:
        """What the log itself says of places that were asked for: which of them are there.

        One that is not there may still come, until it is too late for it.
        """
        committed, latest = set(there), self._wall() - HEARD_LATEST
        for awaited in (self._by_position[position] for position in asked):
            if awaited.entry.position in committed:
                awaited.fate = Fate.COMMITTED
            elif awaited.since < latest:
                awaited.fate = Fate.UNDONE
        self._advance()

    def _advance(self) -> None:
        if not self._is_level:
            return
        while self._awaited and self._awaited[0].fate not in {None, Fate.UNKNOWN}:
            ended = self._awaited.popleft()
            del self._by_position[ended.entry.position]
            if ended.fate == Fate.COMMITTED:
                self._streams.record(ended.entry)
