"""The proof passes untouched books and finds what was touched, also by whoever may do everything."""

import psycopg
import pytest
from ledger_samples import AT, DAY, draw, grant, hold_of, identity, line, repay

from fenqi.core.ledger.account import CHART
from fenqi.core.ledger.entry import NUMBER_OF_KIND
from fenqi.core.ledger.proof import Invariant
from fenqi.stores import hold, ledger, posting
from fenqi.stores.database import open_pool, transaction
from fenqi.stores.proof import verify

pytestmark = pytest.mark.anyio

DISARM = "set session_replication_role = replica; "
EDITS = {
    Invariant.BALANCE_CACHED: "update account set debits_posted = debits_posted + 1 where kind = 1",
    Invariant.SUMS_TIE: "update account set credits_posted = credits_posted - 1 where kind = 9",
    Invariant.PAYLOAD_UNCHANGED: "update leg set amount_minor = amount_minor + 1 where seq = 2",
    Invariant.SEQUENCE_GAPLESS: "delete from leg where seq = (select max(seq) from leg)",
    Invariant.LEGS_BELONG: "delete from transaction where seq_from = 1",
    Invariant.HOLDS_PENDING: "update account set debits_pending = debits_pending + 1 where kind = 6",
    Invariant.HOLD_UNCHANGED: "update hold set amount_minor = amount_minor + 1",
    Invariant.ACCOUNT_NAMED: "update account set owner = gen_random_uuid() where kind = 1",
    Invariant.FLOOR_KEPT: "update account set floor_minor = 1000000 where kind = 6",
    Invariant.BOOKS_OF_LEG: "update account set ledger = 840 where kind = 1",
    Invariant.PERIOD_RESPECTED: "insert into closed_period (b, closed_until, closed_at) "
    "values (7, '2027-01-01', '2026-01-01')",
    Invariant.CLEARING_EMPTY: "update account set kind = 10 where kind = 9",
    Invariant.LOANS_TIE: "",
    Invariant.RISK_TIES: "",
}


async def write(dsn: str) -> None:
    async with open_pool(dsn) as pool, transaction(pool) as connection:
        await posting.post(connection, [grant("limit", 900), draw("a", 100), repay("b", 40)], posted_at=AT)
        for name in ("captured", "open"):
            await hold.add(connection, hold_of(name, 200), held_at=AT)
        await posting.post(connection, [draw("c", 150, captures=identity("captured"))], posted_at=AT)
        await ledger.close_period(connection, until_on=DAY.replace(month=2), closed_at=AT)


async def findings(dsn: str) -> set[Invariant]:
    async with open_pool(dsn) as pool, transaction(pool) as connection:
        return {finding.invariant for finding in (await verify(connection)).findings}


async def test_untouched_books_hold_and_are_counted(database: str) -> None:
    await write(database)
    async with open_pool(database) as pool, transaction(pool) as connection:
        report = await verify(connection)
    assert report.is_clean, report.findings
    counted = (report.account_count, report.leg_count, report.transaction_count, report.hold_count)
    assert counted == (6, 6, 4, 2)


@pytest.mark.parametrize("invariant", [invariant for invariant, edit in EDITS.items() if edit])
async def test_finds_what_was_edited(database: str, invariant: Invariant) -> None:
    await write(database)
    with psycopg.connect(database, autocommit=True) as superuser:
        superuser.execute(DISARM + EDITS[invariant])
    assert invariant in await findings(database)


def test_every_invariant_is_attacked() -> None:
    assert set(EDITS) == set(Invariant)


async def test_finds_an_edit_of_a_transactions_own_row(database: str) -> None:
    await write(database)
    with psycopg.connect(database, autocommit=True) as superuser:
        superuser.execute(DISARM + "update transaction set note = 'never mind' where seq_from = 1")
    assert await findings(database) == {Invariant.PAYLOAD_UNCHANGED}


async def test_runs_the_checks_it_is_given(database: str) -> None:
    async def check(connection) -> list:
        return ["found"]

    async with open_pool(database) as pool, transaction(pool) as connection:
        assert (await verify(connection, [check])).findings == ("found",)


@pytest.mark.parametrize(
    "attack",
    [
        """insert into leg (b, seq, seq_from, debit_id, credit_id, amount_minor, ledger, effective_on, value_on)
        values (7, 99, 99, gen_random_uuid(), gen_random_uuid(), 1, 156, '2026-01-01', '2026-01-01')""",
        "update leg set amount_minor = 1",
        "delete from leg",
        "truncate leg",
        "update account set credits_posted = 1000000",
        "update head set last_seq = 0",
        "update transaction set note = ''",
        "delete from hold_end",
        "delete from closed_period",
        "update ledger set is_memo = false",
        "alter table leg disable trigger all",
        "drop trigger append_only on leg",
        "set session_replication_role = replica",
        "create table public.mine (k integer)",
    ],
)
async def test_the_application_cannot_rewrite_the_books(database: str, attack: str) -> None:
    await write(database)
    async with open_pool(database) as pool, pool.connection() as connection:
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            await connection.execute(attack.encode())


@pytest.mark.parametrize("attack", ["update leg set amount_minor = 1", "delete from leg", "truncate leg"])
async def test_whoever_may_do_everything_is_stopped_by_the_trigger(database: str, attack: str) -> None:
    await write(database)
    with psycopg.connect(database, autocommit=True) as superuser, pytest.raises(psycopg.Error) as refused:
        superuser.execute(attack)
    assert refused.value.sqlstate == "ZF001"


def test_the_chart_in_the_database_is_the_chart_of_the_core(shared_database: str) -> None:
    with psycopg.connect(shared_database) as connection:
        kinds = connection.execute(
            "select name, kind, name_zh, subject_code, normal_side, is_striped, is_memo, is_floored from account_kind"
        )
        assert {row[0]: row[1:] for row in kinds} == {
            kind.value: (
                each.number,
                each.name_zh,
                each.subject_code,
                each.normal_side.value,
                each.is_striped,
                each.is_memo,
                each.is_floored,
            )
            for kind, each in CHART.items()
        }
        transactions = connection.execute("select name, kind from transaction_kind")
        assert dict(transactions) == {kind.value: number for kind, number in NUMBER_OF_KIND.items()}


async def test_the_floor_that_a_forced_transaction_passed_is_no_finding(database: str) -> None:
    async with open_pool(database) as pool, transaction(pool) as connection:
        await posting.post(connection, [draw("bounced", 100, is_forced=True)], posted_at=AT)
        assert (await ledger.balance(connection, line())).available_minor == -100
    assert await findings(database) == set()
