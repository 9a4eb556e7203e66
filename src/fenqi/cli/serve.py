"""The service itself: everything between a ready database and the last answered request."""

import socket
from collections.abc import Callable

import uvicorn

from fenqi.api.app import build_app
from fenqi.settings import Settings


def prepare(settings: Settings, dsn: str) -> tuple[str, ...]:
    """Bring a database to this version and fill in what is missing; the lines tell its owner what to know."""
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
    config = uvicorn.Config(build_app(), log_level="warning", access_log=False, timeout_graceful_shutdown=10)
    _Server(config, announce=announce, alive=alive).run(sockets=[listener])


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
