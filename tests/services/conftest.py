"""A migrated database for every test, cloned from a template that is built once on the run's server."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from hashlib import sha256
from itertools import count
from os import getpid

import psycopg
import pytest
from psycopg import conninfo, sql

from fenqi.stores.database import Connection, Pool, open_pool
from fenqi.stores.migration import migrate, migrations

TEMPLATE_LOCK = 256_001
NUMBER = count(1)


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
            sql.SQL("create database {} template {}").format(sql.Identifier(name), sql.Identifier(template))
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
