"""The database of an installation: the one that FENQI_DSN names, or the embedded one of its home."""

from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import dataclass

from fenqi.cli.console import note
from fenqi.gateways.postgres.data_folder import data_folder
from fenqi.gateways.postgres.embedded import Embedded
from fenqi.gateways.postgres.readiness import require_usable
from fenqi.settings import Settings


@dataclass(frozen=True, kw_only=True)
class Database:
    """Where a database is, and whether its server still lives as far as we can tell."""

    dsn: str
    alive: Callable[[], bool]


@contextmanager
def database(settings: Settings) -> Generator[Database]:
    """The installation's database while the block runs; call it from the main thread.

    Raises: Unavailable if the server does not start, does not answer or is too old.
    """
    if settings.dsn:
        require_usable(settings.dsn)
        yield Database(dsn=settings.dsn, alive=lambda: True)
        return
    server = Embedded(settings.home)
    try:
        dsn = server.start()
        if (settings.home / "postgres").is_symlink():
            note(f"its database lies in {data_folder(settings.home)}, where its server can reach it")
        yield Database(dsn=dsn, alive=server.alive)
    finally:
        server.stop()
