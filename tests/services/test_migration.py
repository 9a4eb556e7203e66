"""The schema goes forward, is proved at every step, and refuses a rewritten past."""

import asyncio
from pathlib import Path

import psycopg
import pytest
from psycopg import conninfo, sql

from fenqi.core.refusal import Broken
from fenqi.stores.database import open_pool, transaction
from fenqi.stores.migration import MIGRATIONS, DatabaseNewer, MigrationEdited, migrate, migrations

FIRST = MIGRATIONS / "0001-distribution"


@pytest.fixture
def empty(postgres_dsn: str, request: pytest.FixtureRequest):
    name = f"fenqi_empty_{abs(hash(request.node.nodeid)):x}"
    with psycopg.connect(postgres_dsn, autocommit=True) as connection:
        connection.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        yield conninfo.make_conninfo(postgres_dsn, dbname=name)
        connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


def folder_of(path: Path, **steps: tuple[str, str]) -> Path:
    first = path / FIRST.name
    first.mkdir()
    for file in FIRST.iterdir():
        (first / file.name).write_text(file.read_text(encoding="utf-8"), encoding="utf-8")
    for name, (up, proof) in steps.items():
        step = path / name.replace("step", "0").replace("_", "-")
        step.mkdir()
        (step / "up.sql").write_text(up, encoding="utf-8")
        (step / "proof.sql").write_text(proof, encoding="utf-8")
    return path


def run(dsn: str, folder: Path = MIGRATIONS) -> list[str]:
    return asyncio.run(migrate(dsn, folder=folder))


def test_applies_every_step_once(empty: str) -> None:
    assert run(empty) == [step.name for step in migrations()]
    assert run(empty) == []


def test_every_step_says_why() -> None:
    assert all(
        (MIGRATIONS / step.name / "why.md").read_text(encoding="utf-8").startswith("# ") for step in migrations()
    )


def test_step_numbers_are_unique() -> None:
    numbers = [step.name[:4] for step in migrations()]
    assert len(set(numbers)) == len(numbers)


def test_two_programs_that_start_together_take_turns(empty: str) -> None:
    async def both() -> list[list[str]]:
        return await asyncio.gather(migrate(empty), migrate(empty))

    first, second = asyncio.run(both())
    assert sorted([*first, *second]) == [step.name for step in migrations()]


def test_refuses_an_edited_step(empty: str, tmp_path: Path) -> None:
    folder = folder_of(tmp_path)
    run(empty, folder)
    up = folder / FIRST.name / "up.sql"
    up.write_text(up.read_text(encoding="utf-8") + "\n", encoding="utf-8")
    with pytest.raises(MigrationEdited):
        run(empty, folder)


def test_refuses_a_database_that_is_newer(empty: str, tmp_path: Path) -> None:
    run(empty)
    with pytest.raises(DatabaseNewer):
        run(empty, folder_of(tmp_path))


def test_a_proof_that_finds_a_row_undoes_its_step(empty: str, tmp_path: Path) -> None:
    up = "create table t (k integer constraint t_pk primary key); select dist.local_table('t')"
    folder = folder_of(tmp_path, step002_t=(up, "select 'something is wrong'"))
    with pytest.raises(Broken, match="something is wrong"):
        run(empty, folder)
    with psycopg.connect(empty) as connection:
        assert connection.execute("select to_regclass('t')").fetchone() == (None,)


def test_an_undeclared_table_undoes_its_step(empty: str, tmp_path: Path) -> None:
    folder = folder_of(tmp_path, step002_t=("create table t (k integer constraint t_pk primary key)", ""))
    with pytest.raises(Broken, match="not declared"):
        run(empty, folder)


async def who_works(dsn: str):
    async with open_pool(dsn) as pool, transaction(pool) as connection:
        cursor = await connection.execute("select current_user, count(*) from head")
        return await cursor.fetchone()


def test_works_for_a_role_that_only_owns_its_database(postgres_dsn: str, template: str) -> None:
    name, role = "fenqi_modest", "fenqi_modest"
    with psycopg.connect(postgres_dsn, autocommit=True) as connection:
        connection.execute(sql.SQL("create role {} login").format(sql.Identifier(role)))
        connection.execute(sql.SQL("grant fenqi_owner, fenqi_app to {}").format(sql.Identifier(role)))
        connection.execute(sql.SQL("create database {} owner {}").format(sql.Identifier(name), sql.Identifier(role)))
        try:
            dsn = conninfo.make_conninfo(postgres_dsn, dbname=name, options=f"-c role={role}")
            assert run(dsn) == [step.name for step in migrations()]
            assert asyncio.run(who_works(dsn)) == ("fenqi_app", 256)
        finally:
            connection.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))
            connection.execute(sql.SQL("drop role {}").format(sql.Identifier(role)))
