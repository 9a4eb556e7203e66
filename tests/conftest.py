"""What every test may ask for: one PostgreSQL for the whole run, migrated databases cloned on it, the real data."""

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from hashlib import sha256
from itertools import count
from os import getpid
from pathlib import Path

import psycopg
import pytest
from psycopg import conninfo, sql

from fenqi.batch import lane
from fenqi.gateways.postgres.embedded import Embedded
from fenqi.learning.dataset import DatasetAbsent, folders_of, locate
from fenqi.learning.taiwan import Customer, read
from fenqi.settings import load_settings
from fenqi.stores.database import Connection, Pool, open_pool
from fenqi.stores.migration import migrate, migrations
from fenqi.workers import back_test, strategy_check
from world import Installed, World, install, open_world


def use_memory() -> None:
    """Keep temporary folders in memory where there is room: a copy of a database is a thousand files."""
    room = os.statvfs(MEMORY) if MEMORY.exists() else None
    if "TMPDIR" in os.environ or room is None or room.f_flag & os.ST_NOEXEC:
        return
    if room.f_bavail * room.f_frsize >= ROOM_BYTES_MIN:
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


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


MEMORY, ROOM_BYTES_MIN = Path("/dev/shm"), 4 * 2**30
LONG = {"launcher", "journeys"}
TEMPLATE_LOCK = 256_001
NUMBER = count(1)
SERVER = pytest.StashKey[SharedServer]()


def pytest_configure(config: pytest.Config) -> None:
    use_memory()
    config.stash[SERVER] = SharedServer()
    if config.pluginmanager.hasplugin("dsession"):
        config.pluginmanager.register(WorkersShareOneServer(config.stash[SERVER]))


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Folders whose tests take long go first: nobody waits for them alone at the end."""
    items.sort(key=lambda item: not LONG.intersection(item.path.parts))


def pytest_unconfigure(config: pytest.Config) -> None:
    config.stash[SERVER].stop()


@pytest.fixture(scope="session")
def postgres_dsn(pytestconfig: pytest.Config) -> str:
    """The address of an empty database on the run's server; a test that writes makes its own database beside it."""
    shared = getattr(pytestconfig, "workerinput", {}).get("postgres_dsn")
    return shared or pytestconfig.stash[SERVER].dsn()


@pytest.fixture(scope="session")
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def template(postgres_dsn: str) -> str:
    """The name of a migrated database; named by what the migrations say, so that an edit makes another."""
    digest = sha256("".join(step.sha256 for step in migrations()).encode()).hexdigest()[:16]
    name = f"fenqi_template_{digest}"
    with psycopg.connect(postgres_dsn, autocommit=True) as connection:
        connection.execute("select pg_advisory_lock(%s)", (TEMPLATE_LOCK,))
        found = connection.execute("select datistemplate from pg_database where datname = %s", (name,)).fetchone()
        if found != (True,):
            connection.execute(sql.SQL("drop database if exists {}").format(sql.Identifier(name)))
            connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
            asyncio.run(migrate(conninfo.make_conninfo(postgres_dsn, dbname=name)))
            connection.execute(sql.SQL("alter database {} is_template true").format(sql.Identifier(name)))
    return name


@contextmanager
def cloned(postgres_dsn: str, template: str) -> Iterator[str]:
    """The address of a new copy of the template, for whoever may do everything in it."""
    name = f"fenqi_test_{getpid()}_{next(NUMBER)}"
    with psycopg.connect(postgres_dsn, autocommit=True) as connection:
        connection.execute(
            sql.SQL("create database {} template {} strategy file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        yield conninfo.make_conninfo(postgres_dsn, dbname=name)
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@pytest.fixture
def database(postgres_dsn: str, template: str) -> Iterator[str]:
    """A migrated database of the test's own."""
    with cloned(postgres_dsn, template) as dsn:
        yield dsn


@pytest.fixture(scope="module")
def shared_database(postgres_dsn: str, template: str) -> Iterator[str]:
    """A migrated database for the tests of one module that leave nothing behind."""
    with cloned(postgres_dsn, template) as dsn:
        yield dsn


@pytest.fixture(scope="session")
def demo(postgres_dsn: str, template: str, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installed]:
    """A database in which the demo's world is installed, to be copied."""
    with cloned(postgres_dsn, template) as dsn:
        yield asyncio.run(install(dsn, tmp_path_factory.mktemp("home")))


@contextmanager
def copied(postgres_dsn: str, demo: Installed) -> Iterator[Installed]:
    """A new copy of the demo's world; its secrets are the same."""
    with cloned(postgres_dsn, str(conninfo.conninfo_to_dict(demo.dsn)["dbname"])) as dsn:
        yield replace(demo, dsn=dsn)


@pytest.fixture
def installed(postgres_dsn: str, demo: Installed) -> Iterator[Installed]:
    """The demo's world in a database of the test's own."""
    with copied(postgres_dsn, demo) as copy:
        yield copy


@pytest.fixture(scope="module")
def shared_installed(postgres_dsn: str, demo: Installed) -> Iterator[Installed]:
    """The demo's world in a database of the module's own."""
    with copied(postgres_dsn, demo) as copy:
        yield copy


@pytest.fixture
async def pool(database: str) -> AsyncIterator[Pool]:
    """The application's connections to the test's database."""
    async with open_pool(database) as opened:
        yield opened


@pytest.fixture
async def connection(pool: Pool) -> AsyncIterator[Connection]:
    """One of the application's connections, in autocommit."""
    async with pool.connection() as opened:
        yield opened


@pytest.fixture
def in_lanes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Even the smallest book is taken in lanes, as a large one is."""
    monkeypatch.setattr(lane, "LARGE_BOOK", 0)


@pytest.fixture
def beside(monkeypatch: pytest.MonkeyPatch) -> None:
    """What computes in a process that lets all others go first does so in a thread, which does not have to wait."""

    @asynccontextmanager
    async def thread() -> AsyncIterator[Executor]:
        with ThreadPoolExecutor(1) as executor:
            yield executor

    monkeypatch.setattr(back_test, "process_apart", thread)
    monkeypatch.setattr(strategy_check, "process_apart", thread)


@pytest.fixture(scope="module")
async def world(
    anyio_backend: str, shared_installed: Installed, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[World]:
    """A whole installation for the tests of one module; each brings its own shoppers."""
    async with open_world(shared_installed, tmp_path_factory.mktemp("home")) as opened:
        yield opened


@pytest.fixture
async def town(anyio_backend: str, installed: Installed, tmp_path: Path) -> AsyncIterator[World]:
    """A whole installation of the test's own, in which nobody else does anything."""
    async with open_world(installed, tmp_path) as opened:
        yield opened


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
