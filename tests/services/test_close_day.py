"""Closing a day: many loans in one statement, each as if it had been replayed."""

import asyncio
from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from random import Random

import psycopg
import pytest
from loan_book import BRAND, Book, chance_id, happen, lend, next_day, open_book
from psycopg.types.json import Jsonb

from fenqi.batch.close_day import close_until
from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.component import Component
from fenqi.core.loan.event import Charged, ChargedOff, RateChanged, Repaid, Source, Waived
from fenqi.core.loan.policy import Policy, Recalculation
from fenqi.core.product.terms import Method, Rounding, Terms
from fenqi.services.book_loan import books_of, cached, day_rule_of, instalments_of, open_loan
from fenqi.services.subsidy import NO_SUBSIDY, Subsidy, SubsidyPart
from fenqi.services.verify_books import verify_books
from fenqi.stores import loan as loans
from fenqi.stores.loan import Instalment
from fenqi.wiring import ManualClock, open_installation

pytestmark = pytest.mark.anyio
BEGINNING = datetime(2026, 1, 20, 4, tzinfo=UTC)


@pytest.fixture
async def book(database, tmp_path, in_lanes):
    opening = open_installation(
        dsn=database, home=tmp_path, address="http://test", production=False, business=ManualClock(BEGINNING)
    )
    async with opening as installation:
        yield await open_book(installation, database, customer_count=6)


def an_agreement(chance: Random, on: date) -> Agreement:
    method = chance.choice([Method.EQUAL_INSTALMENT, Method.EQUAL_INSTALMENT, Method.FLAT_FEE, Method.EQUAL_PRINCIPAL])
    terms = Terms(
        method=method,
        rate_per_year=chance.choice([Decimal("0.144"), Decimal("0.2387"), Decimal(0)]),
        instalment_count=chance.choice([1, 3, 6]),
        rounding=chance.choice([Rounding.HALF_UP, Rounding.HALF_UP, Rounding.DOWN, Rounding.HALF_EVEN]),
    )
    policy = Policy(
        late_rate_per_day=chance.choice([Decimal("0.0005"), Decimal("0.0004315"), Decimal(0)]),
        recalculation=chance.choice([Recalculation.EARLY, Recalculation.EARLY, *Recalculation]),
        rolls_holidays=chance.random() < 0.3,
    )
    return Agreement(terms=terms, currency="CNY", limit_minor=10**7, signed_on=on, policy=policy)


def a_subsidy(chance: Random, on: date) -> Subsidy:
    if chance.random() < 0.7:
        return NO_SUBSIDY
    parts = tuple(SubsidyPart(on + timedelta(days=30 * part), 700 + part) for part in range(1, 4))
    return Subsidy(payer_id=BRAND, total_minor=sum(part.amount_minor for part in parts), parts=parts)


def anything(chance: Random, on: date):
    """Something that happens to a loan, mostly a payment."""
    event = {"event_id": str(chance_id(chance)), "on": on}
    minor = chance.randrange(1000, 90_000)
    match chance.randrange(12):
        case 0:
            return lambda seq: Repaid(**event, seq=seq, amount_minor=minor, source=Source.MERCHANT_REFUND)
        case 1:
            return lambda seq: Repaid(**event, seq=seq, amount_minor=minor, source=Source.GOODWILL)
        case 2:
            return lambda seq: Charged(
                **event, seq=seq, amount_minor=777, component=Component.FEE, due_on=on + timedelta(days=9)
            )
        case 3:
            return lambda seq: Waived(**event, seq=seq, amount_minor=500, component=Component.PENALTY)
        case 4 if chance.random() < 0.3:
            return lambda seq: ChargedOff(**event, seq=seq)
        case 5:
            later = on + timedelta(days=12)
            changed = event | {"on": later}
            return lambda seq: RateChanged(**changed, seq=seq, rate_per_year=Decimal("0.09"), from_on=later)
        case 6:
            return lambda seq: Repaid(**event, seq=seq, amount_minor=10**6)
        case _:
            return lambda seq: Repaid(**event, seq=seq, amount_minor=minor)


def timeless(row: Instalment) -> Instalment:
    """Without the mark that a later look would not make again."""
    return replace(row, is_foretold=False)


async def closed_as_replayed(book: Book, day: date) -> Counter[str]:
    """How many loans the day touched, foretold ones and written ones; what is kept of each is what its replay says."""
    touched = Counter()
    async with book.installation.transaction() as connection:
        for row in await loans.in_lane(connection, lane=book.lane):
            if row.books_on != day:
                continue
            loan = await open_loan(connection, row)
            state = loan.state(as_of=day)
            assert row.books == books_of(state, subsidy=loan.subsidy, discount_minor=None, before=row.books, on=day)
            touched["foretold" if row.fallen_on else "written"] += 1
            if row.fallen_on:
                assert cached(row, state, on=day).outstanding_minor == row.outstanding_minor
                continue
            assert row == cached(row, state, on=day)
            kept = await loans.instalments(connection, b=row.b, loan_id=row.loan_id)
            shown = instalments_of(row, state, rule=day_rule_of(loan, state))
            assert [timeless(one) for one in kept] == [timeless(one) for one in shown]
    return touched


async def findings(book: Book):
    async with book.installation.snapshot() as connection:
        return (await verify_books(connection)).findings


@pytest.mark.parametrize("seed", [1, 2])
async def test_keeps_of_every_loan_what_its_replay_says(book: Book, seed: int):
    chance, lent, touched = Random(seed), [], Counter()
    for _ in range(60):
        today = book.installation.ports.business.today()
        if len(lent) < 24:
            agreement, subsidy = an_agreement(chance, today), a_subsidy(chance, today)
            customer, amount = chance.choice(book.customers), chance.randrange(1000, 300_000)
            lent.append(await lend(book, customer, agreement, amount_minor=amount, chance=chance, subsidy=subsidy))
        await happen(book, chance.choice(lent), anything(chance, today))
        over = next_day(book)
        (closed,) = await close_until(book.installation, day=over, lane=book.lane)
        assert (closed.day, closed.failures) == (over, ())
        touched += await closed_as_replayed(book, over)
    assert touched["foretold"] > 3
    assert touched["written"] > 25
    assert await findings(book) == ()


async def test_closes_missed_days_one_after_the_other_and_nothing_twice(book: Book):
    chance = Random(3)
    today = book.installation.ports.business.today()
    for customer in book.customers:
        await lend(book, customer, an_agreement(chance, today), amount_minor=100_000, chance=chance)
    for _ in range(40):
        over = next_day(book)
    closed = await close_until(book.installation, day=over, lane=book.lane)
    assert len(closed) == 40
    assert sum(day.loan_count for day in closed) > 0
    assert await close_until(book.installation, day=over, lane=book.lane) == ()
    assert await findings(book) == ()


async def test_names_a_loan_that_fails_finishes_the_rest_and_tries_it_again(book: Book):
    chance = Random(4)
    today = book.installation.ports.business.today()
    terms = Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=Decimal("0.12"), instalment_count=1)
    agreement = Agreement(terms=terms, currency="CNY", limit_minor=10**7, signed_on=today)
    lent = [await lend(book, who, agreement, amount_minor=50_000, chance=chance) for who in book.customers]
    broken = lent[0]
    with psycopg.connect(book.dsn) as everything:
        terms = everything.execute("select terms from loan where loan_id = %s", (broken,)).fetchone()[0]
        everything.execute(
            "update loan set terms = %s, is_steady = false where loan_id = %s",
            (Jsonb(terms | {"version": 99}), broken),
        )
        everything.execute("update instalment set is_foretold = false where loan_id = %s", (broken,))
    for _ in range(32):
        over = next_day(book)
    closed = await close_until(book.installation, day=over, lane=book.lane)
    failures = [failure for day in closed for failure in day.failures]
    assert {failure.loan_id for failure in failures} == {broken}
    assert sum(day.loan_count for day in closed) == len(lent) - 1
    with psycopg.connect(book.dsn) as everything:
        everything.execute("update loan set terms = %s where loan_id = %s", (Jsonb(terms), broken))
    retried = await close_until(book.installation, day=over, lane=book.lane)
    assert sum(day.loan_count for day in retried) == 1
    assert [failure for day in retried for failure in day.failures] == []
    assert await findings(book) == ()


async def test_books_each_loan_alone_where_not_all_can_be_booked_together(book: Book):
    """The database refuses all of them because of one."""
    chance = Random(5)
    today = book.installation.ports.business.today()
    terms = Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=Decimal("0.12"), instalment_count=1)
    agreement = Agreement(terms=terms, currency="CNY", limit_minor=10**7, signed_on=today)
    lent = [await lend(book, who, agreement, amount_minor=50_000, chance=chance) for who in book.customers]
    with psycopg.connect(book.dsn) as everything:
        parts = Jsonb({"parts": [["some day", 1]]})
        everything.execute("update loan set subsidy = %s where loan_id = %s", (parts, lent[0]))
        everything.execute("update instalment set is_foretold = false where loan_id = %s", (lent[0],))
    for _ in range(32):
        over = next_day(book)
    closed = await close_until(book.installation, day=over, lane=book.lane)
    assert sum(day.loan_count for day in closed) == len(lent) - 1
    assert {failure.loan_id for day in closed for failure in day.failures} == {lent[0]}


async def test_lets_a_repayment_in_while_a_day_is_closed(book: Book):
    chance = Random(6)
    today = book.installation.ports.business.today()
    terms = Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=Decimal("0.12"), instalment_count=3)
    agreement = Agreement(terms=terms, currency="CNY", limit_minor=10**7, signed_on=today)
    lent = [await lend(book, who, agreement, amount_minor=50_000, chance=chance) for who in book.customers * 3]
    for _ in range(32):
        over = next_day(book)
    paid_on = book.installation.ports.business.today()

    async def pay(loan_id):
        event_id = str(chance_id(chance))
        await happen(book, loan_id, lambda seq: Repaid(event_id=event_id, on=paid_on, seq=seq, amount_minor=17_000))

    closing = close_until(book.installation, day=over, lane=book.lane)
    await asyncio.gather(closing, *(pay(loan_id) for loan_id in lent[::3]))
    assert await findings(book) == ()


async def test_tells_how_far_it_is(book: Book):
    over = next_day(book)
    told = []
    await close_until(book.installation, day=over, lane=range(64), tell=told.append)
    assert [(progress.lanes_done, progress.lane_count) for progress in told] == [(1, 4), (2, 4), (3, 4), (4, 4)]


async def test_takes_a_small_book_whole(book: Book, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.undo()
    told = []
    await close_until(book.installation, day=next_day(book), lane=range(64), tell=told.append)
    assert [(progress.lanes_done, progress.lane_count) for progress in told] == [(1, 1)]
