"""What a customer says of their complaint: that they want no answer, or what they think of the one they got."""

from uuid import UUID

from fenqi.core.collection.complaint import Complaint, ComplaintCause, ComplaintChannel, ComplaintIncomplete
from fenqi.core.collection.complaint_course import close, withdraw
from fenqi.core.ledger.account import bucket_of
from fenqi.services.keep_complaint import CUSTOMER, lock_complaint, saved
from fenqi.services.open_complaint import OpenComplaint, open_complaint
from fenqi.services.port import Ports
from fenqi.services.purchase import purchase_of
from fenqi.services.stop_for_complaint import end_stops
from fenqi.stores import checkout as checkouts
from fenqi.stores.fetch import Connection

WORDS_MIN = 5


async def withdraw_complaint(
    connection: Connection, ports: Ports, *, complaint_id: UUID, customer_id: UUID
) -> Complaint:
    """The customer wants no answer any more; what the complaint stopped goes on.

    Raises: ComplaintUnknown, ComplaintOver.
    """
    complaint = await lock_complaint(connection, complaint_id=complaint_id, customer_id=customer_id)
    withdrawn = withdraw(complaint, by=CUSTOMER, at=ports.business.now())
    await end_stops(connection, ports, withdrawn, by=CUSTOMER)
    return await saved(connection, ports, withdrawn, what="withdrawn", by=CUSTOMER)


async def settle_complaint(
    connection: Connection, ports: Ports, *, complaint_id: UUID, customer_id: UUID, is_satisfied: bool, text: str
) -> Complaint:
    """Close a complaint with what the customer thinks of its answer; who is not satisfied gets a second look, once.

    The second look is a complaint of its own, with those who answer for the portfolio.

    Raises: ComplaintUnknown, ComplaintNotAnswered, ComplaintIncomplete without a word on what is missing.
    """
    complaint = await lock_complaint(connection, complaint_id=complaint_id, customer_id=customer_id)
    settled = close(complaint, by=CUSTOMER, at=ports.business.now(), is_satisfied=is_satisfied)
    what = "satisfied" if is_satisfied else "unsatisfied"
    await saved(connection, ports, settled, what=what, by=CUSTOMER)
    if is_satisfied or complaint.follows_id is not None:
        return settled
    if len(text.strip()) < WORDS_MIN:
        raise ComplaintIncomplete("nobody knows what is missing", allowed=f"{WORDS_MIN} characters or more")
    return await _look_again(connection, ports, complaint, text=text)


async def _look_again(connection: Connection, ports: Ports, complaint: Complaint, *, text: str) -> Complaint:
    """A dispute goes on about what has not been refunded; where all was, it is one about goods no more."""
    disputed_minor = await _still_disputed(connection, complaint)
    was_refunded = complaint.cause is ComplaintCause.GOODS and not disputed_minor
    again = OpenComplaint(
        customer_id=complaint.customer_id,
        channel=ComplaintChannel.APP,
        cause=ComplaintCause.OTHER if was_refunded else complaint.cause,
        text=text,
        loan_id=complaint.loan_id,
        decision_id=complaint.decision_id,
        disputed_minor=disputed_minor,
        follows_id=complaint.complaint_id,
        by=CUSTOMER,
        once_for=f"again:{complaint.complaint_id}",
    )
    return await open_complaint(connection, ports, again)


async def _still_disputed(connection: Connection, complaint: Complaint) -> int:
    if complaint.checkout_id is None or not complaint.disputed_minor:
        return 0
    checkout = await checkouts.known(connection, b=bucket_of(complaint.checkout_id), checkout_id=complaint.checkout_id)
    return min(complaint.disputed_minor, purchase_of(checkout).refundable_minor)
