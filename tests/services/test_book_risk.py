"""Loans are graded at months' ends: concessions of one day are one, and what fails keeps nobody else waiting."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID, uuid4

import pytest
from loan_book import Book, happen, lend, open_book

from fenqi.batch import book_risk
from fenqi.batch.close_day import close_until
from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.event import RateChanged, ReAged
from fenqi.core.loan.policy import Policy
from fenqi.core.product.terms import Method, Terms
from fenqi.services.verify_books import verify_books
from fenqi.stores import risk
from fenqi.wiring import ManualClock, open_installation

pytestmark = pytest.mark.anyio
BEGINNING = datetime(2026, 8, 3, 4, tzinfo=UTC)


@pytest.fixture
async def book(database: str, tmp_path: Path) -> AsyncIterator[Book]:
    opening = open_installation(
        dsn=database, home=tmp_path, address="http://test", production=False, business=ManualClock(BEGINNING)
    )
    async with opening as installation:
        yield await open_book(installation, database, customer_count=2)


async def borrowed(book: Book, customer: UUID) -> UUID:
    terms = Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=Decimal("0.18"), instalment_count=6)
    agreement = Agreement(terms=terms, currency="CNY", limit_minor=10**6, signed_on=BEGINNING.date(), policy=Policy())
    return await lend(book, customer, agreement, amount_minor=600_000, chance=Random(customer.int))


async def month_over(book: Book, first_of_next: date) -> None:
    clock = book.installation.ports.business
    assert isinstance(clock, ManualClock)
    clock.move(timedelta(days=(first_of_next - clock.today()).days))
    await close_until(book.installation, day=first_of_next - timedelta(days=1), lane=book.lane)


async def test_what_one_concession_is_made_of_counts_once(book: Book):
    loan_id = await borrowed(book, book.customers[0])
    on = BEGINNING.date()
    rate, again = Decimal("0.09"), on + timedelta(days=40)
    await happen(
        book, loan_id, lambda seq: RateChanged(event_id=str(uuid4()), on=on, seq=seq, rate_per_year=rate, from_on=on)
    )
    await happen(
        book, loan_id, lambda seq: ReAged(event_id=str(uuid4()), on=on, seq=seq, start_on=again, instalment_count=9)
    )
    await month_over(book, date(2026, 9, 1))
    assert await book_risk.book_risk_due(book.installation, lane=book.lane) == len(book.lane)
    async with book.installation.reading() as connection:
        graded = await risk.of_loan(connection, b=loan_id.bytes[15], loan_id=loan_id, on=date(2026, 9, 1))
    assert graded is not None
    assert (graded.category, graded.stage, graded.why) == ("special_mention", 2, "observed")


async def test_a_bucket_that_fails_keeps_no_other_waiting_and_its_own_months_in_order(
    book: Book, monkeypatch: pytest.MonkeyPatch
):
    bad, good = [await borrowed(book, customer) for customer in book.customers]
    sound = book_risk.book_risk

    async def failing(*given: Any, lane: Sequence[int], month_on: date) -> int:
        if bad.bytes[15] in lane and month_on == date(2026, 8, 31):
            raise ValueError("a loan that cannot be read")
        return await sound(*given, lane=lane, month_on=month_on)

    await month_over(book, date(2026, 10, 1))
    monkeypatch.setattr(book_risk, "book_risk", failing)
    await book_risk.book_risk_due(book.installation, lane=book.lane)
    on = date(2026, 10, 1)
    async with book.installation.reading() as connection:
        assert await risk.of_loan(connection, b=bad.bytes[15], loan_id=bad, on=on) is None
        found = await risk.of_loan(connection, b=good.bytes[15], loan_id=good, on=on)
        assert found is not None
        assert found.month_on == date(2026, 9, 30)

    monkeypatch.setattr(book_risk, "book_risk", sound)
    assert await book_risk.book_risk_due(book.installation, lane=book.lane) == 2
    async with book.installation.snapshot() as connection:
        assert (await verify_books(connection)).findings == ()
