"""A question put to a bureau leaves its line, whatever becomes of the decision."""

from dataclasses import replace
from datetime import datetime

from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.gateways.bureau.port import CreditEnquiry
from fenqi.services.port import Ports
from fenqi.services.prepare_enquiry import Subject
from fenqi.stores import credit_enquiry as enquiries
from fenqi.stores.credit_enquiry import Enquiry
from fenqi.stores.fetch import Connection, run

PURPOSE = "instalment_purchase"


def planned_enquiry(ports: Ports, subject: Subject, *, bureau: str, is_stand_in: bool, at: datetime) -> Enquiry:
    """The line of a question that is about to be asked: nobody has answered it."""
    b = bucket_of(subject.customer_id)
    return Enquiry(
        b=b,
        enquiry_id=id_in_bucket(ports.new_id(), b),
        customer_id=subject.customer_id,
        checkout_id=subject.checkout.checkout_id,
        purpose=PURPOSE,
        bureau=bureau,
        is_stand_in=is_stand_in,
        is_answered=False,
        reference="",
        asked_at=at,
    )


def answered_enquiry(planned: Enquiry, answer: CreditEnquiry) -> Enquiry:
    """The same line, with who answered under which reference."""
    return replace(
        planned, bureau=answer.provider, is_stand_in=answer.stand_in, is_answered=True, reference=answer.reference
    )


async def log_enquiry(connection: Connection, enquiry: Enquiry) -> None:
    """Keep a line by itself, where no decision carries it; the same again changes nothing."""
    await run(connection, enquiries.to_add(enquiry))
