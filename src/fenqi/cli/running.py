"""Which service runs in a home: one at most, known by a lock that the kernel drops with its process."""

import fcntl
import http.client
import json
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO

from fenqi.cli.home import write_secret
from fenqi.core.refusal import Unavailable

HOST = "127.0.0.1"


@dataclass(frozen=True, kw_only=True)
class Running:
    """A service that holds its home's lock."""

    pid: int
    port: int
    dsn: str

    @property
    def address(self) -> str:
        """Where it answers."""
        return address_of(self.port)


def address_of(port: int) -> str:
    """Where a service on a port is found; always on this machine only."""
    return f"http://{HOST}:{port}"


class AlreadyRunning(Unavailable):
    """Another service holds the home."""

    code = "already_running"


@contextmanager
def only_one(home: Path) -> Generator[None]:
    """Hold a home's lock while the block runs.

    Raises: AlreadyRunning if another process holds it.
    """
    with (home / "service.lock").open("a") as lock:
        if not _lock(lock, seconds_max=1.0):
            raise AlreadyRunning(f"a service already runs in {home}", retry=True)
        _announcement(home).unlink(missing_ok=True)
        try:
            yield
        finally:
            _announcement(home).unlink(missing_ok=True)


def announce(home: Path, running: Running) -> None:
    """Write down, for its owner only, where the service of a home answers."""
    write_secret(_announcement(home), json.dumps(asdict(running)))


def is_held(home: Path) -> bool:
    """Whether a service runs in a home, or is about to."""
    try:
        with (home / "service.lock").open() as lock:
            return not _lock(lock, seconds_max=0.0)
    except FileNotFoundError:
        return False
    except PermissionError as error:
        raise Unavailable(f"the home {home} belongs to somebody else", retry=False) from error


def running_in(home: Path) -> Running | None:
    """The service that runs in a home and has said where; None if there is none or it is still starting."""
    if not is_held(home):
        return None
    try:
        return Running(**json.loads(_announcement(home).read_text()))
    except FileNotFoundError:
        return None


def answers(running: Running) -> bool:
    """Whether a service answers its health check now."""
    connection = http.client.HTTPConnection(HOST, running.port, timeout=5)
    try:
        connection.request("GET", "/healthz")
        return connection.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def wait_until_free(home: Path, *, seconds_max: float) -> bool:
    """Wait for the service of a home to end; False if it did not in time."""
    deadline = time.monotonic() + seconds_max
    while is_held(home):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def _announcement(home: Path) -> Path:
    return home / "service.json"


def _lock(file: IO[str], *, seconds_max: float) -> bool:
    """Take the lock; the patience is for those who only look, and hold it for an instant."""
    deadline = time.monotonic() + seconds_max
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(0.02)
        else:
            return True
