"""The order log with its counts in a server: it answers while that is level, and brings it level again by itself."""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime, timedelta

import structlog

from fenqi.core.decision.signal import Seen
from fenqi.core.velocity.definition import Definition
from fenqi.core.velocity.entry import EntryKind
from fenqi.core.velocity.event import OrderEvent
from fenqi.velocity.live import LiveLog, LogReader
from fenqi.velocity.remote.server import AWAY, FeatureServerForgets, Server
from fenqi.velocity.remote.streams import RemoteLost, RemoteStreams

_AGAIN = timedelta(seconds=1)
"""A server that is away is asked again after so long; orders do not wait for it meanwhile."""
_LOOK_SECONDS_MAX = 0.5
"""An order waits no longer for a server; what was on its way to it is brought again."""
_MARKS = timedelta(seconds=5)
_log = structlog.get_logger()


class RemoteLog(LiveLog):
    """As the embedded log, with what was counted in a server.

    While the server is away or has to be brought level, it answers nothing, and orders are judged by the stricter rules
    of the degraded mode.
    """

    engine = "redis"

    def __init__(self, streams: RemoteStreams, server: Server, *, wall: Callable[[], datetime]) -> None:
        super().__init__(streams, wall=wall)
        self._remote = streams
        self._server = server
        self._away_until = wall()

    @property
    def is_behind(self) -> bool:
        """Whether what the server knows is older than it may be, or nobody knows."""
        return self._remote.is_lost or self._wall() < self._away_until or super().is_behind

    async def look(self, event: OrderEvent) -> Seen | None:
        """What was counted before an order; None while the server is behind or away."""
        if self.is_behind:
            return None
        try:
            async with asyncio.timeout(_LOOK_SECONDS_MAX):
                return await self._remote.answer(event, engine=self.engine)
        except RemoteLost:
            _log.warning("feature server has lost what it was told")
        except AWAY as error:
            self._miss(str(error))
        return None

    async def follow(self, log: LogReader) -> None:
        """Take in what anybody appends, and keep the server level with it; never ends by itself."""
        if self._remote.position == 0:
            with suppress(FeatureServerForgets, *AWAY):
                await self._server.require_keeps()
                self._complete = await self._remote.begin(log)
        tasks = [asyncio.create_task(one) for one in (super().follow(log), self._bring(log))]
        try:
            ended, _ = await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
            for task in ended:
                task.result()
        finally:
            for task in tasks:
                task.cancel()
            await asyncio.gather(*tasks, return_exceptions=True)
            await self._server.close()

    async def _bring(self, log: LogReader) -> None:
        marks_at = self._wall()
        while True:
            marks_at = await self._try_step(log, marks_at=marks_at)

    async def _try_step(self, log: LogReader, *, marks_at: datetime) -> datetime:
        try:
            return await self._step(log, marks_at=marks_at)
        except RemoteLost:
            return marks_at
        except FeatureServerForgets as refusal:
            self._miss(refusal.what)
        except AWAY as error:
            self._miss(str(error))
        await asyncio.sleep(_AGAIN.total_seconds())
        return marks_at

    async def _step(self, log: LogReader, *, marks_at: datetime) -> datetime:
        if self._remote.is_lost:
            await self._server.require_keeps()
            count = await self._remote.read_again(log)
            _log.info("feature server is level", entries=count)
        is_due = self._wall() >= marks_at
        await self._remote.flush(everywhere=is_due)
        with suppress(TimeoutError):
            await asyncio.wait_for(self._remote.waiting.wait(), _AGAIN.total_seconds())
        return self._wall() + _MARKS if is_due else marks_at

    def _miss(self, what: str) -> None:
        self._away_until = self._wall() + _AGAIN
        _log.warning("feature server is away", what=what)


def remote_log(
    definitions: Mapping[EntryKind, Definition], url: str, *, owner: str, wall: Callable[[], datetime]
) -> RemoteLog:
    """The log of a process that counts in the server of a URL, apart from the logs of other owners."""
    server = Server(url)
    return RemoteLog(RemoteStreams(definitions, server, owner=owner), server, wall=wall)
