"""Staff charge what the agreement names: previewed, proposed by one, approved by another, posted, and no more."""

from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from random import Random
from uuid import UUID, uuid4

import pytest
from loan_book import Book, happen, lend, open_book

from fenqi.core.loan.agreed_charge import ChargeNotAgreed
from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.change import Change, ChangeIncomplete, ChangeKind
from fenqi.core.loan.component import Component
from fenqi.core.loan.event import Charged
from fenqi.core.loan.policy import Policy
from fenqi.core.product.capped import CostAboveCeiling
from fenqi.core.product.terms import Method, Terms
from fenqi.core.refusal import Refusal
from fenqi.services.book_loan import open_loan
from fenqi.services.change_loan import Answer, ProposeChange, answer_change, propose_change, try_change
from fenqi.services.verify_books import verify_books
from fenqi.stores import loan as loans
from fenqi.stores.staff import Staff
from fenqi.wiring import ManualClock, open_installation

pytestmark = pytest.mark.anyio
BEGINNING, DUE = datetime(2026, 3, 2, 4, tzinfo=UTC), date(2026, 4, 2)
ONE, OTHER = (
    Staff(staff_id=uuid4(), login=login, password_hash="", roles=["finance"], is_demo=True)
    for login in ("one", "other")
)


@pytest.fixture
async def book(database: str, tmp_path: Path) -> AsyncIterator[Book]:
    opening = open_installation(
        dsn=database, home=tmp_path, address="http://test", production=False, business=ManualClock(BEGINNING)
    )
    async with opening as installation:
        yield await open_book(installation, database, customer_count=1)


async def borrowed(book: Book, policy: Policy) -> UUID:
    terms = Terms(method=Method.EQUAL_INSTALMENT, rate_per_year=Decimal("0.18"), instalment_count=12)
    agreement = Agreement(terms=terms, currency="CNY", limit_minor=100_000, signed_on=BEGINNING.date(), policy=policy)
    return await lend(book, book.customers[0], agreement, amount_minor=100_000, chance=Random(1))


def charge(minor: int, component: Component = Component.FEE) -> Change:
    return Change(kind=ChangeKind.CHARGE, on=BEGINNING.date(), component=component, amount_minor=minor, due_on=DUE)


async def refused(book: Book, loan_id: UUID, change: Change) -> Refusal:
    with pytest.raises(Refusal) as refusal:
        async with book.installation.transaction() as connection:
            await try_change(connection, book.installation.ports, loan_id=loan_id, change=change)
    return refusal.value


async def test_without_a_word_of_it_in_the_agreement_nothing_is_charged(book: Book):
    loan_id = await borrowed(book, Policy())
    found = await refused(book, loan_id, charge(100))
    assert isinstance(found, ChargeNotAgreed)
    assert "金规〔2026〕2号" in found.source
    assert isinstance(await refused(book, loan_id, charge(100, Component.INTEREST)), ChangeIncomplete)


async def test_what_was_agreed_is_charged_by_two_people_and_only_once(book: Book):
    loan_id = await borrowed(book, Policy(fee_minor_max=3_000))
    ports = book.installation.ports
    asked = ProposeChange(loan_id, charge(2_000), "the court's fee", "request-1")
    async with book.installation.transaction() as connection:
        proposed = await propose_change(connection, ports, asked, staff=ONE)
    assert (proposed.state, proposed.is_alone) == ("proposed", False)
    answer = Answer(approved=True, why="the receipt", seen_seq=proposed.seen_seq)
    async with book.installation.transaction() as connection:
        posted = await answer_change(
            connection, ports, loan_id=loan_id, change_id=proposed.change_id, answer=answer, staff=OTHER
        )
    assert posted.state == "posted"
    async with book.installation.snapshot() as connection:
        row = await loans.find(connection, b=loan_id.bytes[15], loan_id=loan_id)
        assert row is not None
        state = (await open_loan(connection, row)).state(as_of=BEGINNING.date())
        assert (await verify_books(connection)).findings == ()
    assert (state.outstanding.fee, state.rows[0].due.fee, state.rows[0].due_on) == (2_000, 2_000, DUE)
    assert isinstance(await refused(book, loan_id, charge(1_001)), ChargeNotAgreed)


async def test_a_charge_dated_back_finds_no_more_room(book: Book):
    loan_id = await borrowed(book, Policy(fee_minor_max=3_000))
    clock = book.installation.ports.business
    assert isinstance(clock, ManualClock)
    clock.move(timedelta(days=5))
    today = BEGINNING.date() + timedelta(days=5)
    await happen(
        book,
        loan_id,
        lambda seq: Charged(
            event_id=str(uuid4()), on=today, seq=seq, amount_minor=3_000, component=Component.FEE, due_on=DUE
        ),
    )
    assert isinstance(await refused(book, loan_id, charge(1)), ChargeNotAgreed)


async def test_with_interest_and_late_charge_it_stays_within_the_ceiling(book: Book):
    loan_id = await borrowed(book, Policy(fee_minor_max=50_000))
    found = await refused(book, loan_id, charge(20_000))
    assert isinstance(found, CostAboveCeiling)
    assert found.source
