"""What time makes of requests for help: nearly late, not signed in time, observed to the end."""

from dataclasses import replace
from uuid import UUID

from fenqi.core.collection.hardship import (
    HardshipLevel,
    HardshipRequest,
    HardshipState,
    end_observation,
    is_nearly_late,
    lapse,
)
from fenqi.services.ask_hardship import SYSTEM, end_hold, lock_request, saved
from fenqi.services.loans_of import open_loans
from fenqi.services.port import Ports
from fenqi.services.tell_customer import tell_customer
from fenqi.stores.fetch import Connection


async def watch_request(connection: Connection, ports: Ports, *, request_id: UUID) -> None:
    """Pass a request on that is nearly late, end it if it was not signed in time, end its observation.

    Raises: HardshipUnknown.
    """
    request = await lock_request(connection, request_id=request_id)
    at, on = ports.business.now(), ports.business.today()
    if is_nearly_late(request, at=at) and request.level is HardshipLevel.AGENT:
        passed_on = replace(request, level=HardshipLevel.LEAD)
        await saved(connection, ports, passed_on, what="escalated_late", by=SYSTEM)
    elif request.state is HardshipState.OFFERED and request.accept_until is not None and request.accept_until <= at:
        await _lapse(connection, ports, request)
    elif request.state is HardshipState.AGREED and request.observed_until is not None and request.observed_until < on:
        known = await open_loans(connection, customer_id=request.customer_id)
        is_late = any(loan.state(as_of=on).days_past_due for loan in known)
        ended = end_observation(request, is_late=is_late, at=at)
        await saved(connection, ports, ended, what=f"observation_{ended.state}", by=SYSTEM)


async def _lapse(connection: Connection, ports: Ports, request: HardshipRequest) -> None:
    lapsed = lapse(request, at=ports.business.now())
    await end_hold(connection, ports, lapsed, by=SYSTEM)
    await saved(connection, ports, lapsed, what="lapsed", by=SYSTEM)
    await tell_customer(
        connection,
        ports,
        customer_id=request.customer_id,
        template="hardship_lapsed",
        about=request.request_id,
        once_for="lapsed",
    )
