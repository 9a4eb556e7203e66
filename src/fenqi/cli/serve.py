"""The service itself: everything between a ready database and the last answered request."""

import asyncio
import signal
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager

import uvicorn
import uvloop

from fenqi.api.app import build_app
from fenqi.cli.running import address_of
from fenqi.settings import Settings
from fenqi.stores.migration import migrate
from fenqi.wiring import open_installation

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def prepare(settings: Settings, dsn: str) -> tuple[str, ...]:
    """Bring a database to this version and fill in what is missing; the lines tell its owner what to know."""
    asyncio.run(migrate(dsn))
    return ()


def serve(
    settings: Settings,
    dsn: str,
    *,
    listener: socket.socket,
    announce: Callable[[], None],
    alive: Callable[[], bool],
) -> None:
    """Answer requests on a listening socket until a signal comes or the database is no longer alive."""
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        runner.run(_serve(settings, dsn, listener=listener, announce=announce, alive=alive))


async def _serve(
    settings: Settings,
    dsn: str,
    *,
    listener: socket.socket,
    announce: Callable[[], None],
    alive: Callable[[], bool],
) -> None:
    address = address_of(settings.port)
    opening = open_installation(dsn=dsn, home=settings.home, address=address, production=settings.production)
    async with opening as installation:
        app = build_app(installation)
        config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=10)
        await _Server(config, announce=announce, alive=alive).serve(sockets=[listener])


class _Server(uvicorn.Server):
    """Uvicorn's server, which says when it answers and ends with its database."""

    def __init__(self, config: uvicorn.Config, *, announce: Callable[[], None], alive: Callable[[], bool]) -> None:
        super().__init__(config)
        self._announce = announce
        self._alive = alive

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self._announce()

    async def on_tick(self, counter: int) -> bool:
        return await super().on_tick(counter) or not self._alive()

    @contextmanager
    def capture_signals(self) -> Generator[None]:
        """End on a signal and be done with it; uvicorn would raise it again, into the closing of our connections."""
        loop = asyncio.get_running_loop()
        for number in _ENDING:
            loop.add_signal_handler(number, self.handle_exit, number, None)
        try:
            yield
        finally:
            for number in _ENDING:
                loop.remove_signal_handler(number)
