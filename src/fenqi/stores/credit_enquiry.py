"""Questions put to a credit bureau: about whom, when, for what, and under which leave."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from fenqi.stores.fetch import Connection, Nothing, Statement, every, fields_of
from fenqi.stores.listing import Listing, sorts
from fenqi.stores.query import queries

_SQL = queries("credit_enquiry")


@dataclass(frozen=True, kw_only=True)
class Enquiry:
    """One question, answered or not."""

    b: int
    enquiry_id: UUID
    customer_id: UUID
    checkout_id: UUID | None
    purpose: str
    bureau: str
    is_stand_in: bool
    is_answered: bool
    reference: str
    asked_at: datetime


@dataclass(frozen=True, kw_only=True)
class LoggedEnquiry(Enquiry):
    """The same, with when its customer had agreed to it."""

    authorised_at: datetime | None


LISTED = Listing(row=LoggedEnquiry, query=_SQL["listed"], key="enquiry_id", sorts=sorts("asked_at"), usual="-asked_at")


def to_add(enquiry: Enquiry) -> Statement[Nothing]:
    """Appends a question; the same again changes nothing."""
    return Statement(Nothing, _SQL["add"], fields_of(enquiry))


async def of_customer(connection: Connection, *, b: int, customer_id: UUID) -> tuple[LoggedEnquiry, ...]:
    """Everything asked about a customer, newest first."""
    return await every(connection, LoggedEnquiry, _SQL["of_customer"], {"b": b, "customer_id": customer_id})
