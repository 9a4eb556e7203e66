"""Statements that travel together to a real PostgreSQL."""

from collections.abc import AsyncGenerator
from dataclasses import dataclass

import psycopg
import pytest

from fenqi.stores.database import Connection, Pool, late_transaction, open_pool
from fenqi.stores.fetch import Nothing, Statement, ask, at_last, run, together

pytestmark = pytest.mark.anyio


@dataclass(frozen=True)
class Number:
    number: int


COUNT = Statement(Number, "select count(*) as number from note where b = %(b)s", {"b": 1})


def add(number: int) -> Statement[Nothing]:
    return Statement(Nothing, "insert into note (b, number) values (%(b)s, %(number)s)", {"b": 1, "number": number})


@pytest.fixture
async def pool(database: str) -> AsyncGenerator[Pool]:
    async with open_pool(database, connections_max=1) as pool:
        yield pool


@pytest.fixture
async def connection(pool: Pool) -> AsyncGenerator[Connection]:
    async with pool.connection() as connection:
        await connection.execute("create temporary table note (b smallint, number bigint unique)")
        yield connection


async def test_each_statement_sees_what_those_before_it_did(connection: Connection):
    _, counted, _, again = await together(connection, add(1), COUNT, add(70_000), COUNT)

    assert (counted, again) == ((Number(1),), (Number(2),))


async def test_after_one_that_fails_nothing_more_is_done_and_its_error_is_told(connection: Connection):
    await run(connection, add(1))

    with pytest.raises(psycopg.errors.UniqueViolation):
        await together(connection, add(1), add(2))

    assert await ask(connection, COUNT) == (Number(1),)


async def test_what_is_prepared_outlives_a_rollback(connection: Connection):
    await run(connection, add(1))

    async def add_one_twice() -> None:
        async with connection.transaction():
            await run(connection, add(2))
            await run(connection, add(1))

    with pytest.raises(psycopg.errors.UniqueViolation):
        await add_one_twice()
    await run(connection, add(3))

    assert await ask(connection, COUNT) == (Number(2),)


async def test_a_statement_that_cannot_be_prepared_is_told_each_time(connection: Connection):
    wrong = Statement(Number, "select number from no_such_table", {})

    for _ in range(2):
        with pytest.raises(psycopg.errors.UndefinedTable):
            await ask(connection, wrong)

    assert await ask(connection, COUNT) == (Number(0),)


async def test_a_late_transaction_is_undone_whole(pool: Pool):
    async with pool.connection() as connection:
        await connection.execute("create temporary table note (b smallint, number bigint unique)")

    async def add_and_fail() -> None:
        async with late_transaction(pool) as connection:
            await together(connection, add(1), add(2))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await add_and_fail()
    async with late_transaction(pool) as connection:
        await run(connection, add(3))

    async with pool.connection() as connection:
        assert connection.autocommit
        assert await ask(connection, COUNT) == (Number(1),)


async def test_columns_make_a_row_by_name(connection: Connection):
    @dataclass(frozen=True)
    class Both:
        rest: int
        number: int

    query = "select %(number)s::bigint as number, 100 %% 7 as rest"
    found = await ask(connection, Statement(Both, query, {"number": 5}))

    assert found == (Both(rest=2, number=5),)


async def test_what_is_said_last_is_written_with_the_commit(pool: Pool):
    async with pool.connection() as connection:
        await connection.execute("create temporary table note (b smallint, number bigint unique)")
    async with late_transaction(pool) as connection:
        await run(connection, add(1))
        await at_last(connection, add(2), add(3))
        assert await ask(connection, COUNT) == (Number(1),)

    async with pool.connection() as connection:
        assert await ask(connection, COUNT) == (Number(3),)


async def test_where_the_last_words_fail_nothing_is_written(pool: Pool):
    async with pool.connection() as connection:
        await connection.execute("create temporary table note (b smallint, number bigint unique)")

    async def write() -> None:
        async with late_transaction(pool) as connection:
            await run(connection, add(1))
            await at_last(connection, add(2), add(1))

    with pytest.raises(psycopg.errors.UniqueViolation):
        await write()

    async with pool.connection() as connection:
        assert await ask(connection, COUNT) == (Number(0),)
        await at_last(connection, add(4))
        assert await ask(connection, COUNT) == (Number(1),)
