"""What a complaint stops is stopped at once, and goes on when the complaint is answered or withdrawn."""

from fenqi.core.collection.complaint import Complaint, ComplaintCause
from fenqi.core.collection.complaint_course import SYSTEM
from fenqi.core.collection.hold import HoldKind
from fenqi.core.ledger.account import bucket_of
from fenqi.core.merchant.settlement import Item, ItemKind
from fenqi.core.refusal import Refusal
from fenqi.services.add_items import add_items
from fenqi.services.ask_for_person import PersonAskedAlready, ask_for_person
from fenqi.services.hold_collection import HoldCollection, hold_collection, release_collection
from fenqi.services.keep_complaint import tell
from fenqi.services.port import Ports
from fenqi.services.prefer_contact import stop_contact
from fenqi.stores import checkout as checkouts
from fenqi.stores import complaint as complaints
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection

CONTACT_STOP = "complaint"


async def begin_stops(
    connection: Connection, ports: Ports, complaint: Complaint, checkout: Checkout | None, *, words: str
) -> None:
    """Nobody collects from who complains; a dispute holds its loan and its amount; an appeal has a person look.

    The checkout is held by the caller.
    """
    await _stop(connection, ports, complaint, lasts=True, by=complaint.received_by)
    match complaint.cause:
        case ComplaintCause.GOODS if checkout is not None:
            hold = HoldCollection(
                customer_id=complaint.customer_id,
                kind=HoldKind.DISPUTE,
                about=complaint.complaint_id,
                loan_id=complaint.loan_id,
                by=complaint.received_by,
            )
            await hold_collection(connection, ports, hold)
            await _move(connection, ports, complaint, checkout, Item(ItemKind.DISPUTE_HELD, -complaint.disputed_minor))
        case ComplaintCause.DECISION if checkout is not None:
            await _appeal(connection, ports, complaint, checkout, words=words)
        case _:
            pass


async def end_stops(connection: Connection, ports: Ports, complaint: Complaint, *, by: str) -> None:
    """What a complaint stopped goes on, as far as nothing else stops it."""
    if complaint.cause is ComplaintCause.GOODS and complaint.checkout_id is not None:
        checkout = await checkouts.known(
            connection, b=bucket_of(complaint.checkout_id), checkout_id=complaint.checkout_id
        )
        await _move(connection, ports, complaint, checkout, Item(ItemKind.DISPUTE_RELEASED, complaint.disputed_minor))
        await release_collection(
            connection,
            ports,
            customer_id=complaint.customer_id,
            about=complaint.complaint_id,
            why=complaint.state.value,
            by=by,
        )
    every = await complaints.of_customer(connection, b=complaint.b, customer_id=complaint.customer_id)
    if not any(each.is_open and each.complaint_id != complaint.complaint_id for each in every):
        await _stop(connection, ports, complaint, lasts=False, by=by)


async def _stop(connection: Connection, ports: Ports, complaint: Complaint, *, lasts: bool, by: str) -> None:
    await stop_contact(connection, ports, customer_id=complaint.customer_id, kind=CONTACT_STOP, lasts=lasts, by=by)


async def _move(connection: Connection, ports: Ports, complaint: Complaint, checkout: Checkout, item: Item) -> None:
    once_for = f"dispute:{complaint.complaint_id}"
    await add_items(connection, ports, checkout, b=complaint.b, items=[item], once_for=once_for)


async def _appeal(
    connection: Connection, ports: Ports, complaint: Complaint, checkout: Checkout, *, words: str
) -> None:
    """A person looks at the decision; where none can any more, whoever answers the complaint does."""
    try:
        async with connection.transaction():
            await ask_for_person(connection, ports, checkout=checkout, reason=words)
    except PersonAskedAlready:
        await tell(connection, ports, complaint, what="person_asked_before", by=SYSTEM)
    except Refusal as refusal:
        await tell(connection, ports, complaint, what="appeal_here", by=SYSTEM, text=refusal.code)
    else:
        await tell(connection, ports, complaint, what="person_asked", by=SYSTEM)
