"""A canary: marked personal data is planted and then looked for wherever it must not be."""

import base64
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import psycopg
import pytest
import structlog
from psycopg import sql

from fenqi.core.identity.id_number import check_digit
from fenqi.simulation.person import Person
from fenqi.workers.loop import step_all
from world import Installed, World

pytestmark = pytest.mark.anyio

FIRST_17 = "33010619920229777"
CANARY = Person(name="金丝雀鸟", id_number=FIRST_17 + check_digit(FIRST_17), mobile="13987654321")
MARKS = (CANARY.name, CANARY.id_number, CANARY.mobile)
SPOKEN_FOR = {"sms.jsonl", "bureau.json"}
"""What the stand-ins for the phone network and the bureau keep is the outside world's, not ours."""


async def a_life_with_fenqi(world: World) -> None:
    """Order, decision, signature, loan, repayment, refund, review, and a look at it by everybody who may."""
    world.somebody()
    shopper = replace(world.shopper(), mobile=CANARY.mobile, name=CANARY.name, id_number=CANARY.id_number)
    bought = await world.lent(shopper)
    await world.close_days(31)
    await shopper.pay(bought.loan_id, amount_minor=50_000, request_id="request-1")
    await world.refund(bought, amount_minor=10_000)
    await world.settle()
    declined = await world.decided(shopper, facts={"is_student": True})
    await shopper.post(f"/h5/checkouts/{declined.checkout_id}/reviews", {"reason": "I have left college"})
    risk, finance = await world.colleague("risk"), await world.colleague("finance")
    await risk.get(f"/staff/decisions/{bought.decision['decision_id']}")
    await finance.get(f"/staff/loans/{bought.loan_id}")
    await looked_for(world, bought.loan_id)
    await step_all(world.installation)
    world.pass_time(timedelta(days=1))


async def looked_for(world: World, loan_id: str) -> None:
    """Staff look for the canary by everything that they may have been told, also by what finds nothing."""
    compliance = await world.colleague("compliance")
    spoken = f"{CANARY.mobile[:3]} {CANARY.mobile[3:7]} {CANARY.mobile[7:]}"
    for asked in (*MARKS, f"+86{CANARY.mobile}", spoken, loan_id):
        headers = {"authorization": f"Bearer {compliance.token}"}
        assert (await world.http.post("/staff/searches", json={"q": asked}, headers=headers)).status_code == 200
    hits = (await compliance.post("/staff/searches", {"q": CANARY.mobile}))["hits"]
    (customer_id,) = [hit["id"] for hit in hits if hit["kind"] == "customer"]
    look = {"reason": "asked by the court"}
    seen = await (await world.colleague("compliance")).post(f"/staff/customers/{customer_id}/looks", look)
    assert (seen["name"], seen["id_number"], seen["mobile"]) == MARKS


def readings(value: bytes) -> Iterator[str]:
    """Bytes as somebody who found them might read them."""
    for encoding in ("utf-8", "utf-16-le", "latin-1"):
        yield value.decode(encoding, errors="ignore")
    yield base64.b64encode(value).decode()


def told_by(text: str) -> list[str]:
    hidden = [base64.b64encode(mark.encode()).decode().rstrip("=")[:-1] for mark in MARKS]
    return [mark for mark in (*MARKS, *hidden, *(mark.encode().hex() for mark in MARKS)) if mark in text]


def kept_in_tables(dsn: str) -> Iterator[tuple[str, str]]:
    """Every value of every column of every table, as text."""
    with psycopg.connect(dsn) as connection:
        columns = connection.execute(
            "select table_schema, table_name, column_name, data_type from information_schema.columns"
            " where table_schema not in ('pg_catalog', 'information_schema')"
        ).fetchall()
        for schema, table, column, kind in columns:
            query = sql.SQL("select {} from {}").format(sql.Identifier(column), sql.Identifier(schema, table))
            if kind != "bytea":
                query = sql.SQL("select {}::text from {}").format(sql.Identifier(column), sql.Identifier(schema, table))
            for (value,) in connection.execute(query):
                for text in readings(value) if isinstance(value, bytes) else [value or ""]:
                    yield f"{table}.{column}", text


@contextmanager
def overheard() -> Iterator[list[str]]:
    """Everything that the service logs meanwhile, by either logger; the callers' own client is not it."""
    lines: list[str] = []

    class Ear(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            if record.name != "httpx":
                lines.append(record.getMessage())

    ear, root = Ear(logging.DEBUG), logging.getLogger()
    level = root.level
    root.addHandler(ear)
    root.setLevel(logging.DEBUG)
    with structlog.testing.capture_logs() as entries:
        try:
            yield lines
        finally:
            root.setLevel(level)
            root.removeHandler(ear)
            lines += [str(entry) for entry in entries]


async def test_nobody_who_reads_tables_files_or_logs_learns_who_somebody_is(
    town: World, installed: Installed, capsys: pytest.CaptureFixture[str]
):
    with overheard() as logged:
        await a_life_with_fenqi(town)

    found = sorted({where for where, text in kept_in_tables(installed.dsn) if told_by(text)})
    assert found == []
    files = [path for path in town.home.rglob("*") if path.is_file() and path.name not in SPOKEN_FOR]
    assert files
    assert [path.name for path in files if told_by(path.read_bytes().decode(errors="ignore"))] == []
    spoken = capsys.readouterr()
    assert told_by("\n".join(logged) + spoken.out + spoken.err) == []


async def test_the_canary_would_be_heard(town: World, installed: Installed):
    """The search finds what is planted in the open, whatever the column's type."""
    with psycopg.connect(installed.dsn, autocommit=True) as connection:
        connection.execute("create table nest (a text, b jsonb, c bytea, d text)")
        connection.execute(
            "insert into nest values (%s, %s::jsonb, %s, %s)",
            (
                f"x{CANARY.name}x",
                f'{{"x": ["{CANARY.id_number}"]}}',
                CANARY.mobile.encode(),
                base64.b64encode(CANARY.name.encode()).decode(),
            ),
        )

    found = {where for where, text in kept_in_tables(installed.dsn) if told_by(text)}

    assert found == {"nest.a", "nest.b", "nest.c", "nest.d"}


async def test_the_owner_still_reads_their_own_documents(town: World):
    shopper = replace(town.shopper(), mobile=CANARY.mobile, name=CANARY.name, id_number=CANARY.id_number)
    bought = await town.lent(shopper)

    agreement = bought.shown["documents"][1]["document_id"]
    response = await town.http.get(f"/h5/documents/{agreement}", headers={"authorization": f"Bearer {shopper.token}"})

    assert CANARY.name in response.text
