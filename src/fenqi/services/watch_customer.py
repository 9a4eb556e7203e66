"""Something happened during the day after which a customer is looked at for signs of difficulty."""

from typing import Any
from uuid import UUID, uuid5

from fenqi.core.ledger.account import bucket_of, id_in_bucket
from fenqi.services.port import Ports
from fenqi.stores import warning as warnings
from fenqi.stores.fetch import Statement
from fenqi.stores.warning import WarningEvent

DEBIT_FAILED, ORDER_FROZEN = "debit_failed", "order_frozen"


def to_watch_customer(ports: Ports, *, customer_id: UUID, kind: str, about: UUID) -> Statement[Any]:
    """Lets a customer be looked at soon, once for what it is about; the look is in a transaction of its own."""
    b = bucket_of(customer_id)
    event_id = id_in_bucket(uuid5(about, f"warning:{kind}"), b)
    event = WarningEvent(b=b, event_id=event_id, customer_id=customer_id, kind=kind, about=about)
    return warnings.to_add_event(event, recorded_at=ports.business.now())
