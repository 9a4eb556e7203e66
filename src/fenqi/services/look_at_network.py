"""Whom an applicant is tied to, looked at only with a consent that was given for this very application."""

from datetime import timedelta
from uuid import UUID

from fenqi.core.customer.consent import Purpose
from fenqi.core.decision.facts import Fact
from fenqi.core.decision.qualification import NETWORK_LATE
from fenqi.core.ledger.account import bucket_of
from fenqi.services.attempt import Attempt, event_of
from fenqi.services.give_consent import given_consents
from fenqi.services.port import Ports
from fenqi.services.prepare_enquiry import Subject
from fenqi.stores import loan as loans
from fenqi.stores.checkout import Checkout
from fenqi.stores.fetch import Connection

LATE = timedelta(days=30)
"""Who is late for longer counts; a few days happen to anybody."""
_OURS = "fenqi"


async def look_at_network(
    connection: Connection, ports: Ports, attempt: Attempt, *, subject: Subject, checkout: Checkout
) -> tuple[Fact, ...]:
    """How many of those who share a device, an address, a card or a phone directly with the applicant are late here.

    Nothing is stated without the consent, or while nobody can say who shares what: then the layer is not looked at.
    Source: PIPL art. 13, 14, 24.
    """
    if not subject.network_agreed or not await _agreed(connection, checkout, customer_id=subject.customer_id):
        return ()
    seen = await ports.orders.look(event_of(ports, attempt))
    if seen is None:
        return ()
    tied = sorted({UUID(hex=tie.customer) for tie in seen.ring.ties if tie.hops == 1})
    late_count = 0
    if tied:
        lane = sorted({bucket_of(one) for one in tied})
        late_count = await loans.late_customers_count(
            connection, lane=lane, customers=tied, due_before=ports.business.today() - LATE
        )
    return (Fact(NETWORK_LATE, late_count, _OURS, ports.business.now()),)


async def _agreed(connection: Connection, checkout: Checkout, *, customer_id: UUID) -> bool:
    """Whether the consent was given since this order was placed; an older one was for another application."""
    given = await given_consents(connection, customer_id=customer_id)
    return any(one.purpose is Purpose.NETWORK and one.given_at >= checkout.created_at for one in given)
