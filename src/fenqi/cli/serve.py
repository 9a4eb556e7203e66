"""The service itself: everything between a ready database and the last answered request."""

import asyncio
import gc
import signal
import socket
from collections.abc import Callable, Generator
from contextlib import contextmanager
from pathlib import Path
from typing import cast

import uvicorn
import uvloop

from fenqi.api.app import build_app
from fenqi.cli.log import configure_log
from fenqi.cli.logins import LOGINS, keep_logins
from fenqi.cli.running import address_of
from fenqi.services.install import NewSecrets, install_world
from fenqi.settings import Settings
from fenqi.stores.migration import migrate
from fenqi.stores.shipped_world import load_world
from fenqi.wiring import open_installation
from fenqi.workers.loop import run_loops

_ENDING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


_ALLOCATIONS_UNTIL_GARBAGE = 20_000


def prepare(settings: Settings, dsn: str) -> tuple[str, ...]:
    """Bring a database to this version and fill in what is missing; the lines tell its owner what to know."""
    return asyncio.run(_prepare(settings, dsn))


async def _prepare(settings: Settings, dsn: str) -> tuple[str, ...]:
    await migrate(dsn)
    opening = open_installation(
        dsn=dsn, home=settings.home, address=address_of(settings.port), production=settings.production
    )
    async with opening as installation, installation.transaction() as connection:
        made = await install_world(connection, installation.ports, load_world())
        return _welcome(settings.home, made)


def _welcome(home: Path, made: NewSecrets) -> tuple[str, ...]:
    """Keep the demo logins, and read them all to their owner."""
    lines = (f"  {login:<17} {password}" for login, password in keep_logins(home, made).items())
    stand_ins = "payment channel, bureau, registry and SMS are stand-ins (替身)"
    return (f"demo logins, kept in {home / LOGINS}:", *lines, stand_ins)


def serve(
    settings: Settings,
    dsn: str,
    *,
    listener: socket.socket,
    announce: Callable[[], None],
    alive: Callable[[], bool],
) -> None:
    """Answer requests on a listening socket until a signal comes or the database is no longer alive."""
    configure_log()
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
    opening = open_installation(
        dsn=dsn,
        home=settings.home,
        address=address,
        production=settings.production,
        feature_store=settings.feature_store,
    )
    async with opening as installation:
        app = build_app(installation)
        config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=10)
        _keep_what_is_loaded()
        loops = asyncio.create_task(run_loops(installation))

        def works() -> bool:
            return alive() and not loops.done()

        await _Server(config, announce=announce, alive=works).serve(sockets=[listener])
        await _end(loops)


async def _end(loops: asyncio.Task[None]) -> None:
    """Stop the loops; if one has ended by itself, what ended it is what ends the service.

    Raises: Broken, and whatever else nobody has foreseen.
    """
    loops.cancel()
    (ended,) = await asyncio.gather(loops, return_exceptions=True)
    if isinstance(ended, BaseExceptionGroup):
        raise cast("BaseExceptionGroup[BaseException]", ended).exceptions[0]


def _keep_what_is_loaded() -> None:
    """Look for garbage among what requests leave, and seldom: what is loaded by now lives as long as the process."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_ALLOCATIONS_UNTIL_GARBAGE)
    gc.enable()


class _Server(uvicorn.Server):
    """Uvicorn's server, which says when it answers and ends with its database and its loops."""

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
