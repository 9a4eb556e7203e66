"""Bring a database's schema up to this program: forward only, each step in one transaction with its proof."""

from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any, ClassVar

from psycopg import AsyncConnection, DatabaseError
from psycopg.rows import tuple_row

from fenqi.core.refusal import Broken, Kind, Refusal

MIGRATIONS = Path(__file__).parents[3] / "db" / "migrations"
OLDEST_POSTGRESQL = 17
_ROLES_MISSING = "ZF002"
_LOCK = 5_714_000_256
_OPENING = f"""
set local lock_timeout = '3s';
set local search_path = public;
set local citus.multi_shard_modify_mode = 'sequential';
set local citus.enable_unsafe_triggers = on;
set local citus.propagate_set_commands = 'local';
select pg_advisory_xact_lock({_LOCK});
"""

Connection = AsyncConnection[Any]


class PostgresTooOld(Refusal):
    """The server is older than what the schema needs."""

    code: ClassVar[str] = "postgres_too_old"
    kind: ClassVar[Kind] = Kind.BAD_INPUT


class RolesMissing(Refusal):
    """The roles of the schema do not exist, and whoever connects may not create them."""

    code: ClassVar[str] = "roles_missing"
    kind: ClassVar[Kind] = Kind.FORBIDDEN


class MigrationEdited(Refusal):
    """A migration was changed after it was applied."""

    code: ClassVar[str] = "migration_edited"
    kind: ClassVar[Kind] = Kind.CONFLICT


class DatabaseNewer(Refusal):
    """The database has a migration that this program does not know."""

    code: ClassVar[str] = "database_newer"
    kind: ClassVar[Kind] = Kind.CONFLICT


@dataclass(frozen=True)
class Migration:
    """One step of the schema, as shipped."""

    name: str
    up: str
    proof: str

    @property
    def sha256(self) -> str:
        """What is compared to find out whether an applied step was edited."""
        return sha256(self.up.encode()).hexdigest()


def migrations(folder: Path = MIGRATIONS) -> tuple[Migration, ...]:
    """Every shipped step in order of its number; a step without a proof of its own has an empty one."""
    return tuple(_read(path) for path in sorted(folder.glob("[0-9][0-9][0-9][0-9]-*")))


def _read(path: Path) -> Migration:
    proof = path / "proof.sql"
    return Migration(
        name=path.name,
        up=(path / "up.sql").read_text(encoding="utf-8"),
        proof=proof.read_text(encoding="utf-8") if proof.exists() else "",
    )


async def migrate(dsn: str, *, folder: Path = MIGRATIONS) -> list[str]:
    """Apply every step that is missing; the names of those applied now.

    Two programs that start together take turns. What was applied before must still read as it did.

    Raises: PostgresTooOld, RolesMissing, MigrationEdited, DatabaseNewer; Broken if a proof finds a row.
    """
    steps = migrations(folder)
    async with await AsyncConnection.connect(dsn, autocommit=True) as connection:
        _check_version(connection)
        return [step.name for step in steps if await _apply(connection, step, steps)]


def _check_version(connection: Connection) -> None:
    version = connection.info.server_version // 10_000
    if version < OLDEST_POSTGRESQL:
        raise PostgresTooOld(f"this server is PostgreSQL {version}", allowed=f"PostgreSQL {OLDEST_POSTGRESQL} or newer")


async def _apply(connection: Connection, step: Migration, steps: tuple[Migration, ...]) -> bool:
    try:
        async with connection.transaction():
            await connection.execute(_OPENING.encode())
            applied = await _applied(connection)
            _check_applied(applied, steps)
            if step.name in applied:
                return False
            await connection.execute(step.up.encode())
            await connection.execute(
                "insert into dist.migration (name, sha256) values (%s, %s)", (step.name, step.sha256)
            )
            await _prove(connection, step)
    except DatabaseError as error:
        if error.sqlstate == _ROLES_MISSING:
            raise RolesMissing(
                str(error.diag.message_primary),
                allowed="as an administrator: create role fenqi_owner nologin; create role fenqi_app nologin; "
                "grant fenqi_owner, fenqi_app to the connecting role",
            ) from error
        raise
    return True


async def is_migrated(connection: Connection) -> bool:
    """Whether any step was ever applied to a database."""
    cursor = connection.cursor(row_factory=tuple_row)
    await cursor.execute("select to_regclass('dist.migration') is not null")
    return await cursor.fetchone() == (True,)


async def _applied(connection: Connection) -> dict[str, str]:
    if not await is_migrated(connection):
        return {}
    cursor = connection.cursor(row_factory=tuple_row)
    await cursor.execute("select name, sha256 from dist.migration")
    return dict(await cursor.fetchall())


def _check_applied(applied: dict[str, str], steps: tuple[Migration, ...]) -> None:
    known = {step.name: step.sha256 for step in steps}
    for name, digest in sorted(applied.items()):
        if name not in known:
            raise DatabaseNewer(f"the database has migration {name}", allowed="a program that ships it")
        if known[name] != digest:
            raise MigrationEdited(f"migration {name} was edited after it was applied", allowed="a new migration")


async def _prove(connection: Connection, step: Migration) -> None:
    for proof in (step.proof, "select rule, object, why from dist.offence"):
        if not proof.strip():
            continue
        cursor = connection.cursor(row_factory=tuple_row)
        await cursor.execute(proof.encode())
        rows = await cursor.fetchall()
        if rows:
            raise Broken(f"migration {step.name}: {rows[0]}")
