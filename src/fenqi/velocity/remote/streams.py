"""The live state in a server: entries go there in the order of the log, each counted once whoever brings it."""

import asyncio
from collections import deque
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from typing import Any

import msgspec

from fenqi.core.decision.signal import Seen
from fenqi.core.velocity.definition import Definition
from fenqi.core.velocity.entry import Entry, EntryKind
from fenqi.core.velocity.event import OrderEvent
from fenqi.velocity.live import LogReader
from fenqi.velocity.remote.layout import KEPT_US, Layout
from fenqi.velocity.remote.reading import LogTime, Question, Reading
from fenqi.velocity.remote.server import FeatureServerForgets, Script, Server
from fenqi.velocity.remote.writing import changes_of
from fenqi.velocity.stream import Streams

_APPLY, _LOOK = Script("apply"), Script("look")
_AT_ONCE = 50
"""So many entries one script applies: some milliseconds in which nobody else is answered."""
_FORGOT_ALL_IT_MAY = 2
"""What the script answers that has forgotten as many idle groups as it does at once."""
_WAITING_MAX = 50_000
"""With more than so many entries waiting, memory is spared and they are read from the log again."""


class RemoteLost(Exception):
    """The server knows less than it was told; the log has to be read again from where it stands."""


class _State(msgspec.Struct, array_like=True, frozen=True):
    """A place in the log and the log's time there: what an entry behind it counts at follows from that."""

    position: int
    now_us: int
    by_kind: dict[str, int]

    def after(self, entry: Entry, kinds: Container[EntryKind]) -> "_State":
        """The log's time behind an entry."""
        now_us = max(self.now_us, entry.event.at_us)
        counted = (entry.kind, EntryKind.ORDERED) if entry.kind is EntryKind.FRAUD else (entry.kind,)
        return _State(entry.position, now_us, self.by_kind | {one.value: now_us for one in counted if one in kinds})


class RemoteStreams(Streams):
    """A fold of the log like the embedded one, but what it comes to lies in a server.

    Each group and each shard knows the last place of the log that it has heard of, so an entry that comes twice, from
    this process or another, counts once. Every process brings every entry, in order. Whoever finds that a shard knows
    less than itself has told it, brings the log again from there.
    """

    def __init__(self, definitions: Mapping[EntryKind, Definition], server: Server, *, owner: str) -> None:
        super().__init__(definitions)
        self._server = server
        self._layout = Layout(definitions, owner=owner, shard_count=server.shard_count)
        self._marks = tuple(self._layout.mark(shard) for shard in range(server.shard_count))
        self._left_at = dict.fromkeys(self._marks, 0)
        self._heard = self._told = _State(0, 0, {})
        self._waiting: deque[Entry] = deque()
        self._flushing = asyncio.Lock()
        self.waiting = asyncio.Event()
        """Set while there is something to bring."""
        self.is_lost = True
        """Whether the server has to be brought to where this process is before it can answer."""

    def record(self, entry: Entry) -> None:
        """Add an entry behind all others; the server hears of it at the next flush, or when it is read again."""
        self.position = entry.position
        if len(self._waiting) >= _WAITING_MAX:
            self._lose()
        if not self.is_lost:
            self._await(entry)

    def kept(self) -> tuple[Entry, ...]:
        """Nothing: the server keeps it."""
        return ()

    def digest(self) -> str:
        """Nothing, as it lies elsewhere."""
        return ""

    async def begin(self, log: LogReader) -> int:
        """Go on where the server stands; the place in the log from which entries are wanted.

        Raises: FeatureServerForgets, and what AWAY names.
        """
        reached = await self._resume(log)
        if self.position == 0:
            self.position, self.is_lost = reached, False
        return self.position

    async def read_again(self, log: LogReader) -> int:
        """Bring the server what it lacks, from where its least shard stands to where this process is; how many entries.

        Raises: RemoteLost, FeatureServerForgets, and what AWAY names.
        """
        count, reached = 0, await self._resume(log)
        while True:
            until = self.position
            entries = [one for one in await log(reached) if one.position <= until]
            for entry in entries:
                self._await(entry)
            await self.flush()
            if not entries and until == self.position:
                self.is_lost = False
                return count
            count, reached = count + len(entries), entries[-1].position if entries else reached

    async def flush(self, *, everywhere: bool = False) -> None:
        """Tell the server everything that it has not heard; `everywhere` moves the marks of untouched shards on too.

        Raises: RemoteLost, and what AWAY names: then nothing is forgotten here.
        """
        async with self._flushing:
            while self._waiting:
                batch = [self._waiting[place] for place in range(min(_AT_ONCE, len(self._waiting)))]
                behind = self._told
                for entry in batch:
                    behind = behind.after(entry, self.definitions)
                await self._tell(batch, behind)
                for _ in batch:
                    self._waiting.popleft()
            self.waiting.clear()
            while everywhere:
                everywhere = await self._tell((), self._told, everywhere=True)

    async def answer(self, event: OrderEvent, *, engine: str) -> Seen:
        """What was counted before an order.

        Raises: RemoteLost, and what AWAY names.
        """
        await self.flush()
        time = LogTime(now_us=self._heard.now_us, by_kind=self._heard.by_kind)
        return await Reading(self._layout, self._ask, time=time).look(event, engine=engine)

    async def _resume(self, log: LogReader) -> int:
        """Stand where the server stands: at the shard that has come least far; its place in the log."""
        async with self._flushing:
            told = await asyncio.gather(*(self._server.facts(mark, "position", "state") for mark in self._marks))
            least, state = min(told, key=lambda one: int(one[0] or 0))
            if least and not await log.at([int(least)]):
                raise FeatureServerForgets("the server counts another log", allowed="one for each database")
            self._left_at = dict.fromkeys(self._marks, int(least or 0))
            self._told = _State(0, 0, {}) if state is None else msgspec.json.decode(state, type=_State)
            self._heard = self._told
            self._waiting.clear()
            return int(least or 0)

    def _await(self, entry: Entry) -> None:
        self._heard = self._heard.after(entry, self.definitions)
        self._waiting.append(replace(entry, event=replace(entry.event, at_us=self._heard.now_us)))
        self.waiting.set()

    def _lose(self) -> None:
        self.is_lost = True
        self.waiting.set()

    async def _tell(self, batch: Sequence[Entry], behind: "_State", *, everywhere: bool = False) -> bool:
        """Apply entries; `everywhere` also forgets what has long been idle, and tells if more may be left."""
        asked: dict[str, list[list[Any]]] = {mark: [] for mark in self._marks} if everywhere else {}
        for entry in batch:
            for group, change in changes_of(self._layout, entry):
                asked.setdefault(self._mark_of(group), []).append(change)
        forgotten = (behind.now_us - KEPT_US, self._layout.endings) if everywhere else (False, ())
        state = msgspec.json.encode(behind).decode()
        told = await self._server.run(
            _APPLY,
            {
                mark: (self._left_at[mark], behind.position, state, changes, *forgotten)
                for mark, changes in asked.items()
            },
        )
        if not all(told.values()):
            self._lose()
            raise RemoteLost
        self._told = behind
        self._left_at |= dict.fromkeys(asked, behind.position)
        return _FORGOT_ALL_IT_MAY in told.values()

    async def _ask(self, questions: Sequence[Question]) -> Sequence[Any]:
        by_mark: dict[str, list[int]] = {}
        for place, question in enumerate(questions):
            by_mark.setdefault(self._mark_of(question[1]), []).append(place)
        told = await self._server.run(
            _LOOK,
            {mark: (self._left_at[mark], [questions[place] for place in places]) for mark, places in by_mark.items()},
        )
        answers: list[Any] = [None] * len(questions)
        for mark, places in by_mark.items():
            found: Any = msgspec.msgpack.decode(told[mark])
            if found is False:
                self._lose()
                raise RemoteLost
            for place, answer in zip(places, found, strict=True):
                answers[place] = answer
        return answers

    def _mark_of(self, group: str) -> str:
        return self._marks[self._layout.shard_of(group)]
