"""What became of a call is kept once, whoever made it and why."""

from typing import ClassVar
from uuid import UUID

from fenqi.core.collection.contact import Answered
from fenqi.core.ledger.account import bucket_in
from fenqi.core.refusal import Kind, Refusal
from fenqi.services.port import Ports
from fenqi.stores import contact as contacts
from fenqi.stores.contact import ContactResult
from fenqi.stores.fetch import Connection


class OutcomeTold(Refusal):
    """What became of a contact is told once: it decides what still may be tried that day."""

    code: ClassVar[str] = "outcome_told"
    kind: ClassVar[Kind] = Kind.CONFLICT


async def keep_outcome(connection: Connection, ports: Ports, *, contact_id: UUID, answered: Answered) -> None:
    """Keep what became of a call; one that nobody answered counts as tried, not as a conversation.

    Raises: OutcomeTold.
    """
    b = bucket_in(contact_id)
    if {"connected", "unanswered"} & set(await contacts.results(connection, b=b, contact_id=contact_id)):
        raise OutcomeTold("it has been told what became of this contact", allowed="a note, if something is to be added")
    result = "unanswered" if answered is Answered.NOBODY else "connected"
    told = ContactResult(b, contact_id, result, answered.value)
    await contacts.add_results(connection, [told], told_at=ports.business.now())
