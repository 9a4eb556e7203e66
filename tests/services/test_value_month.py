"""What loans are worth at the ends of months: read from columns, and the same as each loan's replay."""

from collections.abc import AsyncIterator, Callable
from dataclasses import astuple
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from uuid import UUID

import pytest
from loan_book import Book, chance_id, happen, lend, next_day, open_book

from fenqi.batch.close_day import close_until
from fenqi.batch.value_month import value_months
from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.component import Component
from fenqi.core.loan.event import Charged, ChargedOff, Event, RateChanged, Repaid, Source
from fenqi.core.loan.policy import Policy
from fenqi.core.loan.valuation import value
from fenqi.core.product.terms import Method, Terms
from fenqi.services.book_loan import open_loan
from fenqi.services.value_loans import value_loans
from fenqi.stores import loan as loans
from fenqi.wiring import ManualClock, open_installation

pytestmark = pytest.mark.anyio
BEGINNING = datetime(2026, 8, 26, 4, tzinfo=UTC)
METHODS = (Method.EQUAL_INSTALMENT, Method.EQUAL_INSTALMENT, Method.FLAT_FEE, Method.EQUAL_PRINCIPAL)


@pytest.fixture
async def book(database: str, tmp_path: Path) -> AsyncIterator[Book]:
    opening = open_installation(
        dsn=database, home=tmp_path, address="http://test", production=False, business=ManualClock(BEGINNING)
    )
    async with opening as installation:
        yield await open_book(installation, database, customer_count=5)


def an_agreement(chance: Random, on: date) -> Agreement:
    terms = Terms(
        method=chance.choice(METHODS), rate_per_year=Decimal("0.1440"), instalment_count=chance.choice([3, 6])
    )
    policy = Policy(late_rate_per_day=Decimal("0.0005"), rolls_holidays=True)
    return Agreement(terms=terms, currency="CNY", limit_minor=10**7, signed_on=on, policy=policy)


def anything(chance: Random, on: date) -> Callable[[int], Event]:
    """Something that happens to a loan, mostly a payment."""
    known, minor = str(chance_id(chance)), chance.randrange(1000, 90_000)
    match chance.randrange(9):
        case 0:
            return lambda seq: Repaid(event_id=known, on=on, seq=seq, amount_minor=minor, source=Source.MERCHANT_REFUND)
        case 1:
            due_on, fee = on + timedelta(days=9), Component.FEE
            return lambda seq: Charged(event_id=known, on=on, seq=seq, amount_minor=777, component=fee, due_on=due_on)
        case 2 if chance.random() < 0.3:
            return lambda seq: ChargedOff(event_id=known, on=on, seq=seq)
        case 3 if chance.random() < 0.5:
            rate = Decimal("0.09")
            return lambda seq: RateChanged(event_id=known, on=on, seq=seq, rate_per_year=rate, from_on=on)
        case _:
            return lambda seq: Repaid(event_id=known, on=on, seq=seq, amount_minor=minor)


async def require_as_replayed(book: Book, on: date) -> tuple[int, int]:
    """Of every loan what its replay says; how many there are, and how many columns have told of."""
    found, told = 0, 0
    async with book.installation.reading() as connection:
        for b in book.lane:
            rows = {row.loan_id: row for row in await loans.in_lane(connection, lane=[b]) if row.drawn_on <= on}
            for valued in await value_loans(connection, b=b, loan_ids=list(rows), on=on):
                loan = await open_loan(connection, rows[valued.loan_id])
                state, alone = loan.state(as_of=on), value(loan.agreement, loan.events, on=on)
                assert (valued.days_past_due, valued.overdue_minor) == (state.days_past_due, state.overdue.total)
                assert valued.owed_minor == state.outstanding.principal
                assert (valued.payoff_minor, valued.interest_minor, valued.fee_minor) == astuple(alone)
                found, told = found + 1, told + (not valued.is_replayed)
    return found, told


async def test_values_every_loan_as_its_replay_does_on_any_day(book: Book):
    chance, lent = Random(7), list[UUID]()
    for _ in range(45):
        today = book.installation.ports.business.today()
        if len(lent) < 25:
            minor, customer = chance.randrange(1000, 300_000), chance.choice(book.customers)
            lent.append(await lend(book, customer, an_agreement(chance, today), amount_minor=minor, chance=chance))
        if chance.random() < 0.4:
            await happen(book, chance.choice(lent), anything(chance, today))
        await close_until(book.installation, day=next_day(book), lane=book.lane)
    today, found, told = book.installation.ports.business.today(), 0, 0
    for days in (-30, 0, 17, 61):
        counts = await require_as_replayed(book, today + timedelta(days=days))
        found, told = found + counts[0], told + counts[1]
    assert told > found / 3


async def test_a_month_is_valued_once_it_is_closed_and_only_once(book: Book):
    chance, today = Random(8), book.installation.ports.business.today()
    for customer in book.customers:
        await lend(book, customer, an_agreement(chance, today), amount_minor=100_000, chance=chance)
    await close_until(book.installation, day=next_day(book), lane=book.lane)
    assert await value_months(book.installation, lane=book.lane) == 0
    over = [next_day(book) for _ in range(40)]
    await close_until(book.installation, day=over[-1], lane=book.lane)
    assert await value_months(book.installation, lane=book.lane) == 2 * len(book.lane)
    assert await value_months(book.installation, lane=book.lane) == 0
    async with book.installation.reading() as connection:
        kept = await connection.execute(
            "select month_on, count(*), min(interest_minor + fee_minor) from loan_value group by 1"
        )
        months = {month_on: (count, least) for month_on, count, least in await kept.fetchall()}
    assert {month_on: count for month_on, (count, _) in months.items()} == dict.fromkeys(
        (date(2026, 8, 31), date(2026, 9, 30)), len(book.customers)
    )
    assert all(least > 0 for _, least in months.values())
