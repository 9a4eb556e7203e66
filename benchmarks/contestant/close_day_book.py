"""A book of many loans, written straight into the tables, and kept as a template for every later measurement.

400 loans are replayed; every loan of the book is a copy of one of them in another name. On the day of the book 3 % of
the loans fall due and 5 % are late; all others fall due on the days from the second after it. Rows lie in the order in
which a service writes them, the loans of a day of draw-down beside each other: they fall due on the same days.
"""

import asyncio
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from random import Random
from uuid import UUID

import psycopg
from psycopg import conninfo, sql
from psycopg.types.json import Jsonb

from fenqi.core.dates.due_date import Frequency, add_units
from fenqi.core.ledger.account import ACCOUNT_NAMESPACE, CHART, AccountKind
from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.event import Disbursed, Repaid
from fenqi.core.loan.policy import Policy
from fenqi.core.loan.record import agreement_to_record
from fenqi.core.loan.replay import replay
from fenqi.core.loan.steady import foretold, is_steady
from fenqi.core.postings.books import LoanBooks, books_to_record
from fenqi.core.postings.earn_many import named_id
from fenqi.core.product.schedule import plan
from fenqi.core.product.terms import Method, Terms
from fenqi.services.subsidy import NO_SUBSIDY
from fenqi.stores.migration import migrate

PATTERN_COUNT, DUE_COUNT, LATE_COUNT = 400, 12, 20
LATE_RATE_PER_DAY = Decimal("0.0005")


@dataclass(frozen=True)
class Pattern:
    """A loan as it stood when it was last booked."""

    agreement: Agreement
    state: object
    booked_on: date
    drawn_on: date


def patterns(day):
    """The loans of which there will be copies; the first ones fall due on the day, one of them being late."""
    chance = Random(5)
    return [_pattern(number, day, chance) for number in range(PATTERN_COUNT)]


def _pattern(number, day, chance):
    is_late = number == 0 or number > PATTERN_COUNT - LATE_COUNT
    tenor = chance.choice((3, 6, 12, 24))
    age = chance.randrange(1, tenor) if is_late else chance.randrange(tenor)
    next_due_on = day + timedelta(days=0 if number < DUE_COUNT else chance.randrange(2, 27))
    drawn_on = add_units(next_due_on, -(age + 1), frequency=Frequency.MONTHS)
    terms = Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=Decimal("0.144"), instalment_count=tenor)
    principal = chance.randrange(100_000, 1_000_000)
    agreement = Agreement(
        terms=terms,
        currency="CNY",
        limit_minor=principal,
        signed_on=drawn_on,
        policy=Policy(late_rate_per_day=LATE_RATE_PER_DAY),
    )
    rows = plan(terms, principal_minor=principal, start_on=drawn_on).rows
    events = [Disbursed(event_id="1", on=drawn_on, seq=1, amount_minor=principal)]
    events += [
        Repaid(event_id=str(row[0] + 1), on=row.due_on, seq=row[0] + 1, amount_minor=row.total_minor)
        for row in rows[: age - is_late]
    ]
    booked_on = rows[age - 1].due_on if age else drawn_on
    state = replay(agreement, events, as_of=booked_on)
    assert is_steady(agreement, events, state)
    return Pattern(agreement, state, booked_on, drawn_on)


def book_of(server_dsn, count, day):
    """The name of the template with so many loans for a day: made unless it is there, and migrated if it is older."""
    name = f"book_{count}_{day:%d}_{sha256(Path(__file__).read_bytes()).hexdigest()[:12]}"
    with psycopg.connect(server_dsn, autocommit=True) as server:
        if server.execute("select 1 from pg_database where datname = %s and datistemplate", (name,)).fetchone():
            asyncio.run(migrate(conninfo.make_conninfo(server_dsn, dbname=name)))
            return name
        _drop(server, name)
        server.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
        _fill(conninfo.make_conninfo(server_dsn, dbname=name), count, day)
        server.execute(sql.SQL("alter database {} is_template true").format(sql.Identifier(name)))
    return name


def clone(server_dsn, template):
    """A copy of a template to be changed; the address of it."""
    with psycopg.connect(server_dsn, autocommit=True) as server:
        _drop(server, "measured")
        server.execute(
            sql.SQL("create database measured template {} strategy file_copy").format(sql.Identifier(template))
        )
        server.execute("checkpoint")
    return conninfo.make_conninfo(server_dsn, dbname="measured")


def _drop(server, name):
    server.execute(sql.SQL("drop database if exists {} with (force)").format(sql.Identifier(name)))


def _fill(dsn, count, day):
    asyncio.run(migrate(dsn))
    with psycopg.connect(dsn) as filling:
        filling.execute("set session_replication_role = replica; set work_mem = '256MB'")
        filling.execute("set maintenance_work_mem = '512MB'")
        filling.execute("set synchronous_commit = off")
        filling.execute(_IN_ORDER)
        made = patterns(day)
        _write_patterns(filling, made)
        filling.execute(_SEED, (count,))
        for table in ("loan", "instalment", "account"):
            indexes = _without_indexes(filling, table)
            if table == "account":
                _open_accounts(dsn, filling, made)
            else:
                filling.execute(_COPIES[table])
            for definition in indexes:
                filling.execute(definition)
        filling.execute("insert into day_close select b, %s, 0, '-infinity' from head", (day - timedelta(days=1),))
        filling.execute("update day_head set earned_on = %s", (day - timedelta(days=1),))
        filling.execute("drop table pattern, pattern_row, seed")
    with psycopg.connect(dsn, autocommit=True) as filled:
        filled.execute("vacuum (freeze, analyze)")


def _write_patterns(filling, made):
    filling.execute(_TABLES)
    for number, one in enumerate(made):
        state = one.state
        filling.execute(
            "insert into pattern values (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
            (
                number,
                state.draws[0].amount_minor,
                Jsonb(agreement_to_record(one.agreement)),
                state.status.value,
                state.outstanding.total,
                state.next_due.due_on if state.next_due else None,
                state.oldest_unpaid.due_on if state.oldest_unpaid else None,
                one.drawn_on,
                Jsonb(books_to_record(LoanBooks(flows=state.books))),
                one.booked_on,
            ),
        )
        known = foretold(state)
        for row in state.rows:
            numbers = (
                row.number,
                row.due_on,
                *row.due,
                row.paid.total,
                row.paid_on,
                *row.early[1:],
                row.outstanding.principal,
                row.late_weight,
                row.late_from_on,
                row.number in known,
            )
            filling.execute(
                sql.SQL("insert into pattern_row values ({})").format(sql.SQL(", ").join([sql.Placeholder()] * 16)),
                (number, *numbers),
            )


def _without_indexes(filling, table):
    """Drop what slows filling down; how to make it again."""
    found = filling.execute(
        "select indexname, indexdef from pg_indexes where tablename = %s and indexname not like '%%_pk'", (table,)
    ).fetchall()
    for name, _ in found:
        filling.execute(sql.SQL("drop index {}").format(sql.Identifier(name)))
    return [definition for _, definition in found]


def _open_accounts(dsn, filling, made):
    """The accounts of every loan: what it owes of principal and interest, and of the late ones the penalty.

    The loans are read by another connection than the accounts are written by, a bucket of a day of draw-down at a time.
    """
    owing = (AccountKind.LOAN_PRINCIPAL, AccountKind.INTEREST_RECEIVABLE)
    kinds = [(*owing, AccountKind.PENALTY_RECEIVABLE) if one.state.oldest_unpaid else owing for one in made]
    columns = "b, account_id, kind, owner, ledger, debits_posted, credits_posted, debits_pending, credits_pending"
    filling.execute("commit")
    with (
        psycopg.connect(dsn) as reading,
        filling.cursor().copy(f"copy account ({columns}) from stdin") as rows,
        reading.cursor("loans") as loans,
    ):
        reading.execute(_IN_ORDER)
        loans.itersize = 20_000
        loans.execute("select drawn_on, b, loan_id::text, pattern from seed")
        for (_, b), found in groupby(loans, key=itemgetter(0, 1)):
            lines = [
                f"{_account_id(kind, owner, b)}\t{CHART[kind].number}\t{owner}"
                for *_, owner, number in found
                for kind in kinds[number]
            ]
            rows.write("".join([f"{b}\t{line}\t156\t0\t0\t0\t0\n" for line in sorted(lines)]))


def _account_id(kind, owner, b):
    return named_id(ACCOUNT_NAMESPACE.bytes + f"{kind}/{owner}/CNY/{b}".encode()).hex()


_IN_ORDER = "set synchronize_seqscans = off; set max_parallel_workers_per_gather = 0; set enable_mergejoin = off"
"""What is read from the seed comes in its order, without being sorted: that would cost more than all the rest."""
_SEED = f"""
create unlogged table seed as
with named as (select n, md5('customer ' || n)::uuid as customer_id, md5('loan ' || n)::uuid as loan_id
from generate_series(0, %s - 1) as n),
placed as (select n, customer_id, loan_id, get_byte(sha256(uuid_send(customer_id)), 1) as b from named)
select
    b::smallint as b, encode(set_byte(uuid_send(loan_id), 15, b), 'hex')::uuid as loan_id, customer_id, p.pattern,
    p.drawn_on
from placed join pattern as p on p.pattern = n %% {PATTERN_COUNT}
order by p.drawn_on, b, 2
"""
_TABLES = """
create table pattern (
    pattern integer, principal_minor bigint, terms jsonb, status text, outstanding_minor bigint, next_due_on date,
    oldest_unpaid_due_on date, drawn_on date, booked jsonb, booked_on date
);
create table pattern_row (
    pattern integer, instalment smallint, due_on date, principal_minor bigint, interest_minor bigint, fee_minor bigint,
    penalty_minor bigint, paid_minor bigint, settled_on date, interest_early_minor bigint, fee_early_minor bigint,
    penalty_early_minor bigint, principal_unpaid_minor bigint, late_weight bigint, late_from_on date,
    is_foretold boolean
);
"""
_COPIES = {
    "loan": f"""
        insert into loan (
            b, loan_id, customer_id, agreement_id, checkout_b, checkout_id, merchant_id, lender_id, product_id,
            currency, principal_minor, terms, status, outstanding_minor, overpaid_minor, next_due_on,
            oldest_unpaid_due_on, drawn_on, booked, booked_on, subsidy, last_seq, is_steady, late_rate_per_day
        )
        select
            seed.b, seed.loan_id, seed.customer_id, seed.loan_id, seed.b, seed.loan_id, '{UUID(int=7)}',
            '{UUID(int=1)}', 'instalment', 'CNY', p.principal_minor, p.terms, p.status,
            p.outstanding_minor, 0, p.next_due_on,
            p.oldest_unpaid_due_on, p.drawn_on, p.booked, p.booked_on,
            '{{"payer_id": null, "total_minor": {NO_SUBSIDY.total_minor}, "returned_minor": 0, "parts": []}}', 1, true,
            {LATE_RATE_PER_DAY}
        from seed join pattern as p using (pattern)
    """,
    "instalment": """
        insert into instalment (
            b, loan_id, instalment, due_on, principal_minor, interest_minor, fee_minor, penalty_minor, paid_minor,
            settled_on, interest_early_minor, fee_early_minor, penalty_early_minor, principal_unpaid_minor,
            late_weight, late_from_on, currency, is_foretold
        )
        select
            seed.b, seed.loan_id, r.instalment, r.due_on, r.principal_minor, r.interest_minor, r.fee_minor,
            r.penalty_minor, r.paid_minor, r.settled_on, r.interest_early_minor, r.fee_early_minor,
            r.penalty_early_minor, r.principal_unpaid_minor, r.late_weight, r.late_from_on, 'CNY', r.is_foretold
        from seed join pattern_row as r using (pattern)
    """,
}
