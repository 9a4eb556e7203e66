"""A borrower in difficulty asks for help, in the app or through an agent, or wants it no more."""

from dataclasses import dataclass
from uuid import UUID, uuid5

import msgspec

from fenqi.core.collection.hardship import (
    HardshipLevel,
    HardshipNothingOwed,
    HardshipOpen,
    HardshipRequest,
    HardshipState,
    HardshipUnknown,
    Stated,
    end_of_day,
    last_day_before,
    withdraw,
)
from fenqi.core.collection.hardship_law import HardshipLaw, hardship_law
from fenqi.core.collection.hold import HoldKind
from fenqi.core.dates.working_day import working_days_after
from fenqi.core.ledger.account import bucket_in, bucket_of, id_in_bucket
from fenqi.services.hold_collection import HoldCollection, hold_collection, release_collection
from fenqi.services.note import note
from fenqi.services.port import Ports
from fenqi.services.tell_customer import tell_customer
from fenqi.stores import customer as customers
from fenqi.stores import hardship as requests
from fenqi.stores import loan as loans
from fenqi.stores.fetch import Connection
from fenqi.stores.hardship import HardshipEvent

CUSTOMER, SYSTEM = "customer", "system"


@dataclass(frozen=True, kw_only=True)
class AskHardship:
    """Who asks, and what they state; the same `once_for` is the same request."""

    customer_id: UUID
    stated: Stated
    by: str
    """"customer", or an agent's login."""
    once_for: str


async def ask_hardship(connection: Connection, ports: Ports, command: AskHardship) -> HardshipRequest:
    """Write a request down; from then on nobody collects, debits or charges for lateness until it is answered.

    Raises: HardshipOpen, HardshipNothingOwed.
    """
    customer_id, b = command.customer_id, bucket_of(command.customer_id)
    await customers.lock(connection, b=b, customer_id=customer_id)
    request_id = id_in_bucket(uuid5(customer_id, f"hardship:{command.once_for}"), b)
    known = await requests.of_customer(connection, b=b, customer_id=customer_id)
    for each in known:
        if each.request_id == request_id:
            return each
        if each.is_open:
            raise HardshipOpen("a request is open already", allowed="one at a time: it can be withdrawn")
    rows = await loans.of_customer(connection, b=b, customer_id=customer_id)
    if not any(row.outstanding_minor for row in rows):
        raise HardshipNothingOwed("nothing is owed", allowed="a borrower with a loan that is not paid")
    request = _new(ports, command, request_id=request_id, b=b)
    sealed = await ports.keys.seal(msgspec.json.encode(command.stated).decode(), row=request_id, field="stated")
    await requests.add(connection, request, stated_sealed=sealed)
    hold = HoldCollection(customer_id=customer_id, kind=HoldKind.HARDSHIP, about=request_id, by=command.by)
    await hold_collection(connection, ports, hold)
    await tell(connection, ports, request, what="asked", by=command.by, text=command.stated.cause)
    await tell_customer(
        connection,
        ports,
        customer_id=customer_id,
        template="hardship_received",
        about=request_id,
        once_for="asked",
        due_on=last_day_before(request.answer_due_at),
    )
    return request


async def withdraw_hardship(
    connection: Connection, ports: Ports, *, request_id: UUID, customer_id: UUID
) -> HardshipRequest:
    """The borrower wants no help any more; what was held is held no longer.

    Raises: HardshipUnknown, HardshipOver.
    """
    request = withdraw(
        await lock_request(connection, request_id=request_id, customer_id=customer_id), at=ports.business.now()
    )
    await end_hold(connection, ports, request, by=CUSTOMER)
    return await saved(connection, ports, request, what="withdrawn", by=CUSTOMER)


async def lock_request(connection: Connection, *, request_id: UUID, customer_id: UUID | None = None) -> HardshipRequest:
    """A request, held with its customer; with a customer, only if it is theirs.

    Raises: HardshipUnknown.
    """
    b = bucket_in(request_id)
    found = await requests.find(connection, b=b, request_id=request_id)
    if found is None or customer_id not in {None, found.customer_id}:
        raise HardshipUnknown("no such request", allowed="a request of your own")
    await customers.lock(connection, b=b, customer_id=found.customer_id)
    return await requests.lock(connection, b=b, request_id=request_id) or found


async def end_hold(connection: Connection, ports: Ports, request: HardshipRequest, *, by: str) -> None:
    """Collection, debits and late charges go on, for as much as this request held them."""
    await release_collection(
        connection, ports, customer_id=request.customer_id, about=request.request_id, why=request.state.value, by=by
    )


async def saved(
    connection: Connection, ports: Ports, request: HardshipRequest, *, what: str, by: str, text: str = ""
) -> HardshipRequest:
    """Keep what has become of a request, and that it did."""
    await requests.save(connection, request)
    await tell(connection, ports, request, what=what, by=by, text=text)
    return request


async def tell(
    connection: Connection, ports: Ports, request: HardshipRequest, *, what: str, by: str, text: str = ""
) -> None:
    """Keep what was done about a request, also in the audit trail."""
    event = HardshipEvent(
        b=request.b,
        hardship_event_id=id_in_bucket(ports.new_id(), request.b),
        request_id=request.request_id,
        what=what,
        by=by,
        text=text,
        recorded_at=ports.business.now(),
    )
    await requests.add_event(connection, event)
    kind = by if by in {CUSTOMER, SYSTEM} else "staff"
    actor = str(request.customer_id) if by == CUSTOMER else by
    await note(
        connection, ports, actor_kind=kind, actor=actor, action=f"hardship_{what}", subject=str(request.request_id)
    )


async def stated_of(connection: Connection, ports: Ports, request: HardshipRequest) -> Stated:
    """What the borrower stated."""
    sealed = await requests.stated_of(connection, request)
    plain = await ports.keys.unseal(sealed, row=request.request_id, field="stated")
    return msgspec.json.decode(plain, type=Stated)


def law_of(ports: Ports) -> HardshipLaw:
    """The rules of today."""
    authority = ports.authority
    return hardship_law(authority.pack, on=ports.business.today(), lender_type=authority.house.lender_type)


def _new(ports: Ports, command: AskHardship, *, request_id: UUID, b: int) -> HardshipRequest:
    due_on = working_days_after(ports.business.today(), law_of(ports).answer_days, overrides={})
    return HardshipRequest(
        b=b,
        request_id=request_id,
        customer_id=command.customer_id,
        state=HardshipState.ASKED,
        level=HardshipLevel.AGENT,
        cause=command.stated.cause,
        asked_by=command.by,
        asked_at=ports.business.now(),
        answer_due_at=end_of_day(due_on),
    )
