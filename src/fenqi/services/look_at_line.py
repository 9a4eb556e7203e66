"""Something happened after which a customer's credit line has to be looked at."""

from collections.abc import Iterator, Mapping
from datetime import date
from uuid import UUID, uuid5

from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.core.loan.event import ChargedOff, Event, FraudCleared, FraudFlagged
from fenqi.core.loan.state import Status
from fenqi.services.port import Ports
from fenqi.stores import limit_event as limit_events
from fenqi.stores.fetch import Connection, Nothing, Statement, run
from fenqi.stores.limit_event import WaitingEvent
from fenqi.stores.loan import Loan

_OF_EVENT: Mapping[type[Event], str] = {
    ChargedOff: "charged_off",
    FraudFlagged: "fraud_flagged",
    FraudCleared: "fraud_cleared",
}
_OVER = {Status.CLOSED.value, Status.OVERPAID.value}


async def look_at_line(connection: Connection, ports: Ports, *, customer_id: UUID, kind: str, about: UUID) -> None:
    """Let the line be looked at soon, once for what it is about; the look is in a transaction of its own."""
    await run(connection, to_look_at_line(ports, customer_id=customer_id, kind=kind, about=about))


def to_look_at_line(ports: Ports, *, customer_id: UUID, kind: str, about: UUID) -> Statement[Nothing]:
    """Lets the line be looked at soon."""
    b = bucket_of(customer_id)
    event_id = id_in_bucket(uuid5(about, f"limit:{kind}"), b)
    event = WaitingEvent(b=b, event_id=event_id, customer_id=customer_id, kind=kind, about=about)
    return limit_events.to_add(event, recorded_at=ports.business.now())


def causes_of(before: Loan, after: Loan, event: Event) -> Iterator[str]:
    """What of an event, and of how a loan stands since, bears on its customer's line."""
    kind = _OF_EVENT.get(type(event))
    if kind is not None:
        yield kind
    if after.status in _OVER and before.status not in _OVER:
        yield "paid_off"
    elif _unpaid_on(before) < event.on <= _unpaid_on(after):
        yield "caught_up"


def _unpaid_on(loan: Loan) -> date:
    """The first due day of which anything is unpaid."""
    return min(loan.next_due_on or date.max, loan.oldest_unpaid_due_on or date.max)
