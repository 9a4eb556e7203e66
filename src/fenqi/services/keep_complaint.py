"""A complaint is held, kept with what was done about it, and its customer told."""

from datetime import datetime
from uuid import UUID

from fenqi.core.collection.complaint import Complaint, ComplaintUnknown
from fenqi.core.collection.complaint_course import SYSTEM
from fenqi.core.collection.complaint_law import ComplaintLaw, complaint_law
from fenqi.core.collection.hardship import last_day_before
from fenqi.core.ledger.account import bucket_in, bucket_of, id_in_bucket
from fenqi.services.note import note
from fenqi.services.port import Ports
from fenqi.services.tell_customer import tell_customer
from fenqi.stores import checkout as checkouts
from fenqi.stores import complaint as complaints
from fenqi.stores import customer as customers
from fenqi.stores.complaint import ComplaintEvent
from fenqi.stores.fetch import Connection

CUSTOMER = "customer"


async def lock_complaint(connection: Connection, *, complaint_id: UUID, customer_id: UUID | None = None) -> Complaint:
    """A complaint, held with its checkout and customer; with a customer, only if it is theirs.

    The checkout comes first, as where a merchant refunds, so that the two never wait for each other.

    Raises: ComplaintUnknown.
    """
    b = bucket_in(complaint_id)
    found = await complaints.find(connection, b=b, complaint_id=complaint_id)
    if found is None or customer_id not in {None, found.customer_id}:
        raise ComplaintUnknown("no such complaint", allowed="a complaint of your own")
    if found.checkout_id is not None:
        await checkouts.lock(connection, b=bucket_of(found.checkout_id), checkout_id=found.checkout_id)
    await customers.lock(connection, b=b, customer_id=found.customer_id)
    return await complaints.lock(connection, b=b, complaint_id=complaint_id) or found


async def saved(
    connection: Connection, ports: Ports, complaint: Complaint, *, what: str, by: str, text: str = ""
) -> Complaint:
    """Keep what has become of a complaint, and that it did."""
    await complaints.save(connection, complaint)
    await tell(connection, ports, complaint, what=what, by=by, text=text)
    return complaint


async def tell(
    connection: Connection, ports: Ports, complaint: Complaint, *, what: str, by: str, text: str = ""
) -> None:
    """Keep what was done about a complaint, also in the audit trail."""
    event = ComplaintEvent(
        b=complaint.b,
        complaint_event_id=id_in_bucket(ports.new_id(), complaint.b),
        complaint_id=complaint.complaint_id,
        what=what,
        by=by,
        text=text,
        recorded_at=ports.business.now(),
    )
    await complaints.add_event(connection, event)
    kind = by if by in {CUSTOMER, SYSTEM} else "staff"
    actor = str(complaint.customer_id) if by == CUSTOMER else by
    subject = str(complaint.complaint_id)
    await note(connection, ports, actor_kind=kind, actor=actor, action=f"complaint_{what}", subject=subject)


async def write_to_customer(
    connection: Connection, ports: Ports, complaint: Complaint, *, template: str, until: datetime
) -> None:
    """Tell the customer, once for each text and last day that it names."""
    last_on = last_day_before(until)
    await tell_customer(
        connection,
        ports,
        customer_id=complaint.customer_id,
        template=template,
        about=complaint.complaint_id,
        once_for=last_on.isoformat(),
        due_on=last_on,
    )


def law_of(ports: Ports) -> ComplaintLaw:
    """The rules of today."""
    authority = ports.authority
    return complaint_law(authority.pack, on=ports.business.today(), lender_type=authority.house.lender_type)
