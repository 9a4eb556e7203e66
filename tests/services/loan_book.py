"""A book of loans made by hand: customers with a limit and agreements of any terms, without a shop or a checkout."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from uuid import UUID

import psycopg
from psycopg.types.json import Jsonb

from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.ledger.outcome import demand
from fenqi.core.loan.agreement import Agreement
from fenqi.core.loan.event import Disbursed, Event
from fenqi.core.loan.record import agreement_to_record
from fenqi.core.loan.state import Status
from fenqi.core.postings.party import Cause
from fenqi.core.postings.set_limit import set_limit
from fenqi.services.book_loan import MerchantSide, OpenLoan, open_loan, record
from fenqi.services.subsidy import NO_SUBSIDY, Subsidy
from fenqi.stores import loan as loans
from fenqi.stores import posting
from fenqi.stores.loan import Loan
from fenqi.wiring import Installation, ManualClock

MERCHANT = UUID(int=7)
BRAND = UUID(int=8)
LIMIT_MINOR = 10**9


@dataclass(frozen=True)
class Book:
    """An installation, its address for whoever may do everything, and its customers."""

    installation: Installation
    dsn: str
    customers: tuple[UUID, ...]

    @property
    def lane(self) -> list[int]:
        """The buckets in which there is anything."""
        return sorted({bucket_of(customer) for customer in self.customers})


def chance_id(chance: Random) -> UUID:
    """An id that the seed decides."""
    return UUID(int=chance.getrandbits(128))


async def open_book(installation: Installation, dsn: str, *, customer_count: int) -> Book:
    """Customers with a limit."""
    chance = Random(11)
    customers = tuple(chance_id(chance) for _ in range(customer_count))
    with psycopg.connect(dsn) as everything:
        for customer in customers:
            everything.execute(
                "insert into customer (b, customer_id, mobile_sealed, mobile_masked, assurance, created_at)"
                " values (%s, %s, '', '', 'L2', %s)",
                (bucket_of(customer), customer, installation.ports.business.now()),
            )
    today = installation.ports.business.today()
    cause = Cause(cause_id=chance_id(chance), effective_on=today, value_on=today)
    granted = [
        set_limit(customer, currency="CNY", before_minor=0, after_minor=LIMIT_MINOR, cause=cause)
        for customer in customers
    ]
    async with installation.transaction() as connection:
        for one in granted:
            assert one is not None
            demand(*await posting.post(connection, [one], posted_at=installation.ports.business.now()))
    return Book(installation, dsn, customers)


async def lend(
    book: Book,
    customer: UUID,
    agreement: Agreement,
    *,
    amount_minor: int,
    chance: Random,
    subsidy: Subsidy = NO_SUBSIDY,
) -> UUID:
    """Draw a loan today; its id."""
    b, today = bucket_of(customer), book.installation.ports.business.today()
    agreement_id = id_in_bucket(chance_id(chance), b)
    row = Loan(
        b=b,
        loan_id=id_in_bucket(chance_id(chance), b),
        customer_id=customer,
        agreement_id=agreement_id,
        checkout_b=b,
        checkout_id=chance_id(chance),
        merchant_id=MERCHANT,
        lender_id=UUID(int=1),
        product_id="instalment",
        currency="CNY",
        principal_minor=amount_minor,
        terms=agreement_to_record(agreement),
        status=Status.AGREED.value,
        outstanding_minor=0,
        overpaid_minor=0,
        next_due_on=None,
        oldest_unpaid_due_on=None,
        drawn_on=today,
        booked={},
        booked_on=today,
        subsidy=NO_SUBSIDY.to_record(),
        last_seq=0,
    )
    _sign(book, row)
    async with book.installation.transaction() as connection:
        await loans.add(connection, row)
        await record(
            connection,
            book.installation.ports,
            OpenLoan(row=row, agreement=agreement, events=(), subsidy=NO_SUBSIDY),
            lambda seq: Disbursed(event_id=str(chance_id(chance)), on=today, seq=seq, amount_minor=amount_minor),
            merchant_side=MerchantSide(discount_minor=0, subsidy=subsidy),
        )
    return row.loan_id


def _sign(book: Book, row: Loan) -> None:
    """An agreement without the paper before it."""
    with psycopg.connect(book.dsn) as everything:
        everything.execute("set session_replication_role = replica")
        everything.execute(
            "insert into agreement (b, agreement_id, customer_id, checkout_b, checkout_id, shown_id, terms, evidence,"
            " signed_at) values (%s, %s, %s, %s, %s, %s, %s, '{}', %s)",
            (
                row.b,
                row.agreement_id,
                row.customer_id,
                row.checkout_b,
                row.checkout_id,
                UUID(int=0),
                Jsonb(row.terms),
                book.installation.ports.business.now(),
            ),
        )


async def happen(book: Book, loan_id: UUID, event_of: Callable[[int], Event]) -> None:
    """Something happens to a loan today."""
    async with book.installation.transaction() as connection:
        row = await loans.lock(connection, b=loan_id.bytes[15], loan_id=loan_id)
        assert row is not None
        loan = await open_loan(connection, row)
        await record(connection, book.installation.ports, loan, event_of)


def next_day(book: Book) -> date:
    """A night passes; the day that is over."""
    over = book.installation.ports.business.today()
    assert isinstance(book.installation.ports.business, ManualClock)
    book.installation.ports.business.move(timedelta(days=1))
    return over


def noon(day: date) -> datetime:
    """An instant of a day."""
    return datetime.fromisoformat(f"{day.isoformat()}T04:00:00+00:00")
