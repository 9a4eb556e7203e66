"""`fenqi ledger verify`: what it counts, and how it ends."""

import asyncio
import json
from pathlib import Path

import psycopg
import pytest
from ledger_samples import AT, draw, grant

from fenqi.cli.exit_code import ExitCode
from fenqi.cli.main import main
from fenqi.stores import posting
from fenqi.stores.database import open_pool, transaction


@pytest.fixture
def asked(database: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]):
    monkeypatch.setenv("FENQI_DSN", database)
    monkeypatch.setenv("FENQI_HOME", str(tmp_path))

    def ask(*options: str) -> tuple[int, str]:
        return main(["ledger", "verify", *options]), capsys.readouterr().out

    return ask


def write(dsn: str) -> None:
    async def written() -> None:
        async with open_pool(dsn) as pool, transaction(pool) as connection:
            await posting.post(connection, [grant("limit", 900), draw("a", 100)], posted_at=AT)

    asyncio.run(written())


def test_books_that_hold_end_with_done_and_are_counted(database: str, asked) -> None:
    write(database)
    code, out = asked("--json")
    assert code == ExitCode.DONE
    assert json.loads(out) == {
        "accounts": 5,
        "legs": 3,
        "transactions": 2,
        "holds": 0,
        "loans": 0,
        "findings": [],
    }


def test_an_edited_leg_is_named_and_fails_the_check(database: str, asked) -> None:
    write(database)
    with psycopg.connect(database, autocommit=True) as superuser:
        superuser.execute("set session_replication_role = replica; update leg set amount_minor = 7 where seq = 3")
    code, out = asked()
    assert code == ExitCode.CHECK_FAILED
    assert "payload_unchanged: " in out
    assert "the books do not hold" in out


def test_books_without_a_leg_are_nothing_to_check(asked) -> None:
    code, out = asked("--json")
    assert code == ExitCode.NOTHING_TO_CHECK
    assert json.loads(out)["legs"] == 0
    assert "holds" not in asked()[1].replace("holds,", "")


def test_a_folder_without_a_database_is_nothing_to_check(asked, tmp_path: Path) -> None:
    code, _ = asked("--data", str(tmp_path / "nowhere"))
    assert code == ExitCode.NOTHING_TO_CHECK
    assert not (tmp_path / "nowhere").exists()
