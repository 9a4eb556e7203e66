"""What every test may ask for: one PostgreSQL for the whole run, shared by its workers, and the real data."""

import os
import tempfile
from pathlib import Path

import pytest

from fenqi.gateways.postgres.embedded import Embedded
from fenqi.learning.dataset import DatasetAbsent, folders_of, locate
from fenqi.learning.taiwan import Customer, read
from fenqi.settings import load_settings


class SharedServer:
    """One server a test run, started when first asked for; FENQI_TEST_DSN names one that is already there."""

    def __init__(self) -> None:
        self._dsn = os.environ.get("FENQI_TEST_DSN")
        self._server: Embedded | None = None
        self._home: tempfile.TemporaryDirectory[str] | None = None

    def dsn(self) -> str:
        if self._dsn is None:
            self._home = tempfile.TemporaryDirectory(prefix="fenqi-test-")
            self._server = Embedded(Path(self._home.name), durable=False)
            self._dsn = self._server.start()
        return self._dsn

    def stop(self) -> None:
        if self._server is not None:
            self._server.stop()
        if self._home is not None:
            self._home.cleanup()


class WorkersShareOneServer:
    """Hands the address of the controller's server to each worker process."""

    def __init__(self, server: SharedServer) -> None:
        self._server = server

    def pytest_configure_node(self, node) -> None:
        node.workerinput["postgres_dsn"] = self._server.dsn()


SERVER = pytest.StashKey[SharedServer]()


def pytest_configure(config: pytest.Config) -> None:
    config.stash[SERVER] = SharedServer()
    if config.pluginmanager.hasplugin("dsession"):
        config.pluginmanager.register(WorkersShareOneServer(config.stash[SERVER]))


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[SERVER].stop()


@pytest.fixture(scope="session")
def postgres_dsn(pytestconfig: pytest.Config) -> str:
    """The address of an empty database on the run's server; a test that writes makes its own database beside it."""
    shared = getattr(pytestconfig, "workerinput", {}).get("postgres_dsn")
    return shared or pytestconfig.stash[SERVER].dsn()


@pytest.fixture(scope="session")
def taiwan_file() -> Path:
    """The file of the Taiwan data set, in FENQI_DATA or the user's cache."""
    try:
        return locate("taiwan", folders=folders_of(load_settings(os.environ)))
    except DatasetAbsent as absent:
        pytest.skip(f"needs real data: {absent.what}")


@pytest.fixture(scope="session")
def taiwan(taiwan_file: Path) -> tuple[Customer, ...]:
    """The customers of the Taiwan data set."""
    return read(taiwan_file.read_bytes())
