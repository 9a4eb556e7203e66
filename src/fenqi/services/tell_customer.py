"""A customer is told something, in the inbox and by short message, through the one door that guards contacts."""

from datetime import date
from uuid import UUID, uuid5

from fenqi.core.collection.contact import ContactChannel, ContactPurpose
from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.services.port import Ports
from fenqi.stores import notice as notices
from fenqi.stores.fetch import Connection
from fenqi.stores.notice import Notice

CHANNELS = (ContactChannel.INBOX, ContactChannel.SMS)


async def tell_customer(
    connection: Connection,
    ports: Ports,
    *,
    customer_id: UUID,
    template: str,
    about: UUID,
    once_for: str,
    due_on: date | None = None,
) -> None:
    """Plan a servicing notice for now; its id follows from what it is about, so that it is planned once."""
    rows = servicing_notices(
        ports, customer_id=customer_id, template=template, about=about, kind=f"{template}:{once_for}", due_on=due_on
    )
    await notices.add(connection, rows)


def servicing_notices(
    ports: Ports, *, customer_id: UUID, template: str, about: UUID, kind: str, due_on: date | None = None
) -> list[Notice]:
    """A servicing notice for now, on each channel; its ids follow from what it is about."""
    b = bucket_of(customer_id)
    return [
        Notice(
            b=b,
            notice_id=id_in_bucket(uuid5(about, f"{kind}:{channel}"), b),
            customer_id=customer_id,
            purpose=ContactPurpose.SERVICING.value,
            channel=channel.value,
            template=template,
            loan_id=None,
            due_on=due_on,
            kind=kind,
            currency="CNY",
            due_at=ports.business.now(),
            state="waiting",
            attempt_count=0,
            what="",
            left_minor=0,
        )
        for channel in CHANNELS
    ]
