"""The ring around a case: who shares what with whom, and which of their orders wait."""

from dataclasses import dataclass
from datetime import timedelta
from typing import ClassVar
from uuid import UUID

from fenqi.core.decision.case import Case, CaseNotYours, Level
from fenqi.core.ledger.account import bucket_of
from fenqi.core.refusal import Kind, Refusal, Unavailable
from fenqi.core.velocity.event import OrderEvent
from fenqi.core.velocity.link import Ring
from fenqi.services.port import Ports
from fenqi.services.work_on_case import worker_of
from fenqi.stores import case as cases
from fenqi.stores import freeze as freezes
from fenqi.stores import order_event as order_events
from fenqi.stores.fetch import Connection
from fenqi.stores.freeze import RingOrder
from fenqi.stores.staff import Staff

LATELY = timedelta(days=30)
ORDERS_MAX = 200


class OutsideRing(Refusal):
    """The order is not of anybody in the case's ring."""

    code: ClassVar[str] = "order_outside_ring"
    kind: ClassVar[Kind] = Kind.FORBIDDEN


@dataclass(frozen=True, kw_only=True)
class RingView:
    """A ring with its people's open cases and late orders; `origin` is whose case it is."""

    origin: UUID
    ring: Ring
    cases: tuple[Case, ...]
    orders: tuple[RingOrder, ...]

    @property
    def customers(self) -> tuple[UUID, ...]:
        """Everybody in it, the one the case is about first."""
        return (self.origin, *(UUID(hex=one) for one in self.ring.customers))


async def look_at_ring(connection: Connection, ports: Ports, case: Case) -> RingView:
    """The ring as it is now.

    Raises: Unavailable while the engine that counts is behind.
    """
    at = ports.business.now()
    event = OrderEvent(at_us=order_events.instant_us(at), amount_minor=0, customer=case.customer_id.hex)
    seen = await ports.orders.look(event)
    if seen is None:
        raise Unavailable("the order log is being read", retry=True)
    customers = [case.customer_id, *(UUID(hex=one) for one in seen.ring.customers)]
    lane = sorted({bucket_of(one) for one in customers})
    return RingView(
        origin=case.customer_id,
        ring=seen.ring,
        cases=await cases.open_of_customers(connection, lane=lane, customers=customers),
        orders=await freezes.orders_of(connection, lane=lane, customers=customers, since=at - LATELY, limit=ORDERS_MAX),
    )


def require_in_ring(view: RingView, decision_id: UUID) -> RingOrder:
    """The order of a decision, if it is in the ring.

    Raises: OutsideRing.
    """
    found = next((order for order in view.orders if order.decision_id == decision_id), None)
    if found is None:
        raise OutsideRing("this order is not in the ring", allowed="an order that the ring shows")
    return found


def require_may_act(view: RingView, order: RingOrder, *, staff: Staff) -> None:
    """Refuse to act on an order whose case this person may not work on, linked or not.

    Raises: CaseNotYours.
    """
    case = next((one for one in view.cases if one.customer_id == order.customer_id), None)
    level = Level.REVIEWER if case is None else case.level
    if level not in worker_of(staff).levels:
        raise CaseNotYours("the case of this order is not of your level", allowed="an order whose case you may take")
